import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readStatement, StatementFault } from './index.ts';

const FRENCH = [
  'Caisse de la Rivière;Compte 123',
  '',
  'Date;Description;Numéro de référence;Retrait;Dépôt;Solde',
  '2026-11-18;"Virement Interac de ""Zoé"" ; Tremblay";;;80,43;1 080,43',
  '2026-11-19;Paiement de facture;C-10001;;1 234,56;2 314,99',
  '2026-11-19;Frais mensuels;;12,50;;2 302,49',
].join('\r\n');

const faultOf = (text: string): [number, string] | 'read' => {
  try {
    readStatement(text);
    return 'read';
  } catch (error) {
    if (error instanceof StatementFault) return [error.line, error.reason.en];
    throw error;
  }
};

test('a statement is read in French or English, with debits apart or signs, whatever separates its cells', () => {
  expect(readStatement(`\ufeff${FRENCH}\r\n`)).toEqual([
    {
      on: '2026-11-18',
      description: 'Virement Interac de "Zoé" ; Tremblay',
      reference: null,
      amountCents: 8_043n,
    },
    { on: '2026-11-19', description: 'Paiement de facture', reference: 'C-10001', amountCents: 123_456n },
    { on: '2026-11-19', description: 'Frais mensuels', reference: null, amountCents: -1_250n },
  ]);
  const english =
    'Transaction Date,Details,Amount\n11/18/2026,"BILL PAYMENT 10001","1,234.56"\n11/05/2026,FEE,(12.50)\n';
  expect(readStatement(english)).toEqual([
    { on: '2026-11-18', description: 'BILL PAYMENT 10001', reference: null, amountCents: 123_456n },
    { on: '2026-11-05', description: 'FEE', reference: null, amountCents: -1_250n },
  ]);
  expect(readStatement('Date\tMontant\n18/11/2026\t5\n01/02/2026\t7,00-\n')).toMatchObject([
    { on: '2026-11-18', amountCents: 500n },
    { on: '2026-02-01', amountCents: -700n },
  ]);
});

test('what cannot be read for certain is not taken, and its line is named', () => {
  expect(faultOf('bonjour')[0]).toBe(1);
  expect(faultOf('Date,Montant\n04/05/2026,1.00\n')).toEqual([2, expect.stringContaining('told apart')]);
  expect(faultOf('Date,Montant\n2026-02-30,1.00\n')).toEqual([2, 'this is not a date']);
  expect(faultOf('Date,Montant\n2026-02-03,1.00\n2026-02-04\n')).toEqual([3, 'columns are missing']);
  expect(faultOf('Date,Devise,Montant\n2026-02-03,USD,1.00\n')).toEqual([
    2,
    expect.stringContaining('Canadian'),
  ]);
  expect(faultOf('Date;Montant\n2026-02-03;"1,00\n')).toEqual([2, expect.stringContaining('quotation')]);
  for (const amount of ['1,2345', '1e3', '0x10', '1.5', '--1', 'abc', '99999999999999'])
    expect(faultOf(`Date;Montant\n2026-02-03;${amount}\n`)).toEqual([2, 'this is not an amount']);
});

test('an amount is the same however a bank writes it', () => {
  const cents = fc.bigInt({ min: 1n, max: 99_999_999_999n });
  fc.assert(
    fc.property(cents, fc.constantFrom([' ', ','], [',', '.'], ['', ',']), (amountCents, [group, point]) => {
      const whole = String(amountCents / 100n).replaceAll(/\B(?=(\d{3})+$)/g, group ?? '');
      const written = `${whole}${point}${String(amountCents % 100n).padStart(2, '0')}`;
      const [read] = readStatement(`Date;Montant\n2026-02-03;${written}\n`);
      expect(read?.amountCents).toBe(amountCents);
    }),
    { numRuns: 200 },
  );
});

test('no text makes the reader fail otherwise than by naming a line', () => {
  const pieces = fc.array(
    fc.constantFrom('Date', 'Montant', ';', ',', '"', '\n', '2026-01-02', '12,30', 'x', '\r'),
    {
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(pieces, (parts) => {
      expect(() => faultOf(parts.join(''))).not.toThrow();
    }),
    { numRuns: 300 },
  );
});

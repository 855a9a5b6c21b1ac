import { instantOf } from '@gigafibre/calendar';
import { Refusal, type FileAnswer, type Language, type statementOperations } from '@gigafibre/contract';
import type { OutputOf } from '@gigafibre/contract';
import { statementPdf } from '@gigafibre/documents';
import { sumCents } from '@gigafibre/money';
import type { Reading } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { readCustomer } from '../customers/index.ts';
import { accountBetween } from '../ledger/index.ts';
import { billTo } from './invoice.ts';
import { companyIn } from './kept-company.ts';
import * as store from './store.ts';

export type Statement = OutputOf<typeof statementOperations.readStatement>;
type Days = Readonly<{ customerId: string; from: string; to: string }>;

const MOVEMENTS_MAX = 2_000;

/**
 * A customer's account between two days, both included: opening balance, every document that moved it, closing
 * balance. Read from the ledger. Refused when the days are reversed or too much moved it.
 */
export async function statementOf(
  reading: Pick<Reading, 'db'>,
  { customerId, from, to }: Days,
): Promise<Statement> {
  await readCustomer(reading, customerId);
  if (to < from) throw new Refusal('dates_reversed', { from, to });
  const account = await accountBetween(reading, { customerId, from, to, limit: MOVEMENTS_MAX });
  if (!account) throw new Refusal('statement_too_long', { limit: MOVEMENTS_MAX });
  let balanceCents = account.openingCents;
  const movements = account.movements.map(({ on, kind, id, cents }) => {
    balanceCents += cents;
    const [debitCents, creditCents] = cents > 0n ? [cents, 0n] : [0n, -cents];
    return { on, kind, id, debitCents, creditCents, balanceCents };
  });
  return {
    customerId,
    from,
    to,
    openingCents: account.openingCents,
    movements,
    debitCents: sumCents(movements.map(({ debitCents }) => debitCents)),
    creditCents: sumCents(movements.map(({ creditCents }) => creditCents)),
    closingCents: balanceCents,
  };
}

/** The same as PDF, in the customer's language unless another is asked; the same days give the same bytes. */
export async function statementDocument(
  reading: Pick<Reading, 'db'>,
  { language, ...days }: Days & { language?: Language | undefined },
): Promise<FileAnswer> {
  const statement = await statementOf(reading, days);
  const customer = await readCustomer(reading, days.customerId);
  const [latest] = await store.invoicesPage(reading.db, {
    customerId: days.customerId,
    show: 'all',
    today: days.to,
    before: undefined,
    limit: 1,
  });
  const spoken = language ?? customer.language;
  const bytes = await statementPdf(
    {
      company: companyIn(await readCompany(reading.db)),
      customer: {
        name: customer.name,
        // Where the newest invoice was sent.
        addressLines: latest ? billTo.parse(latest.bill_to).addressLines : [],
        accountNumber: customer.id,
      },
      period: { from: days.from, to: days.to },
      createdAt: instantOf({ date: days.to, time: '12:00' }),
      openingCents: statement.openingCents,
      movements: statement.movements.map(({ on, kind, id, debitCents, creditCents }) => ({
        on,
        kind,
        number: id,
        amountCents: debitCents - creditCents,
      })),
      closingCents: statement.closingCents,
    },
    spoken,
  );
  const name = spoken === 'fr' ? 'etat-de-compte' : 'statement';
  return {
    type: 'application/pdf',
    name: `${name}-${days.customerId}-${days.from}-${days.to}.pdf`,
    bytes: new Uint8Array(bytes),
  };
}

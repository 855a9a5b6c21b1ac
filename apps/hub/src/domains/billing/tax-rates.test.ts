import { rulesOperations as op } from '@gigafibre/contract';
import { taxRatesAt, TAX_RATES, type Province } from '@gigafibre/money';
import { newCustomer, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { taxRates } from '../../platform/rules.ts';
import { previewQuote } from '../sales/index.ts';
import { priceInvoice, type LineDraft } from './draft-invoice.ts';
import { issueCreditNote } from './issue-credit-note.ts';
import { issueInvoice } from './issue-invoice.ts';
import { verifyBilling } from './verify-billing.ts';

const line = (amountCents: bigint): LineDraft => ({
  kind: 'one_time',
  sku: null,
  description: { fr: 'Travaux', en: 'Work' },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4060',
  locationId: null,
});
const PROVINCES: readonly Province[] = [
  ...new Set(TAX_RATES.flatMap(({ provinces }) => provinces)),
].toSorted();

test('a rate that changes on a day to come prices what is issued from then on, and nothing before', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const served = await serveHub(hub);
  const [admin, clerk] = [await served.as('admin'), await served.as('billing')];
  const { rows } = await clerk.call(op.listRules, {});
  const newest = rows.findLast(({ rule }) => rule === 'tax_rates');
  expect(newest).toMatchObject({ from: '2025-04-01', addedBy: 'product' });
  const today = (Array.isArray(newest?.value) ? newest.value : []).map((one) => ({ ...one }));
  const value = today.map((one) => (one.tax === 'GST' ? { ...one, thousandths: 6_000 } : one));
  const edition = { rule: 'tax_rates', from: '2026-12-01', value, law: 'Budget 2026' } as const;
  await expect(clerk.call(op.addRule, edition)).rejects.toMatchObject({ code: 'forbidden' });
  for (const [wrong, code] of [
    [{ from: '2026-11-02' }, 'rule_day'],
    [{ value: { cents: 5 } }, 'rule_value'],
    [{ value: value.filter(({ tax }) => tax !== 'HST') }, 'invalid_input'],
  ] as const)
    await expect(admin.call(op.addRule, { ...edition, ...wrong })).rejects.toMatchObject({ code });
  expect(await admin.call(op.addRule, edition)).toMatchObject({ from: '2026-12-01', law: 'Budget 2026' });
  await expect(admin.call(op.addRule, edition)).rejects.toMatchObject({ code: 'rule_day_taken' });

  const issue = (on: string) =>
    hub.act((tx) => issueInvoice(tx, { customerId, lines: [line(10_000n)], on, reason: 'essai' }));
  const centsOf = (taxes: readonly { taxCents: bigint }[]) => taxes.map(({ taxCents }) => taxCents);
  const quoted = async () =>
    (await previewQuote(hub, { lines: [{ sku: 'FIBRE-500', quantity: 1 }] })).totals.month.taxes[0]?.cents;
  const before = await issue('2026-11-30');
  expect(centsOf(before.taxes)).toEqual([500n, 998n]);
  expect(await quoted()).toBe(400n);
  await hub.moveTo(new Date('2026-12-02T15:00:00Z'));
  expect(centsOf((await issue('2026-12-02')).taxes)).toEqual([600n, 998n]);
  expect(await quoted()).toBe(480n);
  // What was billed before is given back as it was taxed then.
  const note = await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: before.id, chosen: 'all', reason: 'panne' }),
  );
  expect(centsOf(note.taxes)).toEqual([500n, 998n]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('the editions kept at first say of every day what the table of the product says', async () => {
  const hub = await testHub();
  const rates = await taxRates(hub.db);
  const shown = (all: typeof TAX_RATES, at: { province: Province; on: string }) =>
    taxRatesAt({ ...at, rates: all }).map(({ tax, rate }) => `${tax} ${rate.num}/${rate.den}`);
  for (const province of PROVINCES)
    for (const on of ['2013-04-01', '2016-06-30', '2016-07-01', '2016-10-01', '2025-03-31', '2025-04-01'])
      expect([province, on, ...shown(rates, { province, on })]).toEqual([
        province,
        on,
        ...shown(TAX_RATES, { province, on }),
      ]);
});

test('whatever the rates of two days, each line bears those of its own day', () => {
  const rate = fc.bigInt(0n, 30_000n);
  fc.assert(
    fc.property(rate, rate, fc.bigInt(1n, 1_000_000n), (old, now, cents) => {
      const table = [
        {
          tax: 'HST',
          provinces: ['ON'],
          rate: { num: old, den: 100_000n },
          from: '2020-01-01',
          to: '2026-12-31',
        },
        { tax: 'HST', provinces: ['ON'], rate: { num: now, den: 100_000n }, from: '2027-01-01' },
      ] as const;
      const placed = { ...line(cents), province: 'ON' } as const;
      const taken = { ...line(-cents), province: 'ON', taxedOn: '2026-12-31' } as const;
      const then = priceInvoice([placed], '2026-12-31', table);
      const later = priceInvoice([placed], '2027-01-01', table);
      const both = priceInvoice([placed, taken], '2027-01-01', table);
      expect(both.totalCents).toBe(later.totalCents - then.totalCents);
      expect(later.taxCents).toBe((cents * now * 2n + 100_000n) / 200_000n);
    }),
    { numRuns: 200 },
  );
});

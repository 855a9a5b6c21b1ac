import { newCustomer, newLocation, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { addressLines, readLocation } from '../plant/index.ts';
import { priceInvoice, type LineDraft } from './draft-invoice.ts';
import { issueInvoice } from './index.ts';

const line = (locationId: string, period: LineDraft['period'], amountCents: bigint): LineDraft => ({
  kind: period ? 'recurring' : 'one_time',
  sku: null,
  description: { fr: 'Fibre', en: 'Fibre' },
  period: period ?? null,
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4010',
  locationId,
});

test('after a move the bill is sent where the service is now, whatever of the old place is on it', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const old = await newLocation(hub, customerId);
  const now = await newLocation(hub, customerId);
  const issue = (lines: readonly LineDraft[]) =>
    hub.act((tx) => issueInvoice(tx, { customerId, lines, on: '2026-11-02', reason: 'essai' }));
  const moved = await issue([
    line(old, null, 6_995n),
    line(old, { from: '2026-11-11', to: '2026-11-30' }, -2_000n),
    line(now, { from: '2026-12-01', to: '2026-12-31' }, 7_995n),
  ]);
  expect(moved.billTo.addressLines).toEqual(addressLines(await readLocation(hub, now)));
  const once = await issue([line(old, null, 6_995n), line(now, null, 500n)]);
  expect(once.billTo.addressLines).toEqual(addressLines(await readLocation(hub, old)));
});

test('what is taken back bears the rates it was billed at, beside lines at those of the day', () => {
  const billed = { ...line('L-1', null, -10_000n), province: 'NS', taxedOn: '2025-03-15' } as const;
  const taxed = { ...line('L-1', null, 20_000n), province: 'NS' } as const;
  const { taxes, totalCents } = priceInvoice([billed, taxed], '2025-04-10');
  expect(taxes.map(({ taxCents }) => taxCents)).toEqual([-1_500n, 2_800n]);
  expect(new Set(taxes.map(({ taxGroup }) => taxGroup)).size).toBe(2);
  expect(totalCents).toBe(11_300n);
  // At the same rates they are rounded together.
  expect(priceInvoice([billed, taxed], '2025-03-20').taxes.map(({ taxCents }) => taxCents)).toEqual([1_500n]);
});

import { newCustomer, newLocation, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../platform/transact.ts';
import { verifyLedger } from '../ledger/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import { issueCreditNote, issueInvoice, verifyBilling } from './index.ts';
import { invoiceDocument } from './invoice-document.ts';
import { previewManualInvoice } from './manual-invoice.ts';
import { endTaxExemption, grantTaxExemption, listTaxExemptions, type Granting } from './tax-exemptions.ts';

const line = (locationId: string | null, amountCents = 6_995n): LineDraft => ({
  kind: 'one_time',
  sku: null,
  description: { fr: 'Fibre', en: 'Fibre' },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4010',
  locationId,
});
const issue = (hub: TestHub, customerId: string, lines: readonly LineDraft[], on = '2026-11-02') =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines, on, reason: 'test' }));
const grant = (hub: TestHub, customerId: string, over: Partial<Granting> = {}) =>
  hub.act((tx) =>
    grantTaxExemption(tx, {
      customerId,
      locationId: null,
      taxes: ['GST', 'QST'],
      reason: 'Statut d’Indien, réserve de Kahnawake',
      certificate: '0700012345',
      band: 'Mohawks de Kahnawà:ke',
      evidence: 'copie du certificat, dossier C-10001',
      validFrom: '2026-11-01',
      validTo: null,
      ...over,
    }),
  );
const shown = ({ taxes }: { taxes: { tax: string; taxCents: bigint }[] }) =>
  taxes.map(({ tax, taxCents }) => `${tax} ${taxCents}`);

test('an exempt customer pays no tax; the invoice logs the exemption and prints its certificate', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const { id, approvedBy } = await grant(hub, customerId);
  expect(approvedBy).toBe('Testeur');
  const invoice = await issue(hub, customerId, [line(locationId)]);
  expect([shown(invoice), invoice.totalCents]).toEqual([[], 6_995n]);
  expect(invoice.reliefs).toEqual([
    { exemptionId: id, certificate: '0700012345', tax: 'GST', baseCents: 6_995n },
    { exemptionId: id, certificate: '0700012345', tax: 'QST', baseCents: 6_995n },
  ]);
  const manual = {
    customerId,
    locationId,
    withOpenCharges: false,
    reason: 'x',
    lines: [
      {
        quantity: 1,
        descriptionFr: 'Fibre',
        unitPriceCents: 6_995n,
        taxTreatment: 'taxable',
        revenueAccount: '4010',
      } as const,
    ],
  };
  const preview = await rehearse(hub.env.ground, { by: hub.by }, (tx) => previewManualInvoice(tx, manual));
  expect(preview.totalCents).toBe(6_995n);
  const pdf = await invoiceDocument(hub, hub.env, { id: invoice.id });
  expect(pdf.bytes.length).toBeGreaterThan(1_000);
  const note = await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: invoice.id, chosen: 'all', reason: 'x' }),
  );
  expect([shown(note), note.totalCents]).toEqual([[], 6_995n]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('it holds from its first day to its last, and not a day longer when it is ended', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await grant(hub, customerId, { validFrom: '2026-11-03', validTo: '2026-12-31' });
  const taxedOn = async (on: string) => shown(await issue(hub, customerId, [line(null)], on)).length;
  expect([await taxedOn('2026-11-02'), await taxedOn('2026-11-03'), await taxedOn('2026-12-31')]).toEqual([
    2, 0, 0,
  ]);
  expect(await taxedOn('2027-01-01')).toBe(2);
  const end = (validTo: string) => hub.act((tx) => endTaxExemption(tx, { id, validTo, reason: 'déménagé' }));
  await expect(end('2026-11-02')).rejects.toThrow('dates_reversed');
  await expect(end('2027-06-30')).rejects.toThrow('exemption_ended');
  // Nothing of the account is issued while it ends.
  const isFree = await hub.act(async (tx) => {
    const ended = await endTaxExemption(tx, { id, validTo: '2026-11-15', reason: 'déménagé' });
    expect(ended.validTo).toBe('2026-11-15');
    const { rows } = await hub.pool.query<{ free: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as free',
      [`account:${customerId}`],
    );
    return rows[0]?.free;
  });
  expect(isFree).toBe(false);

  await expect(end('2026-11-10')).rejects.toThrow('exemption_ended');
  expect([await taxedOn('2026-11-15'), await taxedOn('2026-11-16')]).toEqual([0, 2]);
  expect((await listTaxExemptions(hub, customerId)).exemptions).toMatchObject([{ endedBy: 'Testeur' }]);
});

test('at one address only: the other lines of the same invoice are taxed, and credited as they were', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [reserve, town] = [await newLocation(hub, customerId), await newLocation(hub, customerId)];
  await grant(hub, customerId, { locationId: reserve });
  const invoice = await issue(hub, customerId, [line(reserve), line(town)]);
  expect([shown(invoice), invoice.totalCents]).toEqual([['GST 350', 'QST 698'], 6_995n + 8_043n]);
  const credit = (number: number) =>
    hub.act((tx) => issueCreditNote(tx, { invoiceId: invoice.id, chosen: [{ line: number }], reason: 'x' }));
  expect(shown(await credit(1))).toEqual([]);
  expect(shown(await credit(2))).toEqual(['GST 350', 'QST 698']);
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
});

test('an exemption from GST and QST leaves the HST of Ontario; one from HST does not reach Québec', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [ottawa, gatineau] = [
    await newLocation(hub, customerId, 'K1A 0B1'),
    await newLocation(hub, customerId, 'J8X 1A1'),
  ];
  await grant(hub, customerId);
  expect(shown(await issue(hub, customerId, [line(ottawa), line(gatineau)]))).toEqual(['HST 909']);
  await grant(hub, customerId, { taxes: ['HST'] });
  const free = await issue(hub, customerId, [line(ottawa), line(gatineau)]);
  expect([shown(free), free.reliefs.map(({ tax }) => tax)]).toEqual([[], ['HST', 'GST', 'QST']]);
});

test('every province and territory taxes by its own rate and day, wherever the bill is sent', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  for (const [postalCode, taxes] of [
    ['A1A 1A1', ['HST 1049']],
    ['B3H 1A1', ['HST 979']],
    ['C1A 1A1', ['HST 1049']],
    ['E1A 1A1', ['HST 1049']],
    ['H2X 1Y4', ['GST 350', 'QST 698']],
    ['K1A 0B1', ['HST 909']],
    ['R3C 1A1', ['GST 350']],
    ['S4P 1A1', ['GST 350']],
    ['T2P 1J9', ['GST 350']],
    ['V6B 1A1', ['GST 350']],
    ['X1A 1A1', ['GST 350']],
    ['Y1A 1A1', ['GST 350']],
  ] as const) {
    const locationId = await newLocation(hub, customerId, postalCode);
    expect(shown(await issue(hub, customerId, [line(locationId)])), postalCode).toEqual(taxes);
  }
  const halifax = await newLocation(hub, customerId, 'B3H 1A1');
  expect(shown(await issue(hub, customerId, [line(halifax)], '2025-03-31'))).toEqual(['HST 1049']);
});

test('two exemptions never cover the same tax, address and day; unknown things and reversed days are refused', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const here = await newLocation(hub, customerId);
  const first = await grant(hub, customerId, { locationId: here, validTo: '2026-12-31' });
  await expect(grant(hub, customerId)).rejects.toThrow(`exemption_overlaps: Exemption ${first.id}`);
  await expect(grant(hub, customerId, { validFrom: '2026-12-31' })).rejects.toThrow('exemption_overlaps');
  await grant(hub, customerId, { validFrom: '2027-01-01' });
  await expect(grant(hub, customerId, { validTo: '2026-10-31' })).rejects.toThrow('dates_reversed');
  await expect(grant(hub, 'C-1')).rejects.toThrow('not_found');
  await expect(grant(hub, customerId, { locationId: 'LOC-1' })).rejects.toThrow('not_found');
});

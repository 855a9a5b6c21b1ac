import { activeService, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { importItem } from '../catalog/index.ts';
import { addChargeByHand } from '../charges/add-charge.ts';
import { chargesCredited, openChargesOf, takeOpenCharges } from '../charges/index.ts';
import { readSubscription } from '../subscriptions/index.ts';
import { addDiscount, removeOption } from '../subscriptions/changes/change-options.ts';
import { chargeLine } from './first-bill.ts';
import { issueAccountCredit, issueInvoice, previewLines } from './index.ts';
import { grantTaxExemption } from './tax-exemptions.ts';

/** A service at 84.95 since 1 November, billed for it; its customer is relieved of taxes on some days. */
type Exempt = Readonly<{ validFrom: string; validTo: string | null }>;
async function discounted({ validFrom, validTo }: Exempt) {
  const hub = await testHub();
  await stockCatalog(hub);
  await hub.act((tx) =>
    importItem(tx, {
      sku: 'RABAIS',
      nameFr: 'Rabais',
      nameEn: 'Discount',
      kind: 'option',
      frequency: 'monthly',
      taxTreatment: 'taxable',
      revenueAccount: '4080',
      onSale: true,
      prices: [{ priceCents: 0, from: '2025-01-01' }],
    }),
  );
  const { customerId, subscriptionId: id } = await activeService(hub, { on: '2026-11-01' });
  await hub.drain();
  await hub.act((tx) =>
    grantTaxExemption(tx, {
      customerId,
      locationId: null,
      taxes: ['GST', 'QST'],
      reason: 'Statut d’Indien, réserve de Kahnawake',
      certificate: '0700012345',
      band: 'Mohawks de Kahnawà:ke',
      evidence: 'copie du certificat',
      validFrom,
      validTo,
    }),
  );
  const lines = async () => (await openChargesOf(hub, customerId)).map(chargeLine);
  return { hub, id, customerId, lines };
}

test.each([
  ['without tax, on an invoice', { validFrom: '2026-11-01', validTo: '2026-11-10' }, 'invoice', 0n],
  ['with tax, on a note of the account', { validFrom: '2026-11-10', validTo: null }, 'note', 150n],
] as const)(
  'a discount that was given %s, and is taken back after the customer became otherwise, bears the tax it was given with',
  async (_, exempt, document, taxCents) => {
    const { hub, id, customerId, lines } = await discounted(exempt);
    await hub.moveTo(new Date('2026-11-05T15:00:00Z'));
    await hub.act((tx) =>
      addDiscount(tx, { id, sku: 'RABAIS', amountCents: 2_000n, cycles: 3, when: '2026-11-01' }),
    );
    if (document === 'invoice')
      await hub.act((tx) =>
        addChargeByHand(tx, { customerId, locationId: null, sku: 'VISITE', quantity: 1 }),
      );
    const bill = { customerId, lines: await lines(), on: '2026-11-05', reason: 'essai' };
    await hub.act(async (tx) => {
      if (document === 'note') await issueAccountCredit(tx, bill);
      else await issueInvoice(tx, bill);
      await takeOpenCharges(tx, customerId);
      const open = bill.lines.flatMap(({ chargeId }) => chargeId ?? []);
      await chargesCredited(tx, { ids: open, creditNoteId: 'CN-00001' });
    });
    await hub.moveTo(new Date('2026-11-16T15:00:00Z'));
    const { items } = await readSubscription(hub, id);
    const itemId = items.find(({ sku }) => sku === 'RABAIS')?.id ?? '';
    await hub.act((tx) => removeOption(tx, { id, itemId }));
    const back = await previewLines(hub, { customerId, lines: await lines(), on: '2026-12-01' });
    expect([back.subtotalCents, back.taxCents]).toEqual([1_000n, taxCents]);
    // Given anew, it is a discount of the day of its bill.
    await hub.act((tx) => addDiscount(tx, { id, sku: 'RABAIS', amountCents: 2_000n, cycles: 1 }));
    const anew = await previewLines(hub, { customerId, lines: await lines(), on: '2026-12-01' });
    expect([anew.subtotalCents, anew.taxCents]).toEqual([0n, taxCents === 0n ? -150n : 150n]);
  },
);

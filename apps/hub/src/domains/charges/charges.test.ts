import { newCustomer, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { addChargeByHand } from './add-charge.ts';
import { addCharge, cancelCharge, chargesInvoiced, openChargesOf, takeOpenCharges } from './index.ts';
import { listCharges } from './list-charges.ts';

const company = async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const customerId = await newCustomer(hub);
  const charge = (sku: string, subscriptionId: string | null = null) =>
    hub.act((tx) =>
      addCharge(tx, {
        customerId,
        locationId: null,
        subscriptionId,
        sku,
        description: { fr: 'Visite', en: 'Visit' },
        amountCents: 6_995n,
        taxTreatment: 'taxable',
        revenueAccount: '4060',
        source: 'test',
      }),
    );
  return { hub, customerId, charge };
};

test('a charge by hand takes the words and the price of the catalog unless others are given', async () => {
  const { hub, customerId } = await company();
  const asked = { customerId, locationId: null, sku: 'VISITE', quantity: 3 };
  const plain = await hub.act((tx) => addChargeByHand(tx, asked));
  expect(plain).toMatchObject({
    descriptionFr: 'Visite de soutien',
    unitPriceCents: 6_995n,
    amountCents: 20_985n,
  });
  const own = await hub.act((tx) =>
    addChargeByHand(tx, { ...asked, unitPriceCents: -500n, descriptionFr: 'Rabais' }),
  );
  expect(own).toMatchObject({
    descriptionFr: 'Rabais',
    descriptionEn: 'Support visit',
    amountCents: -1_500n,
  });
  await expect(hub.act((tx) => addChargeByHand(tx, { ...asked, sku: 'RIEN' }))).rejects.toThrow(
    'item_not_priced',
  );
});

test('what belongs to another subscription waits for that one', async () => {
  const { hub, customerId, charge } = await company();
  const general = await charge('VISITE');
  const own = await charge('INSTALLATION', 'SUB-1');
  await charge('INSTALLATION', 'SUB-2');
  const taken = await hub.act((tx) => takeOpenCharges(tx, customerId, { subscriptionId: 'SUB-1' }));
  expect(taken.map(({ id }) => id)).toEqual([general.id, own.id]);
  expect(await openChargesOf(hub, customerId)).toHaveLength(3);
});

test('a charge is invoiced once, and then neither cancelled nor taken again', async () => {
  const { hub, customerId, charge } = await company();
  const { id } = await charge('VISITE');
  const invoiced = [{ id, invoiceId: 'INV-00001' }];
  await hub.act((tx) => chargesInvoiced(tx, invoiced));
  await expect(hub.act((tx) => chargesInvoiced(tx, invoiced))).rejects.toThrow('0 still open');
  await expect(hub.act((tx) => cancelCharge(tx, { id, reason: 'erreur' }))).rejects.toThrow(
    'not_in_this_state',
  );
  expect(await openChargesOf(hub, customerId)).toEqual([]);
});

test('a cancelled charge says when, by whom and why, and is listed under its state', async () => {
  const { hub, customerId, charge } = await company();
  const { id } = await charge('VISITE');
  await charge('VISITE');
  await hub.act((tx) => cancelCharge(tx, { id, reason: 'doublon' }));
  const { rows } = await hub.pool.query('select by, reason from charges.cancellations');
  expect(rows).toEqual([{ by: 'ST-100', reason: 'doublon' }]);
  const cancelled = await listCharges(hub, { customerId, state: 'cancelled', limit: 5 });
  expect(cancelled.rows.map((row) => row.id)).toEqual([id]);
});

test('charges are listed newest first, a page at a time', async () => {
  const { hub, customerId, charge } = await company();
  const added = [await charge('VISITE'), await charge('VISITE'), await charge('VISITE')].map(({ id }) => id);
  const first = await listCharges(hub, { customerId, state: 'open', limit: 2 });
  const rest = await listCharges(hub, { customerId, state: 'open', limit: 2, after: first.next ?? '' });
  expect([...first.rows, ...rest.rows].map(({ id }) => id)).toEqual(added.toReversed());
  expect(rest.next).toBeNull();
});

import type { Language } from '@gigafibre/contract';
import { importItem, pricesOn } from '../../../apps/hub/src/domains/catalog/index.ts';
import { createCustomer } from '../../../apps/hub/src/domains/customers/index.ts';
import { createLocation } from '../../../apps/hub/src/domains/plant/index.ts';
import { attachEquipment } from '../../../apps/hub/src/domains/stock/index.ts';
import { activateSubscription, openSubscription } from '../../../apps/hub/src/domains/subscriptions/index.ts';
import type { TestHub } from './test-hub.ts';

const taxable = { taxTreatment: 'taxable', onSale: true } as const;
const from = '2025-01-01';

/** A plan at 79.95, a router at 5.00 a month, an installation at 100.00 and a support visit at 69.95. */
const ITEMS = [
  {
    ...taxable,
    sku: 'FIBRE-500',
    nameFr: 'Fibre 500',
    nameEn: 'Fibre 500',
    kind: 'internet',
    frequency: 'monthly',
    revenueAccount: '4010',
    downloadMbps: 500,
    uploadMbps: 300,
    oltProfile: 'PLAN-500',
    radiusProfile: 'plan-500',
    prices: [{ priceCents: 7_995, from }],
  },
  {
    ...taxable,
    sku: 'ROUTEUR',
    nameFr: 'Location du routeur',
    nameEn: 'Router rental',
    kind: 'equipment',
    frequency: 'monthly',
    revenueAccount: '4050',
    prices: [{ priceCents: 500, from }],
  },
  {
    ...taxable,
    sku: 'INSTALLATION',
    nameFr: 'Installation',
    nameEn: 'Installation',
    kind: 'one_time',
    frequency: 'one_time',
    revenueAccount: '4060',
    prices: [{ priceCents: 10_000, from }],
  },
  {
    ...taxable,
    sku: 'VISITE',
    nameFr: 'Visite de soutien',
    nameEn: 'Support visit',
    kind: 'labour',
    frequency: 'one_time',
    revenueAccount: '4060',
    prices: [{ priceCents: 6_995, from }],
  },
] as const;

/** Fills the catalog with the four things this company sells. */
export async function stockCatalog(hub: TestHub): Promise<void> {
  for (const item of ITEMS)
    await hub.act((tx) => importItem(tx, { ...item, prices: [...item.prices] as [(typeof item.prices)[0]] }));
}

/** A residential prospect without phone; their number. */
export async function newCustomer(
  hub: TestHub,
  { name = 'Zoé Côté-Lefebvre', language = 'fr' }: { name?: string; language?: Language } = {},
): Promise<string> {
  const nothing = { emailBilling: null, cellPhone: null, telHome: null, notes: '', tags: [] };
  const emailId = 'zoe@example.test';
  const input = { kind: 'residential', name, language, emailId, ...nothing } as const;
  return (await hub.act((tx) => createCustomer(tx, { ...input, tags: [] }))).id;
}

let streetNumber = 100;

/** A house of a customer; the province follows from the postal code. */
export async function newLocation(hub: TestHub, customerId: string, postalCode = 'J0L 2L0'): Promise<string> {
  const address = {
    civicNumber: String((streetNumber += 2)),
    unit: null,
    street: 'rang du Cinq',
    municipality: 'Saint-Rémi',
    postalCode,
  };
  return (await hub.act((tx) => createLocation(tx, { address, customerId }))).id;
}

/** A pending subscription to some of the items, at the catalog's prices of today. */
export async function newSubscription(
  hub: TestHub,
  {
    customerId,
    locationId,
    skus = ['FIBRE-500', 'ROUTEUR'],
  }: {
    customerId: string;
    locationId: string;
    skus?: readonly string[];
  },
): Promise<string> {
  const prices = await pricesOn(hub, { skus, on: hub.now.toISOString().slice(0, 10) });
  const items = skus.map((sku) => {
    const item = prices.get(sku);
    if (!item) throw new Error(`${sku} is not sold`);
    return { sku, priceVersionId: item.priceVersionId, priceCents: item.priceCents };
  });
  return (await hub.act((tx) => openSubscription(tx, { customerId, locationId, items, source: 'test' }))).id;
}

let serial = 0x1000_0000;

/** An ONT nobody knew before, installed at a location; its number. */
export async function installOnt(
  hub: TestHub,
  at: { customerId: string; locationId: string },
): Promise<string> {
  const code = `TPLG${(serial += 1).toString(16).toUpperCase()}`;
  return (
    await hub.act((tx) =>
      attachEquipment(tx, { ...at, serial: code, kind: 'ont', from: 'found', exact: true }),
    )
  ).id;
}

/** A customer with an active service from a day on (today when absent), as a visit would leave them. */
export async function activeService(
  hub: TestHub,
  options: { on?: string; name?: string; language?: Language; postalCode?: string } = {},
): Promise<{ customerId: string; locationId: string; subscriptionId: string; equipmentId: string }> {
  const customerId = await newCustomer(hub, options);
  const locationId = await newLocation(hub, customerId, options.postalCode);
  const subscriptionId = await newSubscription(hub, { customerId, locationId });
  const equipmentId = await installOnt(hub, { customerId, locationId });
  await hub.act((tx) =>
    activateSubscription(tx, hub.env, { id: subscriptionId, equipmentId, on: options.on }),
  );
  return { customerId, locationId, subscriptionId, equipmentId };
}

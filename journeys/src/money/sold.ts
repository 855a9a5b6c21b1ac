import type { TestWorld } from '@gigafibre/testing';
import { createBundle, importItem } from '../../../apps/hub/src/domains/catalog/index.ts';
import { addOlt, addSplitter, addTerminal } from '../../../apps/hub/src/domains/plant/index.ts';

export const PLANS = {
  'FIBRE-500': { sku: 'FIBRE-500', kind: 'internet', cents: 7_995n, months: 1, options: ['NUAGE', 'TELE'] },
  'FIBRE-1000': {
    sku: 'FIBRE-1000',
    kind: 'internet',
    cents: 8_995n,
    months: 1,
    options: ['IP-FIXE', 'NUAGE', 'BAIL', 'TELE'],
  },
} as const;
export const EXTRAS = {
  ROUTEUR: { sku: 'ROUTEUR', kind: 'equipment', cents: 500n, months: 1 },
  'IP-FIXE': { sku: 'IP-FIXE', kind: 'option', cents: 1_000n, months: 1 },
  BAIL: { sku: 'BAIL', kind: 'option', cents: 2_999n, months: 3 },
  NUAGE: { sku: 'NUAGE', kind: 'option', cents: 11_987n, months: 12 },
  TELE: { sku: 'TELE', kind: 'option', cents: 2_500n, months: 1 },
  VACANCES: { sku: 'VACANCES', kind: 'option', cents: 1_000n, months: 1 },
  RABAIS: { sku: 'RABAIS', kind: 'option', cents: 0n, months: 1 },
} as const;
/** 10.00 less a month for a plan with a router and television. */
export const BUNDLE = {
  sku: 'DUO',
  kind: 'option',
  cents: -1_000n,
  months: 1,
  parts: [['FIBRE-500', 'FIBRE-1000'], ['ROUTEUR'], ['TELE']],
} as const;
const FREQUENCY = { 1: 'monthly', 3: 'quarterly', 12: 'yearly' } as const;
const LINE = { downloadMbps: 500, uploadMbps: 500, oltProfile: 'PLAN-500', radiusProfile: 'plan-500' };
const FROM = '2025-01-01';

/** The plans, what goes with them, a bundle, and a visit. */
export async function stockShelves(world: TestWorld): Promise<void> {
  const common = { taxTreatment: 'taxable', onSale: true } as const;
  const sold = [...Object.values(EXTRAS), PLANS['FIBRE-500'], PLANS['FIBRE-1000']];
  for (const { sku, kind, cents, months, ...more } of sold)
    await world.act((tx) =>
      importItem(tx, {
        ...common,
        sku,
        nameFr: sku,
        nameEn: sku,
        kind,
        frequency: FREQUENCY[months],
        revenueAccount: kind === 'internet' ? '4010' : '4080',
        prices: [{ priceCents: Number(cents), from: FROM }],
        ...('options' in more ? { ...LINE, options: [...more.options] } : {}),
      }),
    );
  await world.act((tx) =>
    importItem(tx, {
      ...common,
      sku: 'VISITE',
      nameFr: 'Visite',
      nameEn: 'Visit',
      kind: 'labour',
      frequency: 'one_time',
      revenueAccount: '4060',
      prices: [{ priceCents: 6_995, from: FROM }],
    }),
  );
  const { sku, parts, cents } = BUNDLE;
  await world.act((tx) =>
    createBundle(tx, {
      sku,
      nameFr: sku,
      nameEn: sku,
      descriptionFr: '',
      descriptionEn: '',
      revenueAccount: '4080',
      discountCents: -cents,
      parts: parts.map((skus) => [...skus]),
      from: FROM,
    }),
  );
}

/** Where the fibre is that services move to. */
export const AT_THE_FIBRE = { latitude: 45.2634, longitude: -73.6201 } as const;
const TERMINALS = 8;

/** A terminal with room for whoever moves. */
export async function layFibre(world: TestWorld): Promise<void> {
  const olt = { name: 'OLT-1', vendor: 'tp-link', model: 'P1201', site: '', vlan: 100 };
  const ports = [{ frame: 0, slot: 1, port: 1 }];
  const managementAddress = world.world.addresses.olt;
  const { portIds } = await world.act((tx) => addOlt(tx, { ...olt, ports, managementAddress }));
  const ponPortId = portIds[0] ?? '';
  const splitterId = await world.act((tx) =>
    addSplitter(tx, { name: 'FDH-1', ponPortId, ratio: 64, ...AT_THE_FIBRE }),
  );
  for (let place = 1; place <= TERMINALS; place += 1)
    await world.act((tx) =>
      addTerminal(tx, { name: `T${place}`, splitterId, ports: 8, state: 'in_service', ...AT_THE_FIBRE }),
    );
}

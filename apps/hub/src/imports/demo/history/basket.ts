import type { Chance } from '../random.ts';

/** SKUs sold together as one service. */
export type Basket = readonly string[];

const PLANS = [
  { sku: 'FIBRE-100', until: 0.15 },
  { sku: 'FIBRE-500', until: 0.56 },
  { sku: 'FIBRE-1000', until: 0.92 },
  { sku: 'FIBRE-2500', until: 1 },
] as const;
/** What a household moves up to. */
export const NEXT_PLAN: Readonly<Record<string, string>> = {
  'FIBRE-100': 'FIBRE-500',
  'FIBRE-500': 'FIBRE-1000',
  'FIBRE-1000': 'FIBRE-2500',
};

const some = (chance: Chance, share: number, sku: string): string[] => (chance.happens(share) ? [sku] : []);

/** What is taken at one address: Internet always, television and telephone where they are wanted. */
export function basketsFor(
  chance: Chance,
  { business, isNew }: { business: boolean; isNew: boolean },
): { internet: Basket; others: readonly Basket[] } {
  const plan = business && chance.happens(0.6) ? 'AFFAIRES-1000' : planOf(chance);
  const internet = [
    plan,
    ...some(chance, business ? 0.2 : 0.5, 'ROUTEUR-LOC'),
    ...some(chance, 0.26, 'WIFI-MAILLE'),
    ...(plan === 'AFFAIRES-1000' ? [] : some(chance, business ? 0.3 : 0.03, 'IP-FIXE')),
    ...some(chance, 0.16, 'SOUTIEN-PLUS'),
    ...(isNew ? some(chance, 0.55, 'INSTALLATION') : []),
  ];
  const others: Basket[] = [];
  if (!business && chance.happens(0.46)) others.push(television(chance));
  if (chance.happens(business ? 0.7 : 0.36)) others.push(['TEL-CANADA', ...some(chance, 0.12, 'TEL-MONDE')]);
  return { internet, others };
}

const television = (chance: Chance): Basket => [
  chance.happens(0.6) ? 'TELE-BASE' : 'TELE-CHOIX-20',
  ...some(chance, 0.7, 'TERMINAL-TELE'),
  ...some(chance, 0.25, 'TELE-SPORTS'),
  ...some(chance, 0.2, 'TELE-CINEMA'),
];

function planOf(chance: Chance): string {
  const draw = chance.next();
  return PLANS.find(({ until }) => draw < until)?.sku ?? 'FIBRE-500';
}

/** Domains from the foundation up: each may call those before it, and only tell those after it. */
export const RANK = [
  'staff',
  'customers',
  'catalog',
  'plant',
  'stock',
  'network',
  'ledger',
  'purchases',
  'charges',
  'subscriptions',
  'billing',
  'payments',
  'collections',
  'messages',
  'dispatch',
  'tickets',
  'sales',
  'outages',
  'campaigns',
] as const;

/** Which of our packages each workspace may import; an empty list is a pure package. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  money: [],
  calendar: [],
  ledger: ['money'],
  flow: [],
  dispatch: [],
  contract: [],
  client: ['contract'],
  ui: ['contract', 'client', 'money', 'calendar'],
  documents: ['money', 'calendar'],
  outside: ['money'],
  simulators: ['outside'],
  ops: ['contract', 'client', 'ui'],
  portal: ['contract', 'client', 'ui'],
};

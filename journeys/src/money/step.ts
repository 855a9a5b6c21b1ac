import fc from 'fast-check';

/** How often each thing happens among the others. */
const WEIGHTS = {
  'time passes': 10,
  month: 8,
  count: 2,
  issue: 2,
  abandon: 1,
  'take a run back': 2,
  'start a service': 2,
  'change plan': 5,
  'add an option': 4,
  'remove an option': 3,
  'add a discount': 3,
  'take a bundle': 3,
  reprice: 3,
  suspend: 3,
  reconnect: 3,
  move: 3,
  'take a move back': 1,
  'change the billing day': 3,
  end: 3,
  'add a charge': 3,
  'pay by hand': 5,
  'pay by card': 4,
  'agree to debits': 2,
  'stop debits': 1,
  'walk the ladder': 4,
  refund: 3,
  'pay a credit out': 3,
  chargeback: 3,
  'credit a line': 3,
  void: 2,
  'write off': 3,
  dispute: 2,
  decide: 1,
} as const;
export type What = keyof typeof WEIGHTS;
export const things = Object.keys(WEIGHTS) as What[]; // the keys of the table above

/** One thing that happens; the numbers choose what it happens to. */
export type Step = Readonly<{
  what: What;
  who: number;
  which: number;
  /** A day before or after today. */
  days: number;
  cents: number;
  /** Sent twice at once under one command id, or told twice. */
  twice: boolean;
}>;

export const CUSTOMERS = 3;
export const anyStep = fc.record<Step>({
  what: fc.oneof(...things.map((what) => ({ weight: WEIGHTS[what], arbitrary: fc.constant(what) }))),
  who: fc.nat(CUSTOMERS - 1),
  which: fc.nat(5),
  days: fc.integer({ min: -12, max: 40 }),
  cents: fc.integer({ min: 1, max: 12_000 }),
  twice: fc.boolean(),
});
/** Everybody has a service, from today or from some days ago. */
export const opening: readonly Step[] = Array.from({ length: CUSTOMERS }, (_, who) => ({
  what: 'start a service',
  who,
  which: 0,
  days: -who * 9,
  cents: 0,
  twice: false,
}));

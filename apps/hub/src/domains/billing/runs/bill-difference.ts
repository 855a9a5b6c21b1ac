import type { billingRunsOperations, OutputOf } from '@gigafibre/contract';
import { sumCents } from '@gigafibre/money';

export type BillCause = OutputOf<
  typeof billingRunsOperations.listRunCustomers
>['rows'][number]['causes'][number];

/** A line of a bill as comparing sees it. */
export type ComparedLine = Readonly<{
  /** The item it pays for; null for what is no service. */
  itemId: string | null;
  kind: 'recurring' | 'one_time';
  /** It came by a charge: a change of the service, or something sold once. */
  isCharge: boolean;
  /** It pays for a part of a cycle only. */
  isPart: boolean;
  /** It was billed before, was taken back, and is billed as it was. */
  isBilledAgain: boolean;
  /** Asked once, and not as the catalog or the law says: an amount somebody wrote. */
  isOwnAmount: boolean;
  nameFr: string;
  nameEn: string;
  cents: bigint;
}>;

/** A bill: its lines before taxes, and the rates of its taxes, in a fixed order. */
export type ComparedBill = Readonly<{ lines: readonly ComparedLine[]; rates: string }>;

/** What is known of the items a customer had: whether one still runs, and whether it is billed each month. */
export type ItemFacts = ReadonlyMap<string, Readonly<{ runs: boolean; monthly: boolean }>>;

/** Causes that nothing explains: a person must look. */
const UNEXPLAINED: ReadonlySet<BillCause['kind']> = new Set([
  'missing',
  'price',
  'below_zero',
  'several_cycles',
  'own_amount',
  'zero',
]);
export const isUnexplained = (causes: readonly BillCause[]): boolean =>
  causes.some(({ kind }) => UNEXPLAINED.has(kind));

/** An amount somebody wrote that is more than this share of the rest of the bill waits for a person: 30 %. */
const OWN_AMOUNT = { num: 3n, den: 10n } as const;

const NOTHING: ComparedBill = { lines: [], rates: '' };

/** What must be looked at on a bill that has none before it: nothing it could differ from says it for it. */
export const firstBillCauses = (now: ComparedBill): BillCause[] =>
  billDifference(NOTHING, now, new Map()).filter((one) => isUnexplained([one]));

/**
 * Why a bill is not as the one before, cause by cause. The causes add up to the difference before taxes; a change
 * of the rates adds its own. A service that runs and is missing, or another amount for whole cycles of one item,
 * is named as what nothing explains.
 */
export function billDifference(before: ComparedBill, now: ComparedBill, facts: ItemFacts): BillCause[] {
  const causes: BillCause[] = [];
  const services = { before: servicesOf(before), now: servicesOf(now) };
  for (const itemId of new Set([...services.before.keys(), ...services.now.keys()]))
    causes.push(...itemCauses(services.before.get(itemId), services.now.get(itemId), facts.get(itemId)));
  const isTooMuch = ownAmountsAreMuch(before, now);
  for (const line of now.lines.filter((one) => !isSubscribed(one)))
    causes.push(
      cause(
        line.kind === 'recurring' ? 'change' : isTooMuch(line) ? 'own_amount' : 'one_time',
        line,
        line.cents,
      ),
    );
  for (const line of before.lines.filter((one) => !isSubscribed(one)))
    causes.push(cause('one_time_before', line, -line.cents));
  if (before.rates !== now.rates && before.rates !== '' && now.rates !== '')
    causes.push({ kind: 'tax_rate', nameFr: 'Taux de taxe', nameEn: 'Tax rate', cents: 0n });
  return causes.filter(({ kind, cents }) => cents !== 0n || kind === 'tax_rate' || kind === 'several_cycles');
}

const isSubscribed = ({ kind, isCharge, itemId }: ComparedLine): boolean =>
  kind === 'recurring' && !isCharge && itemId !== null;

/** Whether amounts somebody wrote are together more than what changes by itself from one bill to the next. */
function ownAmountsAreMuch(before: ComparedBill, now: ComparedBill): (line: ComparedLine) => boolean {
  const sum = (lines: readonly ComparedLine[]) => sumCents(lines.map(({ cents }) => cents));
  const own = now.lines.filter(({ isOwnAmount }) => isOwnAmount);
  const usual = before.lines.length > 0 ? before.lines : now.lines.filter(({ isOwnAmount }) => !isOwnAmount);
  const isMuch = sum(own) * OWN_AMOUNT.den > sum(usual) * OWN_AMOUNT.num;
  return ({ isOwnAmount }) => isOwnAmount && isMuch;
}

type Billed = Readonly<{
  line: ComparedLine;
  cents: bigint;
  isPart: boolean;
  cycles: number;
  isSeveral: boolean;
}>;

/** The lines of each item together: two cycles on one bill are one amount. */
function servicesOf({ lines }: ComparedBill): Map<string, Billed> {
  const found = new Map<string, Billed>();
  for (const [itemId, group] of Map.groupBy(lines.filter(isSubscribed), (line) => line.itemId ?? '')) {
    const [line] = group;
    if (!line) continue;
    const cents = sumCents(group.map((one) => one.cents));
    const isPart = group.some((one) => one.isPart);
    found.set(itemId, { line, cents, isPart, cycles: group.length, isSeveral: areSeveral(group) });
  }
  return found;
}

/**
 * More than one cycle at once: the run goes too far, or one was left out. A cycle that another billing day cut short
 * and the one after it are no two.
 */
function areSeveral(lines: readonly ComparedLine[]): boolean {
  const cycles = lines.filter(({ isBilledAgain }) => !isBilledAgain);
  return cycles.length > 2 || (cycles.length === 2 && cycles[0]?.isPart === false);
}

function itemCauses(
  before: Billed | undefined,
  now: Billed | undefined,
  facts: { runs: boolean; monthly: boolean } | undefined,
): BillCause[] {
  if (now?.isSeveral) return [cause('several_cycles', now.line, now.cents - (before?.cents ?? 0n))];
  if (!before) return now ? [cause('started', now.line, now.cents)] : [];
  if (!now) {
    const why = !facts?.runs ? 'ended' : facts.monthly ? 'missing' : 'other_cycle';
    return [cause(why, before.line, -before.cents)];
  }
  const isPart = before.isPart || now.isPart || before.cycles !== now.cycles;
  return [cause(isPart ? 'part_of_cycle' : 'price', now.line, now.cents - before.cents)];
}

const cause = (kind: BillCause['kind'], { nameFr, nameEn }: ComparedLine, cents: bigint): BillCause => ({
  kind,
  nameFr,
  nameEn,
  cents,
});

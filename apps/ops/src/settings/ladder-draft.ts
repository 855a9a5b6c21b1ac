import { LADDER_LAW, type collectionsOperations, type InputOf, type OutputOf } from '@gigafibre/contract';

export type LadderTerms = OutputOf<typeof collectionsOperations.readLadder>['all'][number];
type Wanted = InputOf<typeof collectionsOperations.changeLadder>;
export type RungDraft = Omit<LadderTerms['rungs'][number], 'days'> & { days: number | null | undefined };

/** A ladder while it is being typed: null where a field is empty, undefined where it is no number. */
export type LadderDraft = {
  from: string | null;
  thresholdCents: bigint | null | undefined;
  minimumCents: bigint | null | undefined;
  graceMonths: number | null | undefined;
  graceDays: number | null | undefined;
  noticeDays: number | null | undefined;
  rungs: RungDraft[];
};

/** The rungs that write to the customer; the others act, or are a file that leaves. */
export const NOTICES: ReadonlySet<string> = new Set([
  'reminder',
  'second_notice',
  'formal_notice',
  'suspension_notice',
  'final_notice',
  'demand_letter',
]);

/** From which moment the days of a rung count. */
export function countedFrom(rung: string): 'afterDue' | 'beforeSuspension' | 'itself' | 'afterSuspension' {
  if (rung === 'suspension') return 'itself';
  if (rung === 'suspension_notice' || rung === 'final_notice') return 'beforeSuspension';
  return NOTICES.has(rung) && rung !== 'demand_letter' ? 'afterDue' : 'afterSuspension';
}

/** A ladder to change from a day on. */
export const draftOf = ({ rungs, ...terms }: LadderTerms, from: string): LadderDraft => ({
  ...terms,
  from,
  rungs: rungs.map((one) => ({ ...one, channels: [...one.channels] })),
});

/** What is typed as the hub takes it; null while something is missing. */
export function termsOf(draft: LadderDraft, segment: Wanted['segment']): Wanted | null {
  const { from, thresholdCents, minimumCents, graceMonths, graceDays, noticeDays } = draft;
  const rungs = draft.rungs.flatMap((one) =>
    typeof one.days === 'number' && Number.isInteger(one.days) ? [{ ...one, days: one.days }] : [],
  );
  if (from === null || typeof thresholdCents !== 'bigint' || typeof minimumCents !== 'bigint') return null;
  if (!isWhole(graceMonths) || !isWhole(graceDays) || !isWhole(noticeDays)) return null;
  if (rungs.length < draft.rungs.length) return null;
  return {
    segment,
    from,
    thresholdCents: Number(thresholdCents),
    minimumCents: Number(minimumCents),
    graceMonths,
    graceDays,
    noticeDays,
    rungs,
  };
}

const isWhole = (value: number | null | undefined): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0;

export type Floor = keyof typeof LADDER_LAW;

/** The fields of a consumer's ladder that are below what the law gives. */
export function belowLaw(draft: LadderDraft): Floor[] {
  return (['thresholdCents', 'graceMonths', 'noticeDays'] as const).filter((floor) => {
    const value = draft[floor];
    return value !== null && value !== undefined && value < LADDER_LAW[floor];
  });
}

/** Notices that are on and that no channel carries: they would reach nobody. */
export const unsent = ({ rungs }: LadderDraft): string[] =>
  rungs
    .filter(({ rung, mode, channels }) => NOTICES.has(rung) && mode !== 'off' && channels.length === 0)
    .map(({ rung }) => rung);

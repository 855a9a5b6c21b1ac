import { addDays, addMonths, civilDateOf } from '@gigafibre/calendar';
import type { HoldKind, LadderTerms, NextWhy, Rung } from '@gigafibre/contract';
import { firstNoticeDay, firstSuspensionDay, maySuspendAt, mayWriteAt } from './permitted-time.ts';
import { FRIENDLY, rungOf } from './terms.ts';

/** A rung taken in the case, as the decision needs it. */
export type Taken = Readonly<{
  rung: Rung;
  round: number;
  anchorDueOn: string;
  on: string;
  announcedOn: string | null;
  provenAt: Date | null;
  failed: boolean;
}>;
export type Hold = Readonly<{ kind: HoldKind; until: string | null }>;
/** Everything the ladder decides from; nothing else may matter. */
export type Situation = Readonly<{
  now: Date;
  terms: LadderTerms;
  /** Late in all; and what of it may be asked for, by due date, oldest first, each above zero. */
  overdueCents: bigint;
  debts: readonly Readonly<{ dueOn: string; cents: bigint }>[];
  /** Late on other books too, with what the ladder leaves to people. */
  lateElsewhere: boolean;
  /** Money held for the customer that no invoice has taken. */
  creditCents: bigint;
  holds: readonly Hold[];
  round: number;
  suspendedOn: string | null;
  services: Readonly<{ active: number; suspended: number }>;
  taken: readonly Taken[];
}>;

export type Next = Readonly<{ rung: Rung; on: string | null; why: NextWhy }>;
/** `clear`: nothing is late. `lift`: services come back. `round`: the one that counts from now on. */
export type Decision = Readonly<{
  clear: boolean;
  lift: boolean;
  round: number;
  suspendedOn: string | null;
  next: Next | null;
  /** The rung to take now, with the day of suspension it announces. */
  act: Readonly<{ rung: Rung; announcedOn: string | null }> | null;
}>;

/** These stop even a friendly word; the others only what hurts. */
const HOLDS_ALL: readonly HoldKind[] = [
  'deceased',
  'bankruptcy',
  'vulnerable',
  'other',
  'promise',
  'processing',
  'debit_window',
  'handed_off',
];
/** An announced day that has passed by this much announces nothing any more: the notices are given anew. */
const ANNOUNCED_DAYS_MAX = 30;
/** Nobody is written to twice within this. */
const GAP_DAYS = 2;
/** Between a letter that reached and the end of the service. */
const LETTER_DAYS = 14;
const DAY_MS = 86_400_000;

/** What may be asked for, oldest first, once money held for the customer is put against the oldest of it. */
export function collectibleDebts({
  debts,
  creditCents,
}: Pick<Situation, 'debts' | 'creditCents'>): Situation['debts'] {
  let left = creditCents;
  return debts.flatMap(({ dueOn, cents }) => {
    const taken = left < cents ? left : cents;
    left -= taken;
    return cents > taken ? [{ dueOn, cents: cents - taken }] : [];
  });
}

export const collectibleCents = (s: Pick<Situation, 'debts' | 'creditCents'>): bigint =>
  collectibleDebts(s).reduce((sum, { cents }) => sum + cents, 0n);

/** The first day on which the oldest debt is old enough: strictly after its due date and the grace of the ladder. */
export function suspendableFrom(terms: LadderTerms, dueOn: string): string {
  return firstSuspensionDay(addDays(addMonths(dueOn, terms.graceMonths), terms.graceDays + 1));
}

/**
 * Where a customer stands and what is to be done now, from the situation alone (facts §4.4). A suspension stands only
 * while what it takes stands: more than the threshold, and old enough. Notices given stop counting (`round` goes up)
 * when the debt they spoke of is another, when it is no longer enough, when their day has long passed, and when the
 * service came back.
 */
export function decide(s: Situation): Decision {
  const today = civilDateOf(s.now);
  const [oldest] = collectibleDebts(s);
  const askedCents = collectibleCents(s);
  const isClear = isNothing(s, s.overdueCents);
  const enough = askedCents > s.terms.thresholdCents;
  const stands =
    !isClear && enough && oldest !== undefined && today >= suspendableFrom(s.terms, oldest.dueOn);
  // Once nothing is late, what a person cut for the debt comes back too.
  const isCovered = isNothing(s, s.overdueCents - s.creditCents);
  const mayReturn = s.suspendedOn === null ? isCovered && !s.lateElsewhere : !stands;
  const lift = s.services.suspended > 0 && mayReturn;
  const isBack = s.suspendedOn !== null && s.services.suspended === 0 && s.services.active > 0;
  const suspendedOn = lift || isBack ? null : s.suspendedOn;
  const spent = s.taken.filter(({ rung, round }) => round === s.round && !FRIENDLY.includes(rung));
  const announced = lastAnnounced(spent);
  const isVoid =
    spent.length > 0 &&
    (s.suspendedOn === null
      ? !enough ||
        spent.some(({ anchorDueOn }) => anchorDueOn !== oldest?.dueOn) ||
        // A letter to a customer without a service counts no more once they have one.
        (s.services.active > 0 &&
          (spent.some(({ rung }) => rung === 'demand_letter') ||
            (announced !== null && today > addDays(announced, ANNOUNCED_DAYS_MAX))))
      : suspendedOn === null);
  const round = s.round + (isVoid ? 1 : 0);
  const base = { clear: isClear, lift, round, suspendedOn };
  if (isClear || oldest === undefined || isNothing(s, askedCents)) return { ...base, next: null, act: null };
  const taken = s.taken.filter((one) => FRIENDLY.includes(one.rung) || one.round === round);
  const planned = { ...s, ever: s.taken, today, round, suspendedOn, taken, enough, anchor: oldest.dueOn };
  const next = held(planned, suspendedOn === null ? towards(planned) : beyond(planned, suspendedOn));
  return { ...base, ...withAct(planned, next) };
}

const isNothing = ({ terms }: Situation, cents: bigint): boolean => cents <= 0n || cents < terms.minimumCents;

/** `taken` holds what counts in this round, `ever` all of the case. */
type Planned = Situation &
  Readonly<{ ever: readonly Taken[]; today: string; enough: boolean; anchor: string }>;
const later = (...days: readonly string[]): string => days.reduce((a, b) => (a > b ? a : b));
const inRound = (p: Planned, rung: Rung): Taken | undefined =>
  p.taken.find((one) => one.rung === rung && one.round === p.round);
const lastAnnounced = (taken: readonly Taken[]): string | null =>
  taken.reduce<string | null>(
    (last, { announcedOn }) =>
      announcedOn !== null && (last === null || announcedOn > last) ? announcedOn : last,
    null,
  );

/** On the way to a suspension: friendly words, then the two notices, then the day itself. */
function towards(p: Planned): Next | null {
  if (rungOf(p.terms, 'suspension').mode === 'off')
    return friendly(p) ?? { rung: 'suspension', on: null, why: 'top' };
  if (p.services.active === 0) return unserved(p);
  const notice = inRound(p, 'suspension_notice');
  if (notice) return afterNotice(p, notice);
  const noticeOn = firstNoticeDay(
    addDays(suspendableFrom(p.terms, p.anchor), -rungOf(p.terms, 'suspension_notice').days),
  );
  const soft = friendly(p);
  if (!p.enough) return soft ?? { rung: 'suspension_notice', on: null, why: 'below_threshold' };
  const on = later(noticeOn, gapFrom(p));
  if (noticeOn <= p.today || soft === null || (soft.on ?? '') >= on)
    return { rung: 'suspension_notice', on, why: 'due' };
  return soft;
}

/** Who has no service to lose: after the friendly words a demand letter, counted from the day a service could be cut. */
function unserved(p: Planned): Next | null {
  const hard = beyond(p, suspendableFrom(p.terms, p.anchor));
  if (inRound(p, 'demand_letter')) return hard;
  const soft = friendly(p);
  if (hard === null) return soft;
  if (!p.enough) return soft ?? { rung: hard.rung, on: null, why: 'below_threshold' };
  const on = later(hard.on ?? p.today, firstNoticeDay(gapFrom(p)));
  return soft === null || on <= p.today || (soft.on ?? '') >= on ? { ...hard, on } : soft;
}

/** The furthest friendly word that is due, or the first that will be; those left behind are not made up for. */
function friendly(p: Planned): Next | null {
  const said = p.taken.filter((one) => FRIENDLY.includes(one.rung) && one.anchorDueOn === p.anchor);
  const reached = Math.max(-1, ...said.map((one) => FRIENDLY.indexOf(one.rung)));
  const left = FRIENDLY.filter((rung, index) => index > reached && rungOf(p.terms, rung).mode !== 'off').map(
    (rung) => ({ rung, on: addDays(p.anchor, rungOf(p.terms, rung).days) }),
  );
  const chosen = left.findLast(({ on }) => on <= p.today) ?? left[0];
  if (!chosen) return null;
  return { rung: chosen.rung, on: firstNoticeDay(later(chosen.on, gapFrom(p))), why: 'due' };
}

function gapFrom(p: Planned): string {
  const last = p.ever.reduce((on, one) => later(on, one.on), p.anchor);
  return addDays(last, GAP_DAYS);
}

const unproven = (rung: Rung, { failed }: Taken): Next => ({
  rung,
  on: null,
  why: failed ? 'notice_failed' : 'notice_not_sent',
});

function afterNotice(p: Planned, notice: Taken): Next {
  const final = inRound(p, 'final_notice');
  if (notice.provenAt === null) return unproven('final_notice', notice);
  const earliest = earliestSuspension(p, notice, final);
  if (!final) {
    const on = addDays(earliest, -rungOf(p.terms, 'final_notice').days);
    return { rung: 'final_notice', on: firstNoticeDay(later(on, addDays(notice.on, 1))), why: 'due' };
  }
  if (final.provenAt === null) return unproven('suspension', final);
  return { rung: 'suspension', on: earliest, why: 'due' };
}

/** The last day that is not whole any more: midnight leaves all of its day. */
const dayBefore = (instant: Date): string => civilDateOf(new Date(instant.getTime() - 1));

/** The announced day, or later when a notice left later than it was written: its full days run from then. */
function earliestSuspension(p: Planned, notice: Taken, final: Taken | undefined): string {
  const proven = notice.provenAt ?? p.now;
  const full = addDays(dayBefore(proven), p.terms.noticeDays + 1);
  const spoken = later(notice.announcedOn ?? full, final?.announcedOn ?? full);
  const day = later(full, spoken, suspendableFrom(p.terms, p.anchor));
  if (!final?.provenAt) return firstSuspensionDay(day);
  return firstSuspensionDay(later(day, civilDateOf(new Date(final.provenAt.getTime() + DAY_MS))));
}

/** After a suspension: letter, end of the service when there is one, agency, counted from a day. */
function beyond(p: Planned, from: string): Next | null {
  const letter = inRound(p, 'demand_letter');
  const canEnd = p.services.active + p.services.suspended > 0;
  for (const rung of ['demand_letter', 'termination', 'hand_off'] as const) {
    const { mode, days } = rungOf(p.terms, rung);
    if (mode === 'off' || inRound(p, rung) || (rung === 'termination' && !canEnd)) continue;
    if (rung === 'demand_letter') return { rung, on: firstNoticeDay(addDays(from, days)), why: 'due' };
    if (letter && letter.provenAt === null && !inRound(p, 'termination')) return unproven(rung, letter);
    if (rung === 'hand_off') return { rung, on: handOffDay(p, from), why: 'due' };
    const after = letter?.provenAt ? addDays(civilDateOf(letter.provenAt), LETTER_DAYS) : from;
    return { rung, on: firstSuspensionDay(later(addDays(from, days), after)), why: 'due' };
  }
  return null;
}

/** Counted from that day, and never sooner after an end, or a letter, that came late than after one that did not. */
function handOffDay(p: Planned, from: string): string {
  const { days } = rungOf(p.terms, 'hand_off');
  const last = inRound(p, 'termination') ?? inRound(p, 'demand_letter');
  const on = addDays(from, days);
  return last ? later(on, addDays(last.on, days - rungOf(p.terms, last.rung).days)) : on;
}

/** What a hold does to the next rung: its day moves behind the end of the hold, when that is known. */
function held(p: Planned, next: Next | null): Next | null {
  if (next === null) return null;
  const isFriendly = FRIENDLY.includes(next.rung);
  const holding = p.holds.filter(({ kind }) => !isFriendly || HOLDS_ALL.includes(kind));
  if (holding.length === 0) return next;
  const until = holding.some((one) => one.until === null)
    ? null
    : later(...holding.map((one) => one.until ?? ''));
  if (until !== null && next.on !== null && until < next.on) return next;
  return { rung: next.rung, on: until === null ? null : addDays(until, 1), why: 'held' };
}

const CUTS: readonly Rung[] = ['suspension', 'termination'];

/** What of the next rung is to be done at this moment. */
function withAct(p: Planned, next: Next | null): Pick<Decision, 'next' | 'act'> {
  if (next === null || next.why !== 'due' || next.on === null || next.on > p.today)
    return { next, act: null };
  const now: Next = { ...next, on: p.today };
  const final = inRound(p, 'final_notice');
  const tooSoon =
    next.rung === 'suspension' && (!final?.provenAt || p.now.getTime() < final.provenAt.getTime() + DAY_MS);
  const permitted = CUTS.includes(next.rung)
    ? maySuspendAt(p.now)
    : next.rung === 'hand_off' || mayWriteAt(p.now);
  if (tooSoon || !permitted) return { next: { ...now, why: 'quiet_time' }, act: null };
  return { next: now, act: { rung: next.rung, announcedOn: announcedBy(p, next.rung) } };
}

function announcedBy(p: Planned, rung: Rung): string | null {
  const notice = inRound(p, 'suspension_notice');
  if (rung === 'suspension_notice')
    return firstSuspensionDay(
      later(suspendableFrom(p.terms, p.anchor), addDays(p.today, p.terms.noticeDays + 1)),
    );
  if (rung !== 'final_notice' || !notice) return null;
  return firstSuspensionDay(
    later(earliestSuspension(p, notice, undefined), addDays(p.today, rungOf(p.terms, 'final_notice').days)),
  );
}

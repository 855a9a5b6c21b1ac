// Random stories of a customer: bills, payments, parts of them, debits that come back, promises, disputes, notices
// that leave late or never, a clock that jumps. Whatever happens, the rules of the law hold at each act.
import { addDays, addMonths, civilDateOf, daysFromTo, instantOf } from '@gigafibre/calendar';
import type { HoldKind } from '@gigafibre/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectibleCents, decide, type Decision, type Situation, type Taken } from './next-rung.ts';
import { maySuspendAt, mayWriteAt } from './permitted-time.ts';
import { provenSince } from './proven-since.ts';
import { FRIENDLY, RESIDENTIAL } from './terms.ts';

/** Another seed and another number of stories, for whoever wants more of them than each run tells. */
const SEED = Number(process.env['LADDER_STORIES_SEED'] ?? 2);
const STORIES = Number(process.env['LADDER_STORIES'] ?? 200);

/** `reachedAt` is what happened; what the hub knows of it, `provenAt`, may be less. */
type Given = Taken & Readonly<{ reachedAt: Date | null }>;
type Invoice = { dueOn: string; owedCents: bigint; totalCents: bigint; isDisputed: boolean };
type Account = {
  now: Date;
  invoices: Invoice[];
  holds: { kind: HoldKind; until: string }[];
  taken: Given[];
  round: number;
  suspendedOn: string | null;
  cut: boolean;
  /** They ended their service themselves. */
  gone: boolean;
  /** Every notice ever given, over all cases of this customer. */
  said: string[];
  cases: number;
};
type Happening = Readonly<{
  what:
    | 'bill'
    | 'pay'
    | 'return'
    | 'promise'
    | 'debit'
    | 'dispute'
    | 'decide_dispute'
    | 'vouch'
    | 'wait'
    | 'reconnect'
    | 'leave';
  cents: number;
  days: number;
  hour: number;
  /** Days until a notice given now is known to have left; 0 at once, above 9 never. */
  leaves: number;
}>;

const happening = fc.record<Happening>({
  // Mostly nothing happens, or no story would reach the rungs that hurt.
  what: fc.oneof(
    { weight: 5, arbitrary: fc.constant('wait' as const) },
    { weight: 1, arbitrary: fc.constantFrom('bill', 'pay', 'return', 'promise', 'debit') },
    { weight: 1, arbitrary: fc.constant('vouch' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('dispute', 'decide_dispute', 'decide_dispute', 'reconnect', 'leave'),
    },
  ),
  cents: fc.integer({ min: 1, max: 12_000 }),
  days: fc.integer({ min: 0, max: 9 }),
  hour: fc.constantFrom(7, 9, 9, 9, 9, 13, 22),
  leaves: fc.constantFrom(0, 0, 0, 3, 6, 10),
});

function happens(a: Account, { what, cents, days }: Happening): void {
  const today = civilDateOf(a.now);
  const open = a.invoices.filter(({ owedCents }) => owedCents > 0n);
  const until = addDays(today, days);
  switch (what) {
    case 'bill':
      a.invoices.push({
        dueOn: until,
        owedCents: BigInt(cents),
        totalCents: BigInt(cents),
        isDisputed: false,
      });
      return;
    case 'pay':
      return settle(open, BigInt(cents));
    case 'return': {
      const paid = a.invoices.find(({ owedCents, totalCents }) => owedCents < totalCents);
      if (paid) paid.owedCents = paid.totalCents;
      return;
    }
    case 'promise':
    case 'debit':
      a.holds.push({ kind: what === 'debit' ? 'processing' : 'promise', until });
      return;
    case 'dispute':
    case 'decide_dispute':
      if (open[0]) open[0].isDisputed = what === 'dispute';
      return;
    case 'vouch':
      a.taken = a.taken.map((one) => vouched(one, a.now));
      return;
    case 'leave':
      // Seldom, or no story would be about a service.
      if (cents < 2_000) Object.assign(a, { gone: true, cut: false });
      return;
    case 'reconnect':
      a.cut = false;
      return;
    case 'wait':
  }
}

function settle(open: Invoice[], cents: bigint): void {
  let left = cents;
  for (const one of open) {
    const part = left < one.owedCents ? left : one.owedCents;
    one.owedCents -= part;
    left -= part;
  }
}

/** A clerk phones whom a notice did not reach, and vouches for the day alone. */
const vouched = (one: Given, now: Date): Given =>
  one.provenAt === null
    ? { ...one, reachedAt: now, provenAt: provenSince({ leftAt: null, vouchedOn: civilDateOf(now) }) }
    : one;

function situationOf(a: Account): Situation {
  const today = civilDateOf(a.now);
  const late = a.invoices
    .filter(({ dueOn, owedCents }) => dueOn < today && owedCents > 0n)
    .toSorted((x, y) => (x.dueOn < y.dueOn ? -1 : 1));
  const isDisputed = late.some((one) => one.isDisputed);
  return {
    now: a.now,
    terms: RESIDENTIAL,
    overdueCents: late.reduce((sum, { owedCents }) => sum + owedCents, 0n),
    debts: late.filter((one) => !one.isDisputed).map(({ dueOn, owedCents }) => ({ dueOn, cents: owedCents })),
    creditCents: 0n,
    lateElsewhere: false,
    holds: [
      ...a.holds.filter(({ until }) => until >= today),
      ...(isDisputed ? [{ kind: 'dispute' as const, until: null }] : []),
    ],
    round: a.round,
    suspendedOn: a.suspendedOn,
    services: { active: a.cut || a.gone ? 0 : 1, suspended: a.cut ? 1 : 0 },
    // A notice of which it is not known yet that it left is not proven.
    taken: a.taken.map((one) =>
      one.reachedAt !== null && one.reachedAt > a.now ? { ...one, provenAt: null } : one,
    ),
  };
}

/** Does what was decided as the hub does, and checks it against the rules as the law says them. */
function carryOut(a: Account, s: Situation, decision: Decision, leaves: number): void {
  if (decision.lift) a.cut = false;
  if (decision.clear) {
    Object.assign(a, { taken: [], round: 1, suspendedOn: null, cases: a.cases + 1 });
    return;
  }
  a.round = decision.round;
  a.suspendedOn = decision.suspendedOn;
  const { act } = decision;
  if (!act) return;
  obeysTheLaw(a, s, act.rung);
  const today = civilDateOf(a.now);
  const leftAt = leaves > 9 ? null : new Date(a.now.getTime() + leaves * 86_400_000);
  a.taken.push({
    rung: act.rung,
    round: a.round,
    anchorDueOn: s.debts[0]?.dueOn ?? today,
    on: today,
    announcedOn: act.announcedOn,
    provenAt: provenSince({ leftAt, vouchedOn: null }),
    reachedAt: leftAt,
    failed: leftAt === null,
  });
  if (act.rung === 'suspension') Object.assign(a, { suspendedOn: today, cut: true });
}

function obeysTheLaw(a: Account, s: Situation, rung: Taken['rung']): void {
  const today = civilDateOf(a.now);
  const oldest = s.debts[0]?.dueOn ?? today;
  const name = FRIENDLY.includes(rung)
    ? `${a.cases} ${rung} ${oldest}`
    : `${a.cases} ${rung} round ${a.round}`;
  expect(a.said).not.toContain(name);
  a.said.push(name);
  expect(s.debts.length).toBeGreaterThan(0);
  if (['suspension_notice', 'final_notice', 'suspension'].includes(rung)) expect(s.services.active).toBe(1);
  if (rung === 'termination') expect(s.services.suspended).toBe(1);
  expect(s.holds.filter(({ kind }) => kind === 'promise' || kind === 'processing')).toEqual([]);
  if (rung !== 'suspension' && rung !== 'termination') {
    if (rung === 'hand_off') return;
    expect(mayWriteAt(a.now)).toBe(true);
    expect(a.taken.filter(({ on }) => on === today)).toEqual([]);
    return;
  }
  expect(maySuspendAt(a.now)).toBe(true);
  expect(s.holds).toEqual([]);
  expect(collectibleCents(s)).toBeGreaterThan(5_000n);
  expect(today > addMonths(oldest, 2)).toBe(true);
  const given = (name_: Taken['rung']) =>
    a.taken.find((one) => one.rung === name_ && one.round === a.round && one.reachedAt !== null);
  const notice = given('suspension_notice')?.reachedAt;
  const final = given('final_notice');
  expect(notice && daysFromTo(civilDateOf(notice), today)).toBeGreaterThanOrEqual(15);
  expect(a.now.getTime() - (final?.reachedAt?.getTime() ?? Infinity)).toBeGreaterThanOrEqual(86_400_000);
  expect((given('suspension_notice')?.announcedOn ?? '9999') <= today).toBe(true);
  expect((final?.announcedOn ?? '9999') <= today).toBe(true);
}

test('whatever happens: never cut inside a delay, a hold or a permitted hour’s outside, nothing said twice, paid is off', () => {
  const reached = new Set<string>();
  fc.assert(
    fc.property(fc.array(happening, { minLength: 30, maxLength: 60 }), (story) => {
      const a: Account = {
        now: instantOf({ date: '2026-08-03', time: '09:00' }),
        invoices: [{ dueOn: '2026-08-10', owedCents: 20_000n, totalCents: 20_000n, isDisputed: false }],
        holds: [],
        taken: [],
        round: 1,
        suspendedOn: null,
        cut: false,
        gone: false,
        said: [],
        cases: 0,
      };
      for (const one of story) {
        happens(a, one);
        const date = addDays(civilDateOf(a.now), one.days);
        const next = instantOf({ date, time: `${String(one.hour).padStart(2, '0')}:00` });
        if (next > a.now) a.now = next;
        const s = situationOf(a);
        const decision = decide(s);
        carryOut(a, s, decision, one.leaves);
        if (decision.act) reached.add(decision.act.rung);
        // Paid is off the ladder, and nothing stays cut.
        if (s.overdueCents === 0n) expect([decision.clear, a.cut]).toEqual([true, false]);
        // A look repeated at the same moment does nothing more.
        expect(decide(situationOf(a)).act).toBeNull();
      }
    }),
    // A seed of its own: which rungs are reached below must not depend on luck.
    { numRuns: STORIES, seed: SEED },
  );
  // The stories are worth something only if they get there.
  for (const rung of ['reminder', 'suspension_notice', 'final_notice', 'suspension', 'demand_letter'])
    expect([...reached]).toContain(rung);
});

import { addDays, addMonths, daysFromTo, instantOf } from '@gigafibre/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, suspendableFrom, type Hold, type Situation, type Taken } from './next-rung.ts';
import { provenSince } from './proven-since.ts';
import { firstSuspensionDay, isSuspensionDay, maySuspendAt, mayWriteAt } from './permitted-time.ts';
import { RESIDENTIAL } from './terms.ts';

const at = (date: string, time = '09:00'): Date => instantOf({ date, time });
const debt = (dueOn: string, cents = 8_043n) => ({ dueOn, cents });
const taken = (rung: Taken['rung'], on: string, over: Partial<Taken> = {}): Taken => ({
  rung,
  round: 1,
  anchorDueOn: '2026-09-15',
  on,
  announcedOn: null,
  provenAt: at(on),
  failed: false,
  ...over,
});
/** A customer 80.43 $ late since 15 September, both notices given in time, on the morning of 16 November. */
const readyToCut = (over: Partial<Situation> = {}): Situation => ({
  now: at('2026-11-16'),
  terms: RESIDENTIAL,
  overdueCents: 8_043n,
  debts: [debt('2026-09-15')],
  creditCents: 0n,
  lateElsewhere: false,
  holds: [],
  round: 1,
  suspendedOn: null,
  services: { active: 1, suspended: 0 },
  taken: [
    taken('formal_notice', '2026-10-15'),
    taken('suspension_notice', '2026-11-01', { announcedOn: '2026-11-16' }),
    taken('final_notice', '2026-11-14', { announcedOn: '2026-11-16' }),
  ],
  ...over,
});
const mustHave = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('expected something');
  return value;
};
const actOf = (s: Situation) => decide(s).act?.rung ?? null;

test('two calendar months, not sixty days: due 15 September, cut on 16 November at the earliest', () => {
  expect(suspendableFrom(RESIDENTIAL, '2026-09-15')).toBe('2026-11-16');
  expect(actOf(readyToCut())).toBe('suspension');
});

test('due 31 December: two months end with February, in a leap year a day later', () => {
  expect(suspendableFrom(RESIDENTIAL, '2026-12-31')).toBe('2027-03-01');
  expect(addMonths('2027-12-31', 2)).toBe('2028-02-29');
  expect(suspendableFrom(RESIDENTIAL, '2027-12-31')).toBe('2028-03-01');
});

test('exactly 50.00 $ is not cut, 50.01 $ is; money held for the customer counts', () => {
  const owing = (cents: bigint, creditCents = 0n) =>
    actOf(readyToCut({ debts: [debt('2026-09-15', cents)], overdueCents: cents, creditCents }));
  expect(owing(5_000n)).toBeNull();
  expect(owing(5_001n)).toBe('suspension');
  expect(owing(8_043n, 3_043n)).toBeNull();
});

test('a partial payment that leaves 50 $ or less cancels the sequence: the notices count no more', () => {
  const left = readyToCut({ debts: [debt('2026-09-15', 5_000n)], overdueCents: 5_000n });
  expect(decide(left)).toMatchObject({ round: 2, act: null, next: { why: 'below_threshold' } });
  // Late by more again: everything is announced anew, with its full delay.
  const again = decide(readyToCut({ round: 2 }));
  expect(again.act).toEqual({ rung: 'suspension_notice', announcedOn: '2026-12-01' });
});

test('the notice of suspension leaves fifteen days before, with fourteen full days between', () => {
  const before = readyToCut({ now: at('2026-11-01'), taken: [taken('formal_notice', '2026-10-15')] });
  expect(decide(before).act).toEqual({ rung: 'suspension_notice', announcedOn: '2026-11-16' });
  expect(actOf({ ...before, now: at('2026-10-31') })).toBeNull();
});

test('a notice that left late, or only reached by post, starts its fourteen days then', () => {
  const late = readyToCut({
    taken: [
      taken('suspension_notice', '2026-11-01', { announcedOn: '2026-11-16', provenAt: at('2026-11-05') }),
    ],
    now: at('2026-11-16'),
  });
  expect(decide(late).next).toEqual({ rung: 'final_notice', on: '2026-11-18', why: 'due' });
});

test('nothing is cut on a notice of which nothing proves that it left', () => {
  const sent = readyToCut();
  const without = (rung: Taken['rung'], failed: boolean) =>
    decide({
      ...sent,
      taken: sent.taken.map((one) => (one.rung === rung ? { ...one, provenAt: null, failed } : one)),
    });
  expect(without('suspension_notice', false)).toMatchObject({ act: null, next: { why: 'notice_not_sent' } });
  expect(without('final_notice', true)).toMatchObject({ act: null, next: { why: 'notice_failed' } });
});

test('the final notice is a full day old, to the minute, before anything is cut', () => {
  const late = [
    taken('suspension_notice', '2026-10-28', { announcedOn: '2026-11-16' }),
    taken('final_notice', '2026-11-15', { announcedOn: '2026-11-16', provenAt: at('2026-11-15', '10:00') }),
  ];
  expect(actOf(readyToCut({ taken: late, now: at('2026-11-16', '09:59') }))).toBeNull();
  expect(actOf(readyToCut({ taken: late, now: at('2026-11-16', '10:00') }))).toBe('suspension');
});

test('a notice vouched for by its day counts from the next: a call of 16 November at 16:00 cuts nobody on the 17th', () => {
  const vouchedOn = (day: string) => provenSince({ leftAt: null, vouchedOn: day });
  const called = [
    taken('suspension_notice', '2026-11-01', { announcedOn: '2026-11-17' }),
    taken('final_notice', '2026-11-15', {
      announcedOn: '2026-11-17',
      provenAt: vouchedOn('2026-11-16'),
    }),
  ];
  const morning = (day: string) => decide(readyToCut({ taken: called, now: at(day) }));
  expect(morning('2026-11-17')).toMatchObject({ act: null, next: { on: '2026-11-18', why: 'due' } });
  expect(morning('2026-11-18').act?.rung).toBe('suspension');
  // Fourteen whole days after the day of the call, that day itself not counted: 2 to 15 November.
  const posted = [{ ...mustHave(called[0]), provenAt: vouchedOn('2026-11-02') }];
  const final = decide(readyToCut({ taken: posted, now: at('2026-11-10') })).next;
  expect(final).toEqual({ rung: 'final_notice', on: '2026-11-15', why: 'due' });
});

test('never on weekends, holidays, after noon of the day before one, at night, nor from 20 December to 5 January', () => {
  expect(maySuspendAt(at('2026-11-16', '07:59'))).toBe(false);
  expect(maySuspendAt(at('2026-11-16', '20:59'))).toBe(true);
  expect(maySuspendAt(at('2026-11-20', '11:59'))).toBe(true); // a Friday
  expect(maySuspendAt(at('2026-11-20', '12:00'))).toBe(false);
  expect(maySuspendAt(at('2026-11-21'))).toBe(false);
  expect(maySuspendAt(at('2026-06-23', '12:30'))).toBe(false); // the eve of the Fête nationale
  expect(isSuspensionDay('2026-06-24')).toBe(false);
  expect(firstSuspensionDay('2026-12-19')).toBe('2027-01-06');
  expect(mayWriteAt(at('2026-11-21', '08:30'))).toBe(false);
  expect(mayWriteAt(at('2026-11-21', '16:59'))).toBe(true);
  expect(mayWriteAt(at('2026-11-23', '21:00'))).toBe(false);
});

test.each<Hold>([
  { kind: 'dispute', until: null },
  { kind: 'arrangement', until: null },
  { kind: 'processing', until: null },
  { kind: 'debit_window', until: '2026-11-18' },
  { kind: 'promise', until: '2026-11-20' },
  { kind: 'deceased', until: null },
  { kind: 'bankruptcy', until: null },
  { kind: 'vulnerable', until: '2026-12-01' },
  { kind: 'other', until: '2026-11-16' },
  { kind: 'handed_off', until: null },
])('a hold stops the cut, and says when it goes on: $kind', ({ kind, until }) => {
  const decision = decide(readyToCut({ holds: [{ kind, until }] }));
  expect(decision.act).toBeNull();
  expect(decision.next).toEqual({
    rung: 'suspension',
    on: until === null ? null : addDays(until, 1),
    why: 'held',
  });
});

test('friendly words by their days; those left behind are not made up for, none is said twice', () => {
  const fresh = (now: string, said: Taken[] = []) =>
    decide(
      readyToCut({
        now: at(now),
        debts: [debt('2026-11-02')],
        taken: said.map((one) => ({ ...one, anchorDueOn: '2026-11-02' })),
      }),
    );
  expect(fresh('2026-11-04').next).toEqual({ rung: 'reminder', on: '2026-11-05', why: 'due' });
  expect(fresh('2026-11-05').act?.rung).toBe('reminder');
  expect(fresh('2026-11-13').act?.rung).toBe('second_notice');
  const reminded = [taken('reminder', '2026-11-05')];
  expect(fresh('2026-11-11', reminded).act).toBeNull();
  expect(fresh('2026-11-12', reminded).act?.rung).toBe('second_notice');
  // The first look comes on day 40: one word, the furthest.
  expect(fresh('2026-12-12').act?.rung).toBe('formal_notice');
});

test('what is contested is not asked for, but the rest is, kindly', () => {
  const contested = { now: at('2026-11-16'), holds: [{ kind: 'dispute', until: null }] as const };
  expect(actOf(readyToCut({ ...contested, debts: [], taken: [] }))).toBeNull();
  expect(actOf(readyToCut({ ...contested, debts: [debt('2026-11-10', 9_000n)], taken: [] }))).toBe(
    'reminder',
  );
});

test('paid is off the ladder, and what was cut comes back; so does it when what is left is not enough', () => {
  const cut = { suspendedOn: '2026-11-16', services: { active: 0, suspended: 1 }, now: at('2026-11-17') };
  expect(decide(readyToCut({ ...cut, debts: [], overdueCents: 0n }))).toMatchObject({
    clear: true,
    lift: true,
  });
  expect(
    decide(readyToCut({ ...cut, debts: [debt('2026-09-15', 4_000n)], overdueCents: 4_000n })),
  ).toMatchObject({ clear: false, lift: true, suspendedOn: null });
  // A person cut it: it comes back once nothing is late, and not before.
  const byHand = { ...cut, suspendedOn: null };
  expect(decide(readyToCut({ ...byHand, debts: [], overdueCents: 0n }))).toMatchObject({ lift: true });
  expect(decide(readyToCut(byHand))).toMatchObject({ lift: false });
  const elsewhere = { ...byHand, debts: [], overdueCents: 0n, lateElsewhere: true };
  expect(decide(readyToCut(elsewhere))).toMatchObject({ clear: true, lift: false });
  // The oldest is paid and the next is not two months old.
  expect(decide(readyToCut({ ...cut, debts: [debt('2026-10-15')] }))).toMatchObject({ lift: true });
  expect(decide(readyToCut(cut))).toMatchObject({ lift: false, suspendedOn: '2026-11-16' });
});

test('after a cut: letter at fifteen days, end of service at thirty, agency at sixty; the letter must have left', () => {
  const cut = { suspendedOn: '2026-11-16', services: { active: 0, suspended: 1 } };
  const since = (now: string, more: Taken[] = []) =>
    decide(readyToCut({ ...cut, now: at(now), taken: [...readyToCut().taken, ...more] }));
  expect(since('2026-11-30').next).toEqual({ rung: 'demand_letter', on: '2026-12-01', why: 'due' });
  expect(since('2026-12-01').act?.rung).toBe('demand_letter');
  const letter = taken('demand_letter', '2026-12-01');
  expect(since('2026-12-16', [{ ...letter, provenAt: null }])).toMatchObject({
    act: null,
    next: { rung: 'termination', why: 'notice_not_sent' },
  });
  expect(since('2026-12-16', [letter]).act?.rung).toBe('termination');
  const ended = [letter, taken('termination', '2026-12-16')];
  expect(since('2027-01-14', ended).next).toMatchObject({ rung: 'hand_off', on: '2027-01-15' });
});

test('who has no service is told of no suspension: after the formal notice comes the demand letter, then the agency', () => {
  const gone = { services: { active: 0, suspended: 0 }, taken: [taken('formal_notice', '2026-10-15')] };
  const on = (day: string, more: Taken[] = []) =>
    decide(readyToCut({ ...gone, now: at(day), taken: [...gone.taken, ...more] }));
  expect(on('2026-11-01')).toMatchObject({ act: null, next: { rung: 'demand_letter', on: '2026-12-01' } });
  expect(on('2026-12-01').act).toEqual({ rung: 'demand_letter', announcedOn: null });
  const letter = taken('demand_letter', '2026-12-10');
  expect(on('2026-12-11', [letter]).next).toEqual({ rung: 'hand_off', on: '2027-01-24', why: 'due' });
  expect(on('2027-03-01', [{ ...letter, provenAt: null }]).next?.why).toBe('notice_not_sent');
  // A notice given before they left takes nothing from the letter, however long ago its day was.
  const noticed = taken('suspension_notice', '2026-11-01', { announcedOn: '2026-11-16' });
  expect(on('2027-01-10', [noticed, letter]).round).toBe(1);
  // Back with a service: everything is announced to them, from the first notice.
  const back = readyToCut({ now: at('2027-01-10'), taken: [...gone.taken, letter] });
  expect(decide(back)).toMatchObject({ round: 2, act: { rung: 'suspension_notice' } });
  // Cut while they had one, and gone since: nothing is left to end.
  const cutAndGone = readyToCut({
    services: gone.services,
    suspendedOn: '2026-11-16',
    now: at('2026-12-20'),
    taken: [...readyToCut().taken, taken('demand_letter', '2026-12-01')],
  });
  expect(decide(cutAndGone).next).toMatchObject({ rung: 'hand_off', on: '2027-01-15' });
});

test('money held pays the oldest first: a cut is lifted by what covers the old debt, nothing is asked when all is covered', () => {
  const owing = [debt('2026-09-15', 6_000n), debt('2026-11-12', 6_000n)];
  const both = { debts: owing, overdueCents: 12_000n, now: at('2026-11-17') };
  const cut = { ...both, suspendedOn: '2026-11-16', services: { active: 0, suspended: 1 } };
  expect(decide(readyToCut(cut)).lift).toBe(false);
  expect(decide(readyToCut({ ...cut, creditCents: 6_000n }))).toMatchObject({ lift: true });
  expect(actOf(readyToCut({ ...both, creditCents: 6_000n, taken: [] }))).toBe('reminder');
  expect(decide(readyToCut({ ...both, creditCents: 12_000n, taken: [] }))).toMatchObject({
    act: null,
    next: null,
  });
  expect(decide(readyToCut({ ...both, creditCents: 11_900n, taken: [] })).next).toBeNull();
  const byHand = { ...cut, suspendedOn: null };
  expect(decide(readyToCut({ ...byHand, creditCents: 12_000n })).lift).toBe(true);
  expect(decide(readyToCut({ ...byHand, creditCents: 11_000n })).lift).toBe(false);
});

test('a holiday on a weekend is one: nobody is written to on it, nor on the afternoon before', () => {
  // 25 December 2027 is a Saturday; its weekday off is Monday the 27th.
  expect(mayWriteAt(at('2027-12-25', '10:00'))).toBe(false);
  expect(mayWriteAt(at('2027-12-24', '14:00'))).toBe(false);
  expect(mayWriteAt(at('2027-12-24', '11:00'))).toBe(true);
  expect(mayWriteAt(at('2027-12-27', '10:00'))).toBe(false);
});

test('an announced day long past announces nothing: the notices are given anew', () => {
  const late = decide(readyToCut({ now: at('2026-12-17') }));
  expect(late).toMatchObject({ round: 2, act: { rung: 'suspension_notice' } });
});

test('whatever the day, a cut is more than two months after the due date and fifteen days after the notice', () => {
  const day = fc.integer({ min: 0, max: 2_000 }).map((days) => addDays('2026-01-01', days));
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 200 }), (dueOn, days) => {
      const now = addDays(dueOn, days);
      const s = readyToCut({ now: at(now), debts: [debt(dueOn)], taken: [] });
      const { act } = decide(s);
      expect(act?.rung).not.toBe('suspension');
      if (act?.rung !== 'suspension_notice') return;
      const announcedOn = act.announcedOn ?? '';
      expect(announcedOn > addMonths(dueOn, 2)).toBe(true);
      expect(daysFromTo(now, announcedOn)).toBeGreaterThanOrEqual(15);
      expect(isSuspensionDay(announcedOn)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

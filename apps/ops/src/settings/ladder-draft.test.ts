import { rung } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { belowLaw, countedFrom, draftOf, termsOf, unsent, type LadderTerms } from './ladder-draft.ts';

const LADDER: LadderTerms = {
  segment: 'residential',
  from: '1000-01-01',
  thresholdCents: 5_000n,
  minimumCents: 200n,
  graceMonths: 2,
  graceDays: 0,
  noticeDays: 14,
  rungs: rung.options.map((name) => ({
    rung: name,
    days: 3,
    mode: 'automatic',
    channels: ['email'],
    textFr: '',
    textEn: '',
  })),
};

test('a ladder taken up and put down again is the same, from the new day', () => {
  expect(termsOf(draftOf(LADDER, '2026-12-01'), 'residential')).toEqual({
    ...LADDER,
    from: '2026-12-01',
    thresholdCents: 5_000,
    minimumCents: 200,
  });
});

test('what is empty, or no whole number, is no ladder yet', () => {
  const draft = draftOf(LADDER, '2026-12-01');
  expect(termsOf({ ...draft, noticeDays: null }, 'residential')).toBeNull();
  expect(termsOf({ ...draft, graceMonths: 1.5 }, 'residential')).toBeNull();
  expect(termsOf({ ...draft, from: null }, 'residential')).toBeNull();
  const [first, ...rest] = draft.rungs;
  if (!first) throw new Error('no rung');
  expect(termsOf({ ...draft, rungs: [{ ...first, days: undefined }, ...rest] }, 'residential')).toBeNull();
});

test('what is below the law is named, and so is a notice that no channel carries', () => {
  const draft = draftOf(LADDER, '2026-12-01');
  expect(belowLaw(draft)).toEqual([]);
  expect(belowLaw({ ...draft, noticeDays: 13, thresholdCents: 4_999n })).toEqual([
    'thresholdCents',
    'noticeDays',
  ]);
  const silent = draft.rungs.map((one) => ({ ...one, channels: [] }));
  expect(unsent({ ...draft, rungs: silent })).not.toContain('suspension');
  expect(unsent({ ...draft, rungs: silent })).toContain('final_notice');
  expect(unsent({ ...draft, rungs: silent.map((one) => ({ ...one, mode: 'off' as const })) })).toEqual([]);
});

test('friendly words count from the due date, the two notices back from the suspension, the rest after it', () => {
  expect(rung.options.map(countedFrom)).toEqual([
    'afterDue',
    'afterDue',
    'afterDue',
    'beforeSuspension',
    'beforeSuspension',
    'itself',
    'afterSuspension',
    'afterSuspension',
    'afterSuspension',
  ]);
});

import { expect, test } from 'vitest';
import { hoursOf, instantAt, place, shareOf, shownPart } from './timeline.ts';

const day = { startsAt: '2026-11-02T12:00:00.000Z', endsAt: '2026-11-02T22:00:00.000Z' };

test('a job stands where its time is, as wide as it lasts', () => {
  const { left, width } = place(day, { startsAt: '2026-11-02T13:00:00.000Z', durationMinutes: 150 });
  expect([Math.round(left * 1e6) / 1e6, Math.round(width * 1e6) / 1e6]).toEqual([10, 25]);
});

test('what begins before the day or ends after it is held at the edge', () => {
  expect(place(day, { startsAt: '2026-11-02T11:00:00.000Z', durationMinutes: 120 })).toEqual({
    left: 0,
    width: 10,
  });
  expect(shareOf(day, '2026-11-03T11:00:00.000Z')).toBe(1);
});

test('a drop snaps to the quarter of an hour and keeps the whole job within the day', () => {
  expect(instantAt(day, 0.1013, 60)).toBe('2026-11-02T13:00:00.000Z');
  expect(instantAt(day, 0.999, 60)).toBe('2026-11-02T21:00:00.000Z');
  expect(instantAt(day, -3, 60)).toBe('2026-11-02T12:00:00.000Z');
});

test('a day is drawn from its office hours, and wider where there is work', () => {
  const whole = { startsAt: '2026-11-02T05:00:00.000Z', endsAt: '2026-11-03T05:00:00.000Z' };
  expect(shownPart(whole, [])).toEqual({
    startsAt: '2026-11-02T12:00:00.000Z',
    endsAt: '2026-11-03T00:00:00.000Z',
  });
  const late = { startsAt: '2026-11-02T10:30:00.000Z', endsAt: '2026-11-03T01:20:00.000Z' };
  expect(shownPart(whole, [late])).toEqual({
    startsAt: '2026-11-02T10:00:00.000Z',
    endsAt: '2026-11-03T02:00:00.000Z',
  });
});

test('the ruler has one mark an hour, also on the day the clocks change', () => {
  expect(hoursOf(day)).toHaveLength(10);
});

import { expect, test } from 'vitest';
import { nameOf, PERIODS, periodOf } from './period.ts';

test('a period by name is made of whole months, over the turn of a year too', () => {
  expect(periodOf('month', '2026-02-28')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(periodOf('lastMonth', '2026-01-31')).toEqual({ from: '2025-12-01', to: '2025-12-31' });
  expect(periodOf('quarter', '2026-01-15')).toEqual({ from: '2025-11-01', to: '2026-01-31' });
  expect(periodOf('year', '2028-02-29')).toEqual({ from: '2027-03-01', to: '2028-02-29' });
});

test('a period is known again by its days', () => {
  for (const name of PERIODS) expect(nameOf(periodOf(name, '2026-11-21'), '2026-11-21')).toBe(name);
  expect(nameOf({ from: '2026-11-02', to: '2026-11-30' }, '2026-11-21')).toBeUndefined();
});

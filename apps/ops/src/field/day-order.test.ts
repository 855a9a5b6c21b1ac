import { expect, test } from 'vitest';
import { dayParts, directionsTo, jobForScan, type MyJobRow } from './day-order.ts';

// Only what the order looks at.
const row = (id: string, status: string, startsAt: string | null): MyJobRow =>
  ({ id, status, startsAt, position: 0 }) as MyJobRow;

test('what is under way comes before what starts earlier; what is done is apart', () => {
  const jobs = [
    row('J-3', 'completed', '2026-11-21T13:00:00Z'),
    row('J-2', 'published', '2026-11-21T14:00:00Z'),
    row('J-1', 'on_site', '2026-11-21T15:00:00Z'),
  ];
  const { next, others, finished } = dayParts(jobs);
  expect([next?.id, others.map(({ id }) => id), finished.map(({ id }) => id)]).toEqual([
    'J-1',
    ['J-2'],
    ['J-3'],
  ]);
  expect(jobForScan(jobs, null)?.id).toBe('J-1');
  expect(jobForScan(jobs, 'J-2')?.id).toBe('J-2');
});

test('directions name the point, or the address as long as no point is known', () => {
  expect(directionsTo({ latitude: 45.1, longitude: -74.2, address: 'x' })).toBe(
    'geo:45.1,-74.2?q=45.1%2C-74.2',
  );
  expect(directionsTo({ latitude: null, longitude: null, address: '12, rue A' })).toContain(
    '12%2C%20rue%20A',
  );
});

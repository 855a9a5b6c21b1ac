import type { Sort } from './column.ts';

type Comparable = string | number | bigint | null;

const texts = new Intl.Collator('fr-CA', { numeric: true, sensitivity: 'base' });

/**
 * Rows of a complete list in order of `valueOf`: words by the French alphabet, figures by size, nothing last in
 * either direction; rows that are equal keep their order. A list that comes in pages is sorted by the hub.
 */
export function sortRows<Row>(
  rows: readonly Row[],
  direction: Sort['direction'],
  valueOf: (row: Row) => Comparable,
): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return [...rows].sort((one, other) => {
    const [a, b] = [valueOf(one), valueOf(other)];
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
    return sign * compare(a, b);
  });
}

function compare(a: Exclude<Comparable, null>, b: Exclude<Comparable, null>): number {
  if (typeof a === 'string' && typeof b === 'string') return texts.compare(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}

import { expect, test } from 'vitest';
import { offeredPlans } from './offered-plans.ts';

const plans = [
  { sku: 'A', segment: 'both' },
  { sku: 'B', segment: 'business' },
  { sku: 'C', segment: 'residential' },
] as const;

test('a plan made for offices is not among those offered at home, and is first among those offered to an office', () => {
  const skusFor = (kind: 'residential' | 'business') => {
    const { theirs, others } = offeredPlans(plans, kind);
    return [theirs.map(({ sku }) => sku), others.map(({ sku }) => sku)];
  };
  expect(skusFor('residential')).toEqual([['C', 'A'], ['B']]);
  expect(skusFor('business')).toEqual([['B', 'A'], ['C']]);
});

import type { catalogOperations, OutputOf } from '@gigafibre/contract';

type Segment = OutputOf<typeof catalogOperations.readItem>['segment'];

/** Plans in the order they are offered to somebody: those made for them, those for anybody, and those for others. */
export function offeredPlans<Plan extends Readonly<{ segment: Segment }>>(
  plans: readonly Plan[],
  kind: Exclude<Segment, 'both'>,
): { theirs: Plan[]; others: Plan[] } {
  return {
    theirs: [
      ...plans.filter(({ segment }) => segment === kind),
      ...plans.filter(({ segment }) => segment === 'both'),
    ],
    others: plans.filter(({ segment }) => segment !== kind && segment !== 'both'),
  };
}

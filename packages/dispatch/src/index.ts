export { faultsOf } from './check-solution.ts';
export { costOf } from './cost.ts';
export { plan, type Planned, type PlanOptions } from './plan.ts';
export type {
  Break,
  Job,
  Matrix,
  Point,
  Problem,
  Shift,
  Skills,
  Technician,
  Travel,
  Window,
} from './problem/problem.ts';
export { refusalsOf } from './problem/refusals.ts';
export type { Cost, Refusal, RefusalCode, Route, Solution, Stop } from './solution.ts';
export { afterTime } from './stop/after-time.ts';
export { afterTries } from './stop/after-tries.ts';
export { firstOf } from './stop/first-of.ts';
export type { Standing, StopRule } from './stop/stop-rule.ts';
export { whenCancelled } from './stop/when-cancelled.ts';
export { withoutGain } from './stop/without-gain.ts';
export { explain, explainAll, type Explanation, type Verdict } from './explain.ts';
export { priceSlots, type PricedSlot, type SlotPrices } from './price-slots.ts';
export { repair, type Moved, type Repaired, type RepairOptions, type Upset, type Visit } from './repair.ts';

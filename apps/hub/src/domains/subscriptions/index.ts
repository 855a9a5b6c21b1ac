export { activateSubscription, type Activation } from './activate-subscription.ts';
export { cancelSubscription } from './cancel-subscription.ts';
export {
  chargedElsewhere,
  chargedSubscription,
  chargedSubscriptionsOf,
  customersServed,
  pendingIdsOf,
  firstAnchor,
} from './charged-subscription.ts';
export { changesRoutes } from './changes/routes.ts';
export { runOverDeviceThere } from './changes/arrive.ts';
export type { JudgeDebt } from './changes/debt-judge.ts';
export { comingEndsTick } from './changes/coming-ends.ts';
export { monthlyOn } from './changes/change-items.ts';
export { dueChangesTick } from './changes/due-changes.ts';
export { endSubscription } from './changes/end-subscription.ts';
export { reconnectSubscription, suspendSubscription } from './changes/suspend-subscription.ts';
export { setToReturn } from './changes/set-to-return.ts';
export { agreeTerm } from './changes/terms.ts';
export { desire, recordSeen } from './desired-state.ts';
export { subscriptionsJobs, subscriptionsTick } from './jobs.ts';
export { openSubscription, type NewSubscription } from './open-subscription.ts';
export { accessOf, accessSealer, factsOf, freshPassword } from './radius-access.ts';
export { readSubscription, readSubscriptionInFull, subscriptionsOf } from './read-subscription.ts';
export { subscriptionsRoutes } from './routes.ts';
export { holdMove, needsFibre, servicesMovingTo } from './services-at.ts';
export { startAfterJob } from './start-after-job.ts';
export type { Subscription, SubscriptionItem } from './subscription.ts';

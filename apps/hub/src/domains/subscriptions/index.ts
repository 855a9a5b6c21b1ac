export { activateSubscription, type Activation } from './activate-subscription.ts';
export { cancelSubscription } from './cancel-subscription.ts';
export { desire, recordSeen } from './desired-state.ts';
export { openSubscription, type NewSubscription } from './open-subscription.ts';
export { accessOf, accessSealer, factsOf, freshPassword } from './radius-access.ts';
export { readSubscription, readSubscriptionInFull, subscriptionsOf } from './read-subscription.ts';
export { subscriptionsRoutes } from './routes.ts';
export type { Subscription, SubscriptionItem } from './subscription.ts';

export type * from './port.ts';
export { createStripePayments, STRIPE_API_VERSION, type StripeSettings } from './stripe.ts';

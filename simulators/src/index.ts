export type { SimEnv } from '../kit/sim-env.ts';
export { seededRandom } from '../kit/random.ts';
export { FAULTS, type Fault } from '../kit/faults.ts';
export { DELIVERY_MODES, type DeliveryMode } from '../kit/delivery-queue.ts';
export { catchWebhooks, type CaughtWebhook, type WebhookCatcher } from '../kit/catch-webhooks.ts';
export { startStripe, type StripeSimulator } from '../stripe/start-stripe.ts';

export type { SimEnv } from '../kit/sim-env.ts';
export { seededRandom } from '../kit/random.ts';
export { FAULTS, type Fault } from '../kit/faults.ts';
export { DELIVERY_MODES, type DeliveryMode } from '../kit/delivery-queue.ts';
export { catchWebhooks, type CaughtWebhook, type WebhookCatcher } from '../kit/catch-webhooks.ts';
export { startStripe, type StripeSimulator } from '../stripe/start-stripe.ts';
export { startTwilio, type TwilioSimulator } from '../twilio/start-twilio.ts';
export type { TwilioMessage } from '../twilio/messages.ts';
export { startSmtp, type SmtpSimulator } from '../smtp/start-smtp.ts';
export type { ReceivedMail } from '../smtp/mail-box.ts';
export { twilioSignature } from '../twilio/callbacks.ts';
export { stripeSignature } from '../stripe/webhooks.ts';
export {
  startSimulatedWorld,
  type PlacedOnt,
  type SimulatedWorld,
  type WorldAddresses,
  type WorldConfiguration,
  type WorldOptions,
  type WorldPorts,
} from '../world/start-world.ts';
export { deviceFromCsv } from '../genieacs/device-from-csv.ts';
export { startGenieAcs, type GenieAcsSimulator } from '../genieacs/start-genieacs.ts';
export {
  ONT_STATES,
  OntRegistry,
  type NewOnt,
  type OntChange,
  type OntState,
  type WorldOnt,
} from '../onts/ont-registry.ts';
export { ONT_MODELS, type OntModel } from '../genieacs/equipment.ts';
export { OLT_FAULTS, startOlt, type OltFault, type OltSimulator } from '../olt/start-olt.ts';
export { ontLabelPng, type OntLabelOptions } from '../label/ont-label-png.ts';

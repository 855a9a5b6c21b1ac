export type * from './port.ts';
export { SMS_STATE_RANK } from './port.ts';
export { createTwilioSms, type TwilioSettings } from './twilio.ts';

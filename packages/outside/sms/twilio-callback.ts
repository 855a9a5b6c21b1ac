import twilio from 'twilio';
import type { SmsCallback, SmsCallbackReading, SmsState } from './port.ts';

/** Twilio's words for where a message stands, in ours. */
const STATES: ReadonlyMap<string, SmsState> = new Map([
  ['accepted', 'queued'],
  ['scheduled', 'queued'],
  ['queued', 'queued'],
  ['sending', 'queued'],
  ['sent', 'sent'],
  ['partially_delivered', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
]);

/** Our word for Twilio's; null when it is none of an outgoing message. */
export function smsStateOf(status: string | null): SmsState | null {
  return STATES.get(status ?? '') ?? null;
}

/**
 * Verifies and reads a status callback. The URL is the public one Twilio was given, since the signature
 * covers it and every field; there is no time in it, so a replay is only recognised by what it says.
 */
export function readTwilioCallback(authToken: string, callback: SmsCallback): SmsCallbackReading {
  const { url, params, signatureHeader } = callback;
  if (signatureHeader === undefined || !signed(authToken, signatureHeader, { url, params })) {
    return { ok: false, reason: 'bad_signature' };
  }
  const providerRef = params['MessageSid'] ?? '';
  const state = smsStateOf(params['MessageStatus'] ?? null);
  if (providerRef === '' || state === null) return { ok: false, reason: 'malformed' };
  return { ok: true, status: { providerRef, state, errorCode: params['ErrorCode'] ?? null } };
}

function signed(
  authToken: string,
  header: string,
  { url, params }: Omit<SmsCallback, 'signatureHeader'>,
): boolean {
  try {
    return twilio.validateRequest(authToken, header, url, params);
  } catch {
    // The library throws on a URL it cannot parse; such a call is not Twilio's.
    return false;
  }
}

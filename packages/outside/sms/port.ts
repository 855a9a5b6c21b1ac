import type { Outcome } from '../outcome/index.ts';

/** A text message to send. Numbers are E.164 (`+15145551234`); the body at most 1600 characters. */
export type SmsMessage = {
  readonly to: string;
  readonly from: string;
  readonly body: string;
  /** Where the provider tells what became of it; absolute and public. */
  readonly statusCallbackUrl?: string | undefined;
};

/** Where a message stands. The last three are final; callbacks come late, twice and out of order. */
export type SmsState = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'failed';

/** Position of each state on the way: a callback lower than, or equal to, the known one changes nothing. */
export const SMS_STATE_RANK = Object.freeze({
  queued: 0,
  sent: 1,
  delivered: 2,
  undelivered: 2,
  failed: 2,
}) satisfies Record<SmsState, number>;

/** What became of one message, in our words and with the provider's error code. */
export type SmsStatus = {
  readonly providerRef: string;
  readonly state: SmsState;
  readonly errorCode: string | null;
};

/** A message the provider says it accepted: the answer to « did my unknown one go out? ». */
export type SentSms = SmsStatus & {
  readonly to: string;
  readonly body: string;
  readonly createdAt: Date;
};

/** A callback as it reached us: the full public URL the provider called, form fields, signature header. */
export type SmsCallback = {
  readonly url: string;
  readonly params: Readonly<Record<string, string>>;
  readonly signatureHeader: string | undefined;
};

/** A callback read, or why it must not be believed. */
export type SmsCallbackReading =
  | { readonly ok: true; readonly status: SmsStatus }
  | { readonly ok: false; readonly reason: 'bad_signature' | 'malformed' };

/** Somebody who sends text messages. No idempotency exists here: an `unknown` send is looked up with
 * `findSent`, never blindly repeated. */
export type SmsSender = {
  /** Lower-case name of the vendor. */
  readonly vendor: string;
  /** Hands the message over; `done` means accepted, not delivered. */
  send(message: SmsMessage): Promise<Outcome<{ readonly providerRef: string }>>;
  /** Messages accepted for `to` since `since`, newest first, at most one page. */
  findSent(query: { readonly to: string; readonly since: Date }): Promise<Outcome<readonly SentSms[]>>;
  /** Verifies and reads a delivery report. */
  readStatusCallback(callback: SmsCallback): SmsCallbackReading;
};

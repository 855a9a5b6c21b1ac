import type { DeliveryQueue } from '../kit/delivery-queue.ts';
import { randomText } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { Callback } from './callbacks.ts';
import type { TwilioMessage } from './messages.ts';
import type { NumberFate } from './sentinels.ts';

/** Who may use this Twilio. The demo's own credentials; nothing here is secret. */
export type TwilioCredentials = { readonly accountSid: string; readonly authToken: string };

const MAX_MESSAGES = 20_000;

/** The one account of this Twilio and the messages it sent. */
export class TwilioAccount {
  readonly messages: TwilioMessage[] = [];
  readonly env: SimEnv;
  readonly credentials: TwilioCredentials;
  readonly callbacks: DeliveryQueue<Callback>;

  constructor(env: SimEnv, credentials: TwilioCredentials, callbacks: DeliveryQueue<Callback>) {
    this.env = env;
    this.credentials = credentials;
    this.callbacks = callbacks;
  }

  /** Accepts a message, and tells as time goes what becomes of it. */
  accept(
    asked: Pick<TwilioMessage, 'to' | 'from' | 'body' | 'statusCallback'>,
    fate: NumberFate,
  ): TwilioMessage {
    const created = this.env.clock();
    // 32 hexadecimal digits, time first: not repeated by a later run with the same seed.
    const time = created.getTime().toString(16).padStart(12, '0');
    const sid = `SM${time}${randomText(this.env.random, 20, '0123456789abcdef')}`;
    const message: TwilioMessage = { ...asked, sid, created, sent: null, status: 'queued', errorCode: null };
    this.messages.push(message);
    if (this.messages.length > MAX_MESSAGES) this.messages.shift();
    this.#tell(message, 'sent');
    if (fate.is === 'undelivered') this.#tell(message, 'undelivered', fate.errorCode);
    else if (fate.is !== 'silent') this.#tell(message, 'delivered');
    return { ...message, status: 'queued', sent: null };
  }

  #tell(message: TwilioMessage, status: TwilioMessage['status'], errorCode: number | null = null): void {
    message.status = status;
    message.sent ??= this.env.clock();
    message.errorCode = errorCode;
    if (message.statusCallback === null) return;
    const params = {
      MessageSid: message.sid,
      SmsSid: message.sid,
      MessageStatus: status,
      SmsStatus: status,
      ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }),
      AccountSid: this.credentials.accountSid,
      From: message.from,
      To: message.to,
      ApiVersion: '2010-04-01',
    };
    this.callbacks.push({ url: message.statusCallback, params }, `${status} ${message.sid}`);
  }
}

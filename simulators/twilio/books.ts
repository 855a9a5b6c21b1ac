import type { DeliveryQueue } from '../kit/delivery-queue.ts';
import { randomText } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { Callback } from './callbacks.ts';
import type { TwilioMessage } from './messages.ts';
import type { NumberFate } from './sentinels.ts';

/** Who sends: any account is taken, and its callbacks are signed with the token it shows. */
export type TwilioCredentials = { readonly accountSid: string; readonly authToken: string };

const MAX_MESSAGES = 20_000;

/** Every message sent, by any account. */
export class TwilioBooks {
  readonly messages: TwilioMessage[] = [];
  readonly env: SimEnv;
  readonly callbacks: DeliveryQueue<Callback>;

  constructor(env: SimEnv, callbacks: DeliveryQueue<Callback>) {
    this.env = env;
    this.callbacks = callbacks;
  }

  /** Accepts a message, and tells as time goes what becomes of it. */
  accept(
    asked: Pick<TwilioMessage, 'to' | 'from' | 'body' | 'statusCallback'>,
    fate: NumberFate,
    { accountSid, authToken }: TwilioCredentials,
  ): TwilioMessage {
    const created = this.env.clock();
    // 32 hexadecimal digits, time first: not repeated by a later run with the same seed.
    const time = created.getTime().toString(16).padStart(12, '0');
    const sid = `SM${time}${randomText(this.env.random, 20, '0123456789abcdef')}`;
    const message: TwilioMessage = {
      ...asked,
      sid,
      accountSid,
      authToken,
      created,
      sent: null,
      status: 'queued',
      errorCode: null,
    };
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
      AccountSid: message.accountSid,
      From: message.from,
      To: message.to,
      ApiVersion: '2010-04-01',
    };
    this.callbacks.push(
      { url: message.statusCallback, params, authToken: message.authToken },
      `${status} ${message.sid}`,
    );
  }
}

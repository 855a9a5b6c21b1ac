import twilio from 'twilio';
import { broken, done, type Outcome } from '../outcome/index.ts';
import { instantOf, recordOf, textAt } from '../wire/index.ts';
import type { SentSms, SmsCallback, SmsMessage, SmsSender } from './port.ts';
import { readTwilioCallback, smsStateOf } from './twilio-callback.ts';
import { twilioFailure } from './twilio-failure.ts';

/** How to reach Twilio. `baseUrl` is only set when something else speaks its API. */
export type TwilioSettings = {
  readonly accountSid: string;
  /** The account's token: sends, and verifies callbacks. */
  readonly authToken: string;
  readonly baseUrl?: string | undefined;
  /** Deadline of one call, connection to last byte. */
  readonly timeoutMs: number;
};

const FOUND_LIMIT = 50;

/** Text messages by Twilio, through its own library. */
export function createTwilioSms(settings: TwilioSettings): SmsSender {
  const client = twilio(settings.accountSid, settings.authToken, { httpClient: httpClient(settings) });
  return Object.freeze({
    vendor: 'twilio',
    send: (message: SmsMessage) => send(client, message),
    findSent: (query: { to: string; since: Date }) => findSent(client, query),
    readStatusCallback: (callback: SmsCallback) => readTwilioCallback(settings.authToken, callback),
  });
}

/** The library's own client, with one deadline for the whole call and, where asked, another address. */
function httpClient({ baseUrl, timeoutMs }: TwilioSettings): twilio.RequestClient {
  const client = new twilio.RequestClient({ timeout: timeoutMs, autoRetry: false });
  client.axios.interceptors.request.use((request) => {
    const url = new URL(request.url ?? '');
    const signal = AbortSignal.timeout(timeoutMs);
    if (baseUrl === undefined) return { ...request, signal };
    return { ...request, signal, url: new URL(url.pathname + url.search, baseUrl).href };
  });
  return client;
}

async function send(client: twilio.Twilio, message: SmsMessage): Promise<Outcome<{ providerRef: string }>> {
  try {
    const made = await client.messages.create({
      to: message.to,
      from: message.from,
      body: message.body,
      ...(message.statusCallbackUrl === undefined ? {} : { statusCallback: message.statusCallbackUrl }),
    });
    return typeof made.sid === 'string' ? done({ providerRef: made.sid }) : broken('message without sid');
  } catch (error) {
    return twilioFailure(error, 'write');
  }
}

async function findSent(
  client: twilio.Twilio,
  query: { to: string; since: Date },
): Promise<Outcome<readonly SentSms[]>> {
  try {
    const found = await client.messages.list({
      to: query.to,
      dateSentAfter: query.since,
      pageSize: FOUND_LIMIT,
      limit: FOUND_LIMIT,
    });
    return done(found.map(sentSms).filter((sms) => sms !== null));
  } catch (error) {
    return twilioFailure(error, 'read');
  }
}

function sentSms(message: unknown): SentSms | null {
  const fields = recordOf(message);
  const providerRef = textAt(fields, 'sid');
  const state = smsStateOf(textAt(fields, 'status'));
  const created = fields['dateCreated'];
  const createdAt = created instanceof Date ? created : instantOf(created);
  if (providerRef === null || state === null || createdAt === null) return null;
  const errorCode = fields['errorCode'];
  return {
    providerRef,
    state,
    errorCode: typeof errorCode === 'number' ? String(errorCode) : null,
    to: textAt(fields, 'to') ?? '',
    body: textAt(fields, 'body') ?? '',
    createdAt,
  };
}

/** A message as Twilio keeps it. */
export type TwilioMessage = {
  readonly sid: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly statusCallback: string | null;
  readonly created: Date;
  sent: Date | null;
  status: 'queued' | 'sent' | 'delivered' | 'undelivered' | 'canceled';
  errorCode: number | null;
};

const SINGLE_SEGMENT = { gsm: 160, unicode: 70 } as const;
const LONG_SEGMENT = { gsm: 153, unicode: 67 } as const;
/** The letters one SMS carries in seven bits; the second group costs two. */
const GSM =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const GSM_DOUBLE = '^{}\\[~]|€';

/** How many SMS a text takes, by the alphabets of GSM 03.38. */
export function segmentsOf(body: string): number {
  const letters = [...body];
  const gsm = letters.every((letter) => GSM.includes(letter) || GSM_DOUBLE.includes(letter));
  const alphabet = gsm ? 'gsm' : 'unicode';
  const length = gsm
    ? letters.reduce((sum, letter) => sum + (GSM_DOUBLE.includes(letter) ? 2 : 1), 0)
    : body.length;
  return length <= SINGLE_SEGMENT[alphabet] ? 1 : Math.ceil(length / LONG_SEGMENT[alphabet]);
}

/** The message as the API shows it: numbers as text, dates as RFC 2822. */
export function shownMessage(message: TwilioMessage): Record<string, unknown> {
  const { accountSid } = message;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.created),
    date_sent: message.sent === null ? null : rfc2822(message.sent),
    date_updated: rfc2822(message.sent ?? message.created),
    direction: 'outbound-api',
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: null,
    num_media: '0',
    num_segments: String(segmentsOf(message.body)),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}/Media.json` },
    to: message.to,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`,
  };
}

function rfc2822(instant: Date): string {
  return instant.toUTCString().replace('GMT', '+0000');
}

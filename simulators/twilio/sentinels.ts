/** What a number does to a message sent to it. */
export type NumberFate =
  | { readonly is: 'delivered' }
  | { readonly is: 'silent' }
  | { readonly is: 'undelivered'; readonly errorCode: number }
  | { readonly is: 'refused'; readonly code: number; readonly message: string }
  | { readonly is: 'server_error' }
  | { readonly is: 'hangs'; readonly accepts: boolean };

const REFUSALS = {
  21610: 'Attempt to send to unsubscribed recipient',
  21614: 'is not a mobile number',
} as const;

/** The last two digits of a number decide; any other pair is delivered. */
export const NUMBER_FATES: ReadonlyMap<string, { readonly fate: NumberFate; readonly note: string }> =
  new Map([
    ['99', { fate: { is: 'silent' }, note: 'sent, never delivered: no further callback' }],
    ['98', { fate: refused(21610), note: 'refused, 21610 opted out' }],
    ['97', { fate: { is: 'server_error' }, note: 'HTTP 500, nothing is sent' }],
    ['96', { fate: { is: 'hangs', accepts: false }, note: 'never answers, nothing is sent' }],
    ['95', { fate: { is: 'hangs', accepts: true }, note: 'sends, then never answers' }],
    ['94', { fate: { is: 'undelivered', errorCode: 30_003 }, note: 'undelivered, 30003 unreachable' }],
    ['93', { fate: { is: 'undelivered', errorCode: 30_007 }, note: 'undelivered, 30007 filtered' }],
    ['92', { fate: refused(21614), note: 'refused, 21614 not a mobile' }],
  ]);

function refused(code: keyof typeof REFUSALS): NumberFate {
  return { is: 'refused', code, message: REFUSALS[code] };
}

/** What becomes of a message to this number. */
export function fateOf(to: string): NumberFate {
  return NUMBER_FATES.get(to.slice(-2))?.fate ?? { is: 'delivered' };
}

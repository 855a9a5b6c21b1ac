import type { SameKeys } from '@gigafibre/ui';
import type { field as french } from '../fr/field.ts';

/** Words of the technician's module. */
export const field: SameKeys<typeof french> = {
  day: 'Today',
  scan: 'Scan',
  diagnostic: 'Diagnostic',
  more: 'More',
  opening: 'Opening your day',
  keptDay: 'Open the day kept on this phone',
  pending: '{n} action waiting to sync | {n} actions waiting to sync',
  outbox: 'Waiting to be sent',
  allSent: 'Everything is sent.',
  sendNow: 'Send now',
  giveUp: 'Give up',
  giveUpTitle: 'Give up this action?',
  giveUpText: 'It will never reach the office and cannot be taken up again. What follows it will go.',
  following: '{n} action waits behind it. | {n} actions wait behind it.',
  giveUpAll: 'Give up all {n}',
  giveUpForGood: 'Give up for good',
  keep: 'Keep',
  held: 'Waits for a decision on the refused action above.',
  someoneElse: 'Done by somebody else: it goes with their link.',
  pieces: '({n} piece) | ({n} pieces)',
  photoLost: 'This photo is no longer on the phone: it cannot be sent.',
  signedOut: 'Open the link you received by SMS',
  signedOutText: 'It opens your day on this phone. The office can send you another.',
  sessionOver: 'Your link has expired. Nothing is lost: open a new link and everything will go.',
  signOutBlocked: 'Some actions are not sent yet; they would be lost.',
  linkUntil: 'Link good until',
  storageSafe: 'This phone keeps your work ({percent}% of the space used).',
  storageUnsafe: 'Install the app so that this phone keeps your unsent work.',
};

import type { IconName, TimelineItem } from '@gigafibre/ui';
import type { Client360 } from './use-client.ts';

const ICONS: readonly (readonly [start: string, icon: IconName])[] = [
  ['invoice.', 'receipt'],
  ['payment.', 'check-circle'],
  ['subscription.', 'wifi'],
  ['job.', 'wrench'],
  ['quote.', 'file'],
  ['message.', 'mail'],
  ['equipment.', 'router'],
  ['portal.', 'user'],
];

/** What happened to a customer, in words: a known kind has its sentence, any other says its name. */
export function happenings(
  timeline: Client360['timeline'],
  words: { say: (name: string) => string; has: (name: string) => boolean },
): TimelineItem[] {
  return timeline.map(({ id, at, kind, subject, by }) => {
    const name = kind.replaceAll('.', '_');
    return {
      id,
      at,
      icon: ICONS.find(([start]) => kind.startsWith(start))?.[1] ?? 'circle',
      title: words.has(name) ? words.say(name) : kind,
      text: subject,
      ...(by ? { by } : {}),
    };
  });
}

import type { SameKeys } from '@gigafibre/ui';
import type { outgoing as french } from '../fr/outgoing.ts';

/** Words of the page of outgoing messages. */
export const outgoing: SameKeys<typeof french> = {
  title: 'Outgoing messages',
  when: 'When',
  to: 'To',
  subject: 'Message',
  none: 'No message',
  follow: 'Open the link of the message',
  resend: 'Send again',
  mode: {
    sandbox: 'Sandbox: nothing leaves. Every message can be read here.',
    allowlist: 'Only allowed addresses receive messages.',
    live: 'Messages leave.',
  },
};

import { messagesOperations, type OutputOf } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { useAddress } from '../shell/use-address.ts';

export type MessageRow = OutputOf<typeof messagesOperations.listMessages>['rows'][number];

/** Outgoing messages and whether they leave. */
export function useMessages() {
  const { page, more } = useAddress();
  const seen = useHubQuery(messagesOperations.listMessages, page, { keepPrevious: true });
  const mode = useHubQuery(messagesOperations.readMessageMode, () => ({}));
  const resending = useHubCommand(messagesOperations.resendMessage, {
    stale: [messagesOperations.listMessages],
  });
  return {
    seen,
    mode,
    resend: (id: string) => resending.run({ id }),
    more,
  };
}

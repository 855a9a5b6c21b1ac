import { messagesOperations, type OutputOf } from '@gigafibre/contract';
import { useHubCommand, useHubQuery } from '@gigafibre/ui/hub';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export type MessageRow = OutputOf<typeof messagesOperations.listMessages>['rows'][number];
const ROWS = 50;

/** Outgoing messages and whether they leave. */
export function useMessages() {
  const route = useRoute();
  const router = useRouter();
  const after = computed(() => (typeof route.query['after'] === 'string' ? route.query['after'] : undefined));
  const seen = useHubQuery(
    messagesOperations.listMessages,
    () => ({ limit: ROWS, ...(after.value ? { after: after.value } : {}) }),
    { keepPrevious: true },
  );
  const mode = useHubQuery(messagesOperations.readMessageMode, () => ({}));
  const resending = useHubCommand(messagesOperations.resendMessage, {
    stale: [messagesOperations.listMessages],
  });
  return {
    seen,
    mode,
    resend: (id: string) => resending.run({ id }),
    more: (next: string) => void router.push({ query: { after: next } }),
  };
}

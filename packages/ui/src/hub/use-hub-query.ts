import type { InputOf, Operation, OutputOf } from '@gigafibre/contract';
import { keepPreviousData, useQuery } from '@tanstack/vue-query';
import { computed, inject } from 'vue';
import type { Seen } from '../feedback/seen.ts';
import { apiKey, isNoAnswer, refusedOf } from './api.ts';

export type HubQueryOptions = Readonly<{
  /** Ask only while this is true. */
  when?: () => boolean;
  /** While the input changes (a search being typed), keep showing the last answer. */
  keepPrevious?: boolean;
}>;

/** Asks the hub, and asks again when the input changes or a live message says the answer is old. */
export function useHubQuery<Op extends Operation>(
  operation: Op,
  input: () => InputOf<Op>,
  options: HubQueryOptions = {},
): Seen<OutputOf<Op>> {
  const api = inject(apiKey);
  if (!api) throw new Error('no hub: install what createHub gives');
  const query = useQuery<OutputOf<Op>>({
    queryKey: computed(() => [operation.name, input()]),
    queryFn: ({ signal }) => api.call(operation, input(), { signal }),
    enabled: computed(() => options.when?.() ?? true),
    ...(options.keepPrevious ? { placeholderData: keepPreviousData } : {}),
  });
  const failed = computed(() => (query.error.value ? refusedOf(query.error.value) : null));
  const unreached = computed(
    () => query.fetchStatus.value === 'paused' || (failed.value !== null && isNoAnswer(failed.value)),
  );
  return {
    data: computed(() => query.data.value),
    state: computed(() => {
      if (query.data.value !== undefined) return 'ready';
      if (unreached.value) return 'offline';
      return failed.value ? 'refused' : 'loading';
    }),
    refused: computed(() => (failed.value && !isNoAnswer(failed.value) ? failed.value : null)),
    staleSince: computed(() =>
      query.data.value !== undefined && unreached.value ? new Date(query.dataUpdatedAt.value) : null,
    ),
    refresh: () => void query.refetch(),
  };
}

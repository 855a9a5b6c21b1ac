import { fieldOperations } from '@gigafibre/contract';
import { apiKey, useHubQuery } from '@gigafibre/ui/hub';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, inject, watch } from 'vue';
import { useOutbox } from './outbox.ts';
import { afterSession } from './after-session.ts';
import { dayWithActions } from './pending-effects.ts';

/** Sheets fetched ahead of a dead zone; a day has far fewer. */
const AHEAD_MAX = 20;

/** A day, today unless said otherwise, with what waits on this phone; its sheets, the van and the list of materials are fetched ahead, for where there is no signal. */
export function useMyDay(date: () => string | undefined = () => undefined) {
  const api = inject(apiKey);
  const queries = useQueryClient();
  const outbox = useOutbox();
  const seen = useHubQuery(fieldOperations.listMyDay, () => {
    const on = date();
    return on === undefined ? {} : { date: on };
  });
  const day = computed(() => seen.data.value && dayWithActions(seen.data.value, outbox.actions));

  watch(
    () => seen.data.value?.jobs.map(({ id }) => id),
    (ids) => {
      if (!api || !ids) return;
      for (const id of ids.slice(0, AHEAD_MAX))
        void queries.prefetchQuery({
          queryKey: [fieldOperations.readMyJob.name, { id }],
          queryFn: ({ signal }) => api.call(fieldOperations.readMyJob, { id }, { signal }),
        });
      for (const list of [fieldOperations.listVan, fieldOperations.listConsumables])
        void queries.prefetchQuery({
          queryKey: [list.name, {}],
          queryFn: ({ signal }) => api.call<typeof list>(list, {}, { signal }),
        });
    },
    { immediate: true },
  );
  return { seen: { ...afterSession(seen), data: day }, day };
}

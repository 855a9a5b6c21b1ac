import { openLive, type LiveState } from '@gigafibre/client';
import { markStale } from '@gigafibre/ui/hub';
import type { QueryClient } from '@tanstack/vue-query';
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';
import { useSession } from '../session/session.ts';

/** Whether what is on screen follows the hub; listens while somebody is signed in. */
export const useLive = defineStore('live', () => {
  const session = useSession();
  const state = ref<LiveState>('connecting');
  let stop: (() => void) | undefined;

  /** Marks stale in `queries` what the hub says has changed. Once, at the start. */
  function follow(queries: QueryClient): void {
    watch(
      () => [session.signedIn, session.place] as const,
      ([signedIn, place]) => {
        stop?.();
        stop = undefined;
        if (!signedIn) return;
        stop = openLive({
          app: place === 'field' ? 'field' : 'ops',
          onMessage: (message) => markStale(queries, message),
          onReload: () => void queries.invalidateQueries(),
          onState: (next) => (state.value = next),
        });
      },
      { immediate: true },
    );
  }
  return { state, follow };
});

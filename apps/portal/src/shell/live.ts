import { openLive, type LiveState } from '@gigafibre/client';
import { markStale } from '@gigafibre/ui/hub';
import type { QueryClient } from '@tanstack/vue-query';
import { inject, readonly, shallowRef, watch, type InjectionKey, type Ref } from 'vue';
import type { Session } from '../session/session.ts';

export const liveKey: InjectionKey<Readonly<Ref<LiveState>>> = Symbol('live');

/** Whether what is on screen follows the hub. */
export function useLive(): Readonly<Ref<LiveState>> {
  const live = inject(liveKey);
  if (!live) throw new Error('no live state: main.ts provides it');
  return live;
}

/** Listens to the hub while somebody is signed in, and marks stale what changes. */
export function keepLive(session: Session, queries: QueryClient): Readonly<Ref<LiveState>> {
  const state = shallowRef<LiveState>('connecting');
  let stop: (() => void) | undefined;
  watch(
    session.signedIn,
    (signedIn) => {
      stop?.();
      stop = signedIn
        ? openLive({
            app: 'portal',
            onMessage: (message) => markStale(queries, message),
            onReload: () => void queries.invalidateQueries(),
            onState: (next) => (state.value = next),
          })
        : undefined;
    },
    { immediate: true },
  );
  return readonly(state);
}

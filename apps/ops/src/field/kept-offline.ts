import { fieldOperations } from '@gigafibre/contract';
import { keepAnswers } from '@gigafibre/ui/hub';
import { useQueryClient } from '@tanstack/vue-query';
import { watch } from 'vue';
import { photoStore } from './photo-store.ts';
import { useSession } from '../session/session.ts';

/** What a technician can read in a dead zone: the day, its jobs, the van, devices looked at, the last diagnosis. */
const READABLE = [
  fieldOperations.listMyDay,
  fieldOperations.readMyJob,
  fieldOperations.listVan,
  fieldOperations.listConsumables,
  fieldOperations.readDevice,
  fieldOperations.diagnoseLine,
];

/**
 * Keeps the day on the phone. It outlives the link: a session that ran out hides nothing; only signing out on
 * purpose, or another technician, throws it away.
 */
export function useKeptOffline(): void {
  const session = useSession();
  const queries = useQueryClient();
  let forget: (() => Promise<void>) | undefined;
  watch(
    () => session.states.field?.id,
    async (owner, before) => {
      if (before) {
        await forget?.();
        await photoStore.forgetSent();
      }
      forget = undefined;
      if (!owner) return;
      const now = (): Date => new Date(Date.now());
      // A browser that forbids storage only loses the reading without a network.
      forget = await keepAnswers(queries, {
        name: 'gigafibre-field-answers',
        owner,
        operations: READABLE,
        now,
      }).catch(() => undefined);
    },
    { immediate: true },
  );
}

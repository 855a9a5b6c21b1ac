import { billingOperations, portalOperations, subscriptionsOperations } from '@gigafibre/contract';
import { keepAnswers } from '@gigafibre/ui/hub';
import type { QueryClient } from '@tanstack/vue-query';
import { watch } from 'vue';
import type { Session } from '../session/session.ts';

/** What a customer can still read without a network. */
const READABLE = [
  portalOperations.readMe,
  billingOperations.readMyBalance,
  billingOperations.listMyInvoices,
  billingOperations.readMyInvoice,
  subscriptionsOperations.listMyServices,
];

/** Keeps on the device what its owner may read there, and forgets it when they sign out: the device may be shared. */
export function keepReadableOffline(session: Session, queries: QueryClient): void {
  let forget: (() => Promise<void>) | undefined;
  watch(
    () => (session.signedIn.value ? session.current.value?.id : undefined),
    async (owner, before) => {
      if (before !== undefined) await forget?.();
      forget = undefined;
      if (!owner) return;
      const now = (): Date => new Date(Date.now());
      // A browser that forbids storage only loses the reading without a network.
      forget = await keepAnswers(queries, {
        name: 'gigafibre-portal',
        owner,
        operations: READABLE,
        now,
      }).catch(() => undefined);
    },
    { immediate: true },
  );
}

import { paymentsOperations } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed, onScopeDispose } from 'vue';

/** A live message turns the page; this is only in case the live connection is down. */
const LOOK_AGAIN_MS = 4_000;

/** What became of a checkout, told by our own records only, and kept current until it is decided. */
export function useCheckout(id: () => string) {
  const seen = useHubQuery(paymentsOperations.readMyCheckout, () => ({ id: id() }));
  const decided = computed(() => {
    const state = seen.data.value?.state;
    return state === 'paid' || state === 'expired' || state === 'failed';
  });
  const timer = setInterval(() => {
    if (!decided.value) seen.refresh();
  }, LOOK_AGAIN_MS);
  onScopeDispose(() => clearInterval(timer));
  return { seen, decided };
}

import { customersOperations, type OutputOf } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';

export type ClientRow = OutputOf<typeof customersOperations.listCustomers>['rows'][number];
export type ClientStatus = ClientRow['status'];

const PAUSE_MS = 120;
const ROWS = 50;
const STATUSES: readonly ClientStatus[] = ['prospect', 'active', 'suspended', 'terminated'];

/** The clients list: what is searched and filtered stands in the address, so that back and links work. */
export function useClients() {
  const route = useRoute();
  const router = useRouter();
  const inAddress = (name: string): string =>
    typeof route.query[name] === 'string' ? route.query[name] : '';
  const typed = shallowRef(inAddress('q'));
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (value) => {
    clearTimeout(pause);
    pause = setTimeout(() => void go({ q: value.trim() }, 'replace'), PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(pause));

  function go(change: Record<string, string>, how: 'push' | 'replace' = 'push') {
    const query = { ...route.query, after: undefined, ...change };
    const kept = Object.fromEntries(Object.entries(query).filter(([, value]) => Boolean(value)));
    return router[how]({ query: kept });
  }
  const status = computed({
    get: () => STATUSES.find((one) => one === inAddress('status')) ?? null,
    set: (value: ClientStatus | null) => void go({ status: value ?? '' }),
  });
  const seen = useHubQuery(
    customersOperations.listCustomers,
    () => ({
      limit: ROWS,
      ...(inAddress('q') ? { search: inAddress('q') } : {}),
      ...(status.value ? { status: status.value } : {}),
      ...(inAddress('after') ? { after: inAddress('after') } : {}),
    }),
    { keepPrevious: true },
  );
  return { typed, status, statuses: STATUSES, seen, more: (after: string) => void go({ after }) };
}

import { customersOperations, type OutputOf } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useAddress } from '../shell/use-address.ts';

export type ClientRow = OutputOf<typeof customersOperations.listCustomers>['rows'][number];
export type ClientStatus = ClientRow['status'];

const PAUSE_MS = 120;
const STATUSES: readonly ClientStatus[] = ['prospect', 'active', 'suspended', 'terminated'];

/** The clients list: what is searched and filtered stands in the address, so that back and links work. */
export function useClients() {
  const { read, go, choice, page, more } = useAddress();
  const typed = shallowRef(read('q'));
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (value) => {
    clearTimeout(pause);
    pause = setTimeout(() => go({ q: value.trim() }, 'replace'), PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(pause));

  const status = choice('status', STATUSES);
  const seen = useHubQuery(
    customersOperations.listCustomers,
    () => ({
      ...page(),
      ...(read('q') ? { search: read('q') } : {}),
      ...(status.value ? { status: status.value } : {}),
    }),
    { keepPrevious: true },
  );
  return { typed, status, statuses: STATUSES, seen, more };
}

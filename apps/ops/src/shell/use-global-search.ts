import { customersOperations } from '@gigafibre/contract';
import { formatPhone, type Command } from '@gigafibre/ui';
import { useHubQuery } from '@gigafibre/ui/hub';
import { computed, onScopeDispose, shallowRef, watch } from 'vue';
import { useRouter } from 'vue-router';
import { useSession } from '../session/session.ts';

/** Long enough that a fast typist sends one question, short enough to feel immediate. */
const PAUSE_MS = 120;
const LETTERS_MIN = 2;
const RESULTS_MAX = 6;

/** What is typed in the palette, looked for among customers by anything they say on the phone. */
export function useGlobalSearch() {
  const router = useRouter();
  const session = useSession();
  const typed = shallowRef('');
  const asked = shallowRef('');
  let pause: ReturnType<typeof setTimeout> | undefined;
  watch(typed, (text) => {
    clearTimeout(pause);
    pause = setTimeout(() => (asked.value = text.trim()), PAUSE_MS);
  });
  onScopeDispose(() => clearTimeout(pause));

  const wanted = (): boolean =>
    asked.value.length >= LETTERS_MIN && session.can('clients.read') && router.hasRoute('client');
  const customers = useHubQuery(
    customersOperations.listCustomers,
    () => ({ search: asked.value, limit: RESULTS_MAX }),
    { when: wanted, keepPrevious: true },
  );
  const found = computed<readonly Command[]>(() =>
    wanted() && typed.value.trim() !== ''
      ? (customers.data.value?.rows ?? []).map((row) => ({
          id: row.id,
          title: row.name,
          hint: [row.matched ?? row.id, row.address, row.phone && formatPhone(row.phone)]
            .filter(Boolean)
            .join(' · '),
          icon: 'user',
          run: () => void router.push({ name: 'client', params: { id: row.id } }),
        }))
      : [],
  );
  return { typed, found, searching: computed(() => wanted() && customers.state.value === 'loading') };
}

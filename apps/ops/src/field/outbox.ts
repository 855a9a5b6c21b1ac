import { openOutbox, type Outbox, type PendingAction } from '@gigafibre/client';
import { fieldOperations, type InputOf, type Operation } from '@gigafibre/contract';
import { useQueryClient, type QueryClient } from '@tanstack/vue-query';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useClients } from '../shell/api.ts';
import { dayWithActions, withAction, type MyDay, type MyJob } from './pending-effects.ts';

/** How often a phone that believes it is online tries again; the hub's silence is not announced. */
const RETRY_MS = 30_000;

/** What was shown as done stays so until the hub's own answer is there. */
function keepShown(queries: QueryClient, action: PendingAction): void {
  queries.setQueryData<MyJob>(
    [fieldOperations.readMyJob.name, { id: action.about }],
    (job) => job && withAction(job, action),
  );
  queries.setQueryData<MyDay>(
    [fieldOperations.listMyDay.name, {}],
    (day) => day && dayWithActions(day, [action]),
  );
  void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('field.') });
}

/** What the technician did and the hub has not acknowledged: kept on the phone, sent in order, shown to the person. */
export const useOutbox = defineStore('outbox', () => {
  const { field } = useClients();
  const queries = useQueryClient();
  const actions = ref<readonly PendingAction[]>([]);
  const sending = ref(false);
  const opened = shallowRef<Promise<Outbox>>();

  /** Opens the store on the phone and starts sending; later calls give the same. */
  function start(): Promise<Outbox> {
    opened.value ??= open();
    return opened.value;
  }
  async function open(): Promise<Outbox> {
    const outbox = await openOutbox({
      name: 'gigafibre-field',
      client: field,
      operations: new Map(Object.values(fieldOperations).map((operation) => [operation.name, operation])),
      now: () => new Date(Date.now()),
      onAcknowledged: (action) => keepShown(queries, action),
    });
    outbox.subscribe((list) => (actions.value = list));
    window.addEventListener('online', () => void flush());
    document.addEventListener('visibilitychange', () => void flush());
    setInterval(() => void flush(), RETRY_MS);
    return outbox;
  }
  async function flush(): Promise<void> {
    if (sending.value || !actions.value.some(({ state }) => state === 'waiting')) return;
    sending.value = true;
    try {
      await (await start()).flush();
    } finally {
      sending.value = false;
    }
  }
  /** Does an action: kept first, sent at once when there is a network. `label` is what the person sees waiting. */
  async function add<Op extends Operation>(
    operation: Op,
    input: InputOf<Op>,
    what: { label: string; about: string },
  ): Promise<PendingAction> {
    const action = await (await start()).add(operation, input, what);
    void flush();
    return action;
  }
  /** The person decided about a refused action: try again, or give it up. */
  async function decide(id: string, decision: 'retry' | 'discard'): Promise<void> {
    await (await start())[decision](id);
    await flush();
  }
  return {
    actions,
    sending,
    waiting: computed(() => actions.value.filter(({ state }) => state === 'waiting').length),
    refused: computed(() => actions.value.filter(({ state }) => state === 'refused').length),
    start,
    add,
    flush,
    decide,
  };
});

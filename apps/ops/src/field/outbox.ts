import { openOutbox, type Client, type Outbox, type PendingAction } from '@gigafibre/client';
import { fieldOperations, type InputOf, type Operation } from '@gigafibre/contract';
import { useQueryClient, type QueryClient } from '@tanstack/vue-query';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useSession } from '../session/session.ts';
import { useClients } from '../shell/api.ts';
import { laneOf, type Decision } from './lanes.ts';
import { photoAcknowledged, queuePhoto, wholeInput } from './photo-queue.ts';
import { decideAbout, takePhotoBack } from './queue-decisions.ts';
import { photoStore, type KeptPhoto } from './photo-store.ts';
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

/** Opens the queue kept on this phone, with the photographs it died over put in it again. */
async function openOnPhone(given: {
  client: Client;
  queries: QueryClient;
  owner: () => string | null;
}): Promise<Outbox> {
  const { queries, ...who } = given;
  const outbox = await openOutbox({
    name: 'gigafibre-field',
    ...who,
    operations: new Map(Object.values(fieldOperations).map((operation) => [operation.name, operation])),
    now: () => new Date(Date.now()),
    laneOf,
    inputOf: wholeInput,
    onAcknowledged: (action) => {
      void photoAcknowledged(action);
      keepShown(queries, action);
    },
  });
  for (const photo of await photoStore.unqueued()) await queuePhoto(outbox, photo);
  return outbox;
}

/** What the technician did and the hub has not acknowledged: kept on the phone, sent in order, shown to the person. */
export const useOutbox = defineStore('outbox', () => {
  const { field } = useClients();
  const queries = useQueryClient();
  const session = useSession();
  const actions = ref<readonly PendingAction[]>([]);
  const sending = ref(false);
  const opened = shallowRef<Promise<Outbox>>();

  /** Opens the store on the phone and starts sending; later calls give the same. */
  const start = (): Promise<Outbox> => (opened.value ??= open());
  async function open(): Promise<Outbox> {
    const outbox = await openOnPhone({
      client: field,
      queries,
      owner: () => session.states.field?.id ?? null,
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
  async function decide(id: string, decision: Decision): Promise<void> {
    await decideAbout(await start(), { id, decision });
    await flush();
  }
  /** Keeps a photograph and sends it when there is a network. */
  async function addPhoto(photo: KeptPhoto): Promise<void> {
    await photoStore.keep(photo);
    await queuePhoto(await start(), photo);
    void flush();
  }
  /** Takes a photograph away that the hub does not wholly have. True when some of it may already be there. */
  async function dropPhoto(photoId: string): Promise<boolean> {
    const underWay = sending.value;
    return (await takePhotoBack(await start(), photoId)) || underWay;
  }
  return {
    actions,
    sending,
    refused: computed(() => actions.value.filter(({ state }) => state === 'refused').length),
    start,
    add,
    flush,
    decide,
    addPhoto,
    dropPhoto,
  };
});

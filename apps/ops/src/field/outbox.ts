import { openOutbox, type Outbox, type PendingAction } from '@gigafibre/client';
import { fieldOperations, type InputOf, type Operation } from '@gigafibre/contract';
import { useQueryClient, type QueryClient } from '@tanstack/vue-query';
import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { useSession } from '../session/session.ts';
import { useClients } from '../shell/api.ts';
import { behind, laneOf, photoOf, type Decision } from './lanes.ts';
import { photoAcknowledged, queuePhoto, wholeInput } from './photo-queue.ts';
import { photoStore, type KeptPhoto } from './photo-store.ts';
import { dayWithActions, withAction, type MyDay, type MyJob } from './pending-effects.ts';

/** How often a phone that believes it is online tries again; the hub's silence is not announced. */
const RETRY_MS = 30_000;

/** Whether the first piece of a photograph still waits; its input is kept as it was queued. */
const startsAtZero = ({ input }: PendingAction): boolean => (input as { offset?: number }).offset === 0;

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
  const session = useSession();
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
      owner: () => session.states.field?.id ?? null,
      laneOf,
      inputOf: wholeInput,
      onAcknowledged: (action) => {
        void photoAcknowledged(action);
        keepShown(queries, action);
      },
    });
    for (const photo of await photoStore.unqueued()) await queuePhoto(outbox, photo);
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
  /** The person decided about a refused action: try again, or give it up. A photograph goes with all its pieces. */
  async function decide(id: string, decision: Decision): Promise<void> {
    const action = actions.value.find((one) => one.id === id);
    const after = action && decision === 'discardAll' ? behind(action, actions.value) : [];
    const together =
      action && photoOf(action) ? piecesWaiting(photoOf(action)) : [id, ...after.map((one) => one.id)];
    const verb = decision === 'retry' ? 'retry' : 'discard';
    const outbox = await start();
    for (const each of together) await outbox[verb](each);
    const photoId = action && verb === 'discard' ? photoOf(action) : null;
    if (photoId) await photoStore.drop(photoId);
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
    const pieces = actions.value.filter((action) => photoOf(action) === photoId);
    const begun = sending.value || pieces[0] === undefined || !startsAtZero(pieces[0]);
    await withdraw(pieces.map(({ id }) => id));
    await photoStore.drop(photoId);
    return begun;
  }
  /** Takes back what the person no longer wants sent; what is under way may arrive all the same. */
  async function withdraw(ids: readonly string[]): Promise<void> {
    const outbox = await start();
    for (const id of ids) await outbox.discard(id);
  }
  const piecesWaiting = (photoId: string | null): string[] =>
    actions.value.filter((action) => photoOf(action) === photoId).map(({ id }) => id);
  return {
    actions,
    sending,
    waiting: computed(() => actions.value.filter(({ state }) => state === 'waiting').length),
    refused: computed(() => actions.value.filter(({ state }) => state === 'refused').length),
    start,
    add,
    flush,
    decide,
    withdraw,
    addPhoto,
    dropPhoto,
  };
});

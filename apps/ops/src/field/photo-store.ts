import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** A photograph of this phone: small for showing, whole until the hub has it. */
export type KeptPhoto = Readonly<{
  id: string;
  jobId: string;
  takenAt: string;
  small: Uint8Array<ArrayBuffer>;
  /** The photograph as it is sent; null once the hub has all of it. */
  whole: Uint8Array<ArrayBuffer> | null;
  /** What its pieces say besides their bytes, for sending them again from the start. */
  about: Readonly<{
    checklistItemId: string | null;
    phase: 'before' | 'during' | 'after' | null;
    label: string;
  }>;
  /** False until every piece is in the queue: a phone that died in between begins again. */
  queued: boolean;
}>;

interface Kept extends DBSchema {
  photos: { key: string; value: KeptPhoto; indexes: { takenAt: string } };
}

const NAME = 'gigafibre-field-photos';
/** Small pictures of photographs the hub has, kept for looking at without a network; beyond, the oldest go. */
const SENT_MAX = 400;

let opened: Promise<IDBPDatabase<Kept>> | undefined;
const db = (): Promise<IDBPDatabase<Kept>> =>
  (opened ??= openDB<Kept>(NAME, 1, {
    upgrade: (fresh) => {
      fresh.createObjectStore('photos', { keyPath: 'id' }).createIndex('takenAt', 'takenAt');
    },
  }));

export const photoStore = {
  /** Keeps a photograph, or what is now known of it. */
  keep: async (photo: KeptPhoto): Promise<void> => void (await (await db()).put('photos', photo)),
  read: async (id: string): Promise<KeptPhoto | undefined> => (await db()).get('photos', id),
  /** Those a phone died over before they were wholly in the queue. */
  unqueued: async (): Promise<KeptPhoto[]> =>
    (await (await db()).getAll('photos')).filter(({ queued, whole }) => !queued && whole !== null),
  /** The hub has all of it: only the small picture stays. */
  sent: async (id: string): Promise<void> => {
    const store = await db();
    const photo = await store.get('photos', id);
    if (photo) await store.put('photos', { ...photo, whole: null });
    const all = await store.getAllFromIndex('photos', 'takenAt');
    const gone = all.filter(({ whole }) => whole === null).slice(0, -SENT_MAX);
    for (const old of gone) await store.delete('photos', old.id);
  },
  drop: async (id: string): Promise<void> => (await db()).delete('photos', id),
  /** Forgets what the hub has: somebody else will hold this phone. What it does not have yet is still to be sent. */
  forgetSent: async (): Promise<void> => {
    const store = await db();
    for (const { id, whole } of await store.getAll('photos'))
      if (whole === null) await store.delete('photos', id);
  },
} as const;

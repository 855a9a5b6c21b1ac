import type { TestWorld } from '@gigafibre/testing';

/** The power goes at the next commit: before the database has it, or after, when nobody has heard of it. */
export type Power = { cut: (side: 'before' | 'after') => void; restore: () => boolean };

type Query = (text: unknown, ...more: unknown[]) => Promise<unknown>;

/** Whoever commits next over this pool may find that the power went. `restore` says whether it did. */
export function powerOf({ pool }: Pick<TestWorld, 'pool'>): Power {
  let armed: 'before' | 'after' | null = null;
  let went = false;
  const wired = new WeakSet<object>();
  pool.on('acquire', (client) => {
    if (wired.has(client)) return;
    wired.add(client);
    const original = client.query;
    // One of its many forms, passed on as it came.
    const query: Query = (...asked) => Reflect.apply(original, client, asked);
    const wire: Query = (text, ...more) => {
      if (armed === null || text !== 'commit') return query(text, ...more);
      const sent = armed === 'before' ? 'rollback' : 'commit';
      [armed, went] = [null, true];
      return query(sent).then(() => {
        throw new Error('the power went');
      });
    };
    Object.assign(client, { query: wire });
  });
  return {
    cut: (side) => void ([armed, went] = [side, false]),
    restore: () => {
      armed = null;
      return went;
    },
  };
}

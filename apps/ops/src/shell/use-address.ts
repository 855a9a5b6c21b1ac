import { isCivilDate } from '@gigafibre/ui';
import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';

/** As many rows as one looks through before asking for more. */
const ROWS = 50;

/**
 * What a list shows, and from where on, as it stands in the address, so that back and a shared link show the same.
 * Narrowing a list starts it again at its beginning.
 */
export function useAddress() {
  const route = useRoute();
  const router = useRouter();
  const read = (name: string): string => (typeof route.query[name] === 'string' ? route.query[name] : '');

  /** Changes some of it; what becomes empty leaves the address. */
  function go(change: Readonly<Record<string, string>>, how: 'push' | 'replace' = 'push'): void {
    const query = { ...route.query, after: undefined, ...change };
    void router[how]({
      query: Object.fromEntries(Object.entries(query).filter(([, value]) => Boolean(value))),
    });
  }
  /** One of some values, or null for none of them. */
  const choice = <Value extends string>(name: string, values: readonly Value[]) =>
    computed<Value | null>({
      get: () => values.find((one) => one === read(name)) ?? null,
      set: (value) => go({ [name]: value ?? '' }),
    });
  /** A civil day, or null. */
  const day = (name: string) =>
    computed<string | null>({
      get: () => (isCivilDate(read(name)) ? read(name) : null),
      set: (value) => go({ [name]: value ?? '' }),
    });
  /** What every list asks for: how many rows, and where the page before ended. */
  const page = (): { limit: number; after?: string } => ({
    limit: ROWS,
    ...(read('after') ? { after: read('after') } : {}),
  });
  return { read, go, choice, day, page, more: (after: string) => go({ after }) };
}

import type { Seen } from '@gigafibre/ui';
import { computed } from 'vue';

/** What is on the phone stays readable when the link has run out: the layout says that once, for every screen. */
export const afterSession = <Data>(seen: Seen<Data>): Seen<Data> => ({
  ...seen,
  refused: computed(() => {
    const over = seen.refused.value?.code === 'unauthenticated' && seen.data.value !== undefined;
    return over ? null : seen.refused.value;
  }),
});

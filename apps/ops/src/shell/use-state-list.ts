import type { StateNoun } from '@gigafibre/ui';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { useAddress } from './use-address.ts';

/** A list narrowed by the state of its rows, as it stands in the address: what to ask, what can be chosen. */
export function useStateList<State extends string>(noun: StateNoun, values: readonly State[]) {
  const { t } = useI18n();
  const address = useAddress();
  const state = address.choice('state', values);
  return {
    ...address,
    state,
    states: computed(() => values.map((value) => ({ value, label: t(`states.${noun}.${value}`) }))),
    asked: () => ({ ...address.page(), ...(state.value ? { state: state.value } : {}) }),
  };
}

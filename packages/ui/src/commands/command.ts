import { computed, onScopeDispose, shallowReactive } from 'vue';
import type { IconName } from '../icons/icons.ts';

/** Something the palette can do or go to. `hint` is shown after the title: an address, a state, a number. */
export type Command = Readonly<{
  id: string;
  title: string;
  hint?: string;
  icon?: IconName;
  /** Other words by which people may look for it. */
  words?: string;
  /** Shown beside it; the shortcut itself is registered apart. */
  keys?: string;
  run: () => void;
}>;

const registered = shallowReactive(new Set<() => readonly Command[]>());

/** Every command of the screens that are open, those of the most specific screen first. */
export const activeCommands = computed(() => [...registered].toReversed().flatMap((list) => list()));

/** Puts commands into the palette for as long as the component lives. */
export function useCommand(list: () => readonly Command[]): void {
  registered.add(list);
  onScopeDispose(() => registered.delete(list));
}

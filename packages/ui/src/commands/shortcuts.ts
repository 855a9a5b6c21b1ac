import { computed, onScopeDispose, shallowReactive } from 'vue';
import { completedKeys, keyToken } from './key-token.ts';

/** Keys that do something on this screen. `keys` is `j`, `mod+k`, or two in a row, `g c`. */
export type Shortcut = Readonly<{ keys: string; label: string; run: () => void }>;

/** Two keys in a row count together when they come within this time. */
const SEQUENCE_MS = 1_000;

const registered = shallowReactive(new Set<() => readonly Shortcut[]>());
let before: { token: string; atMs: number } | undefined;

/** Every shortcut that works now, the most recently opened screen first: it wins when two want one key. */
export const activeShortcuts = computed(() => [...registered].toReversed().flatMap((list) => list()));

/** Adds shortcuts for as long as the component lives. The list is read anew at each key, so labels stay current. */
export function useShortcuts(list: () => readonly Shortcut[]): void {
  if (registered.size === 0) document.addEventListener('keydown', listen);
  registered.add(list);
  onScopeDispose(() => {
    registered.delete(list);
    if (registered.size === 0) document.removeEventListener('keydown', listen);
  });
}

function listen(event: KeyboardEvent): void {
  const token = keyToken(event);
  if (event.defaultPrevented || event.isComposing) return;
  // While somebody types, or a window is open over the page, only combinations with Ctrl or Cmd are meant.
  if (!token.startsWith('mod+') && (isTyping(event.target) || document.querySelector('dialog[open]'))) return;
  const recent = before && event.timeStamp - before.atMs < SEQUENCE_MS ? before.token : undefined;
  const shortcuts = activeShortcuts.value;
  const keys = completedKeys(
    shortcuts.map((shortcut) => shortcut.keys),
    recent,
    token,
  );
  before = keys === undefined ? { token, atMs: event.timeStamp } : undefined;
  if (keys === undefined) return;
  event.preventDefault();
  shortcuts.find((shortcut) => shortcut.keys === keys)?.run();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName);
}

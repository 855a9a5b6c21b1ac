/** What was pressed, as shortcuts are written: `j`, `?`, `Escape`, `mod+k` (Ctrl, or Cmd on a Mac). */
export function keyToken(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${key}`;
}

/** The keys of a shortcut as a person reads them: `mod+k` gives `Ctrl`, `K`. */
export function keyNames(keys: string, mac: boolean): readonly string[] {
  return keys.split(/[ +]/).map((key) => {
    if (key === 'mod') return mac ? '⌘' : 'Ctrl';
    return key.length === 1 ? key.toUpperCase() : key;
  });
}

/** Which of the known keys an event completes, given what was pressed just before: sequences (`g c`) first. */
export function completedKeys(
  known: readonly string[],
  before: string | undefined,
  token: string,
): string | undefined {
  const sequence = before === undefined ? undefined : `${before} ${token}`;
  return known.find((keys) => keys === sequence) ?? known.find((keys) => keys === token);
}

/** Whether the platform writes shortcuts with ⌘. */
export function isMac(): boolean {
  return /mac|iphone|ipad/i.test(navigator.userAgent);
}

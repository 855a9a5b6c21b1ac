/** Where a list's cursor goes with a key: `j`/`k` and arrows by one, Home and End to the ends; undefined for other keys. */
export function moveCursor(key: string, at: number, length: number): number | undefined {
  const last = length - 1;
  if (last < 0) return undefined;
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'k':
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

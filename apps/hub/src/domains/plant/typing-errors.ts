/** How many keys apart two words may be and still be meant as the same: short words allow fewer. */
export const errorsAllowed = (letters: number): number => (letters <= 4 ? 1 : letters <= 7 ? 2 : 3);

/**
 * Keys pressed wrongly between two short words: letters missing, added, changed, or two neighbours swapped
 * (optimal string alignment). Quadratic in length; words here have at most forty letters.
 */
export function typingErrors(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const changed = at(previous, column - 1) + (same ? 0 : 1);
      const missing = at(previous, column) + 1;
      const added = at(current, column - 1) + 1;
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current.push(Math.min(changed, missing, added, swapped ? at(before, column - 2) + 1 : Infinity));
    }
    before = previous;
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Infinity;

/** The numbers of a line; undefined when it holds anything else, or nothing. */
export function numberRow(line: string | undefined): readonly number[] | undefined {
  const words = (line ?? '').trim().split(/\s+/);
  return words.every((word) => /^-?\d+(\.\d+)?$/.test(word)) ? words.map(Number) : undefined;
}

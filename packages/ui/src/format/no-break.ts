/** Keeps a figure and its unit on one line. */
export const NO_BREAK_SPACE = '\u00A0';

/**
 * French spacing put right: no-break spaces inside guillemets, before a colon, a percent or a dollar sign, and
 * between the groups of a figure. Messages are typed with ordinary spaces and pass through here once.
 */
export function frenchSpacing(text: string): string {
  return text
    .replaceAll(/« ?/g, `«${NO_BREAK_SPACE}`)
    .replaceAll(/ ([»:%$](?![:\w]))/g, `${NO_BREAK_SPACE}$1`)
    .replaceAll(/(?<=\d) (?=\d{3}(?!\d))/g, NO_BREAK_SPACE);
}

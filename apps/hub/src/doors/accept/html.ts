/** Markup that is safe to send: only `html` makes it, and it escapes whatever is put into it. */
export type Html = Readonly<{ markup: string }>;
type Part = Html | string | number | null | undefined | false | readonly Part[];

/** A piece of HTML. Strings put into it are text: escaped, wherever they come from. Lists are joined, nothing is nothing. */
export const html = (pieces: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  markup: pieces.map((piece, index) => piece + (index < parts.length ? markupOf(parts[index]) : '')).join(''),
});

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escapeText(String(part));
  if ('markup' in part) return part.markup;
  return part.map(markupOf).join('');
}

/** Text for use between tags and inside quoted attributes. */
export const escapeText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

import type { Language } from './language.ts';

/** Longest text printed in one place; what is beyond is cut and marked with an ellipsis. */
export const TEXT_LENGTH_LIMIT = 20_000;

/** Characters in a row without a space: breaking a longer run over lines takes time that grows with its square. */
const RUN_LENGTH_LIMIT = 80;
const LONG_RUN = new RegExp(`[^ \\n]{${RUN_LENGTH_LIMIT}}(?=[^ \\n])`, 'gu');

const NO_BREAK_SPACE = '\u00A0';

// Control and format characters (bidirectional overrides, zero-width marks) and separators of lines and
// paragraphs: none has a place on paper, and some make a name read differently from what is stored.
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Text made fit for paper: composed characters, no control or direction characters, lone surrogates replaced,
 * tabs as spaces, curved apostrophes, and in French a no-break space before `: » % $` and after `«` (Quebec
 * usage puts none before `; ! ?`). Line feeds stay; a space goes into runs of more than 80 characters. Anything longer than
 * `TEXT_LENGTH_LIMIT` is cut.
 */
export function typeset(text: string, language: Language): string {
  const cut = text.length > TEXT_LENGTH_LIMIT ? `${text.slice(0, TEXT_LENGTH_LIMIT)}…` : text;
  const plain = cut
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(UNPRINTABLE, '')
    .normalize('NFC')
    .replaceAll(/(?<=\p{L})'(?=\p{L})/gu, '\u2019')
    .replaceAll(/\b(arts?|ss?|n[o°]s?)(\.?) (?=\d)/g, `$1$2${NO_BREAK_SPACE}`);
  const spaced = language === 'fr' ? spaceFrench(plain) : plain;
  return spaced.replaceAll(LONG_RUN, '$& ');
}

function spaceFrench(text: string): string {
  return text
    .replaceAll(/ ([:»%$])/g, `${NO_BREAK_SPACE}$1`)
    .replaceAll('« ', `«${NO_BREAK_SPACE}`)
    .replaceAll(/(\d) (?=\d{3}(?!\d))/g, `$1${NO_BREAK_SPACE}`);
}

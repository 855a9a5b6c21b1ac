import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import type { Font, GlyphRun } from 'fontkit';

/** The weights of the house type family (Inter, SIL Open Font License), under the names used when drawing. */
const FILES = {
  regular: '400Regular/Inter_400Regular.ttf',
  italic: '400Regular_Italic/Inter_400Regular_Italic.ttf',
  medium: '500Medium/Inter_500Medium.ttf',
  semibold: '600SemiBold/Inter_600SemiBold.ttf',
} as const;

export type FontName = keyof typeof FILES;

/** Every weight a document may use. */
export const FONT_NAMES: readonly FontName[] = ['regular', 'italic', 'medium', 'semibold'];

/** Printed for a character the type family does not have (an emoji, an Arabic letter). */
const MISSING = '\u25A1';

const require = createRequire(import.meta.url);
const graphemes = new Intl.Segmenter('fr', { granularity: 'grapheme' });

/** Parsed once per process, and shared by all documents: parsing costs more than drawing an invoice. */
const parsed = new Map<FontName, Font>();

/** One weight, parsed. Throws when the font package is not what it was: an installation that cannot print. */
export function font(name: FontName): Font {
  const known = parsed.get(name);
  if (known !== undefined) return known;
  const opened = fontkit.create(readFileSync(require.resolve(`@expo-google-fonts/inter/${FILES[name]}`)));
  if (!('glyphForCodePoint' in opened)) throw new Error(`${FILES[name]} holds a collection, not a font`);
  rememberCharacters(opened);
  rememberWords(opened);
  parsed.set(name, opened);
  return opened;
}

/** The text with every character the family lacks replaced by a box, one box for a composed emoji. */
export function substituteMissing(text: string): string {
  const regular = font('regular');
  const has = (character: string): boolean => {
    const codePoint = character.codePointAt(0);
    if (codePoint === undefined || isPrivate(codePoint)) return false;
    return character === '\n' || regular.hasGlyphForCodePoint(codePoint);
  };
  if (Array.from(text).every(has)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) =>
    Array.from(segment).every(has) ? segment : MISSING,
  ).join('');
}

/**
 * A parsed font remembers, for each glyph, the character that first asked for it, and that character goes into
 * the document's text layer. Several characters may share a glyph (space and no-break space, apostrophe and
 * modifier letter), so without asking for all of them in a fixed order first, common ones before rare ones, the
 * bytes of a document would depend on the documents made before it.
 */
function rememberCharacters(opened: Font): void {
  const sorted = opened.characterSet
    .filter((codePoint) => !isPrivate(codePoint))
    .sort((one, other) => rarity(one) - rarity(other) || one - other);
  for (const codePoint of sorted) opened.glyphForCodePoint(codePoint);
}

/** Latin letters and general punctuation before everything else. */
function rarity(codePoint: number): number {
  return codePoint < 0x180 || (codePoint >= 0x2000 && codePoint < 0x2070) ? 0 : 1;
}

/** Private characters name shapes of this one font (its tabular figures, for one); they mean nothing elsewhere. */
function isPrivate(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf_0000;
}

/** Words whose shaping is kept, per weight: the vocabulary of our documents is smaller than this. */
const WORD_LIMIT = 20_000;

/** Longer pieces are rarely met twice. */
const WORD_LENGTH_LIMIT = 60;

/**
 * Shaping a word (choosing and spacing its glyphs) is most of the work of a document, and documents repeat the
 * same words: each is shaped once. Contextual alternates, which cost the most and only adorn arrows and
 * fractions, are off; so is kerning among figures, which pulls « 86,18 » together until it reads 8618. The
 * library scales the positions it gets in place, hence the copies.
 */
function rememberWords(opened: Font): void {
  const shape = opened.layout.bind(opened);
  const known = new Map<string, GlyphRun>();
  opened.layout = (text, features) => {
    const figures = /\d/.test(text);
    const tabular = figures && Array.isArray(features) && features.includes('tnum');
    const key = `${tabular ? '1' : '0'}${text}`;
    const run = known.get(key) ?? shape(text, { calt: false, kern: !figures, tnum: tabular });
    if (known.size >= WORD_LIMIT) known.clear();
    if (text.length <= WORD_LENGTH_LIMIT) known.set(key, run);
    return copyOf(run);
  };
}

/** A run whose positions may be changed. Its width, like the original's, follows them. */
function copyOf(run: GlyphRun): GlyphRun {
  const positions = run.positions.map((position) => ({ ...position }));
  const copy = {
    glyphs: run.glyphs,
    positions,
    get advanceWidth() {
      return positions.reduce((sum, position) => sum + position.xAdvance, 0);
    },
  };
  // A run is a class in the library; only these members of it are read by what draws.
  return copy as unknown as GlyphRun;
}

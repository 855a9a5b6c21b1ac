// Reads the token file: text must be readable on what it stands on, in both lights; and no component may have a
// colour or a length in pixels of its own.
import { expect, test } from 'vitest';

// Style sheets come empty through the test runner, and the types here are a browser's: read them as Node does.
const { readFileSync } = (await import(String('node:fs'))) as {
  readFileSync: (file: URL, encoding: 'utf8') => string;
};
const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

const tokens = read('./tokens.css');
const files = Object.keys(
  import.meta.glob([
    './**/*.{vue,css}',
    '../../../apps/{ops,portal}/src/**/*.{vue,css,scss}',
    '!./tokens.css',
  ]),
);

const SURFACES = ['surface', 'surface-page', 'surface-hover', 'surface-selected', 'surface-raised'];
/** What stands on what, and the contrast WCAG 2.2 AA asks for: 4.5 for text, 3 for the edges of controls. */
const PAIRS: readonly [front: string, back: string, ratio: number][] = [
  ...SURFACES.flatMap((back): [string, string, number][] => [
    ['ink', back, 7],
    ['ink-muted', back, 4.5],
    ['accent-text', back, 4.5],
  ]),
  ['ink-muted', 'surface-sunken', 4.5],
  ['ink-faint', 'surface', 4.5],
  ['ink-faint', 'surface-sunken', 4.5],
  ['ink-inverse', 'ink', 7],
  ['accent-ink', 'accent', 4.5],
  ['accent-ink', 'accent-hover', 4.5],
  ['accent-text', 'accent-soft', 4.5],
  ['bad-ink', 'bad', 4.5],
  ['bad-ink', 'bad-hover', 4.5],
  ['bad', 'surface', 4.5],
  ['bad', 'surface-page', 4.5],
  ['ok', 'surface', 4.5],
  ['warn', 'surface', 4.5],
  ...['ok', 'warn', 'bad', 'neutral'].map((hue): [string, string, number] => [hue, `${hue}-soft`, 4.5]),
  ...['ok-soft', 'warn-soft', 'bad-soft', 'neutral-soft', 'accent-soft'].map(
    (back): [string, string, number] => ['ink', back, 7],
  ),
  ['edge', 'surface', 3],
  ['focus', 'surface', 3],
  ['focus', 'surface-page', 3],
  ['paper-ink', 'paper', 7],
];

test.each(['light', 'dark'] as const)('everything written is readable in the %s', (scheme) => {
  const weak = PAIRS.map(([front, back, least]) => ({
    front,
    back,
    least,
    ratio: contrast(colour(front, scheme), colour(back, scheme)),
  }))
    .filter(({ ratio, least }) => ratio < least)
    .map(({ front, back, ratio, least }) => `${front} on ${back}: ${ratio.toFixed(2)} < ${least}`);
  expect(weak, 'darken or lighten one of the two in tokens.css').toEqual([]);
});

test('components name tokens: no colour and no pixel of their own', () => {
  const own = files.flatMap((path) =>
    stylesOf(path, read(path))
      .split('\n')
      // A media query cannot name a token.
      .filter((line) => !/^\s*@(media|container)/.test(line))
      .filter((line) => /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(|(?<![\w-])\d*\.?\d+px/i.test(line))
      .filter((line) => !ALLOWED.some(([file, text]) => path.endsWith(file) && line.includes(text)))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(own, 'name a token of packages/ui/src/tokens.css instead (--hairline, --space-2, --line …)').toEqual(
    [],
  );
});

/** Measures that are not design: each with its reason. */
const ALLOWED: readonly [file: string, text: string][] = [
  // The customary way of hiding from eyes but not from ears needs one pixel.
  ['base.css', '1px'],
];

function stylesOf(path: string, source: string): string {
  if (!path.endsWith('.vue')) return source;
  return [...source.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style]) => style).join('\n');
}

function colour(name: string, scheme: 'light' | 'dark'): string {
  const [, declared = ''] = new RegExp(`--${name}:\\s*([^;]+);`).exec(tokens) ?? [];
  const [, light, dark] = /light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/.exec(declared) ?? [];
  const found = (scheme === 'light' ? light : dark) ?? declared;
  if (!/^#[0-9a-f]{6}$/.test(found)) throw new Error(`no colour --${name}`);
  return found;
}

function contrast(one: string, other: string): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('no density changes what lengths are counted in: the root keeps the size the person chose', () => {
  const sized = [...read('./base.css').matchAll(/([^{}]*)\{[^{}]*font-size: var\(--text\)/g)].map(
    ([, chosen]) => chosen?.split('*/').at(-1)?.trim(),
  );
  expect(sized).toEqual(['body', '[data-density]:not(:root)']);
});

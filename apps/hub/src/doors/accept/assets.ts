import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A file of this door as it is sent. */
export type Asset = Readonly<{ type: string; body: string | Buffer }>;

const here = import.meta.dirname;
/** The house's tokens and typeface live with the other screens: one file has the colours. */
const ui = join(here, '../../../../../packages/ui');
const FONT_FACE = `@font-face{font-family:'Inter Variable';font-style:normal;font-display:swap;font-weight:100 900;src:url('/accept/assets/inter.woff2') format('woff2-variations')}`;

/** The files of this door by name, read once. */
export function readAssets(): ReadonlyMap<string, Asset> {
  const css = [
    readFileSync(join(ui, 'src/tokens.css'), 'utf8'),
    FONT_FACE,
    readFileSync(join(here, 'accept.css'), 'utf8'),
  ];
  const font = createRequire(join(ui, 'package.json')).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2',
  );
  const script = (name: string): [string, Asset] => [
    name,
    { type: 'text/javascript; charset=utf-8', body: readFileSync(join(here, 'browser', name), 'utf8') },
  ];
  return new Map([
    ['accept.css', { type: 'text/css; charset=utf-8', body: css.join('\n') }],
    ['inter.woff2', { type: 'font/woff2', body: readFileSync(font) }],
    script('accept.js'),
    script('pad.js'),
  ]);
}

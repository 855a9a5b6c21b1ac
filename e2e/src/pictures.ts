import type { Language } from '@gigafibre/contract';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const root = join(import.meta.dirname, '../..');
/** Every picture of a run, for whoever reviews the screens; not kept in the repository. */
const RUN = join(root, 'e2e/screenshots');
/** The pictures that documents show. `npm run screenshots` takes them anew; no other run touches them. */
const KEPT = join(root, 'docs/screenshots');

/** The steps of the thread, in order; each is pictured on a desktop and on a phone, in both languages. */
export const STEPS = [
  '01-today',
  '02-address',
  '03-customer',
  '04-plan',
  '05-window',
  '06-quote',
  '07-contract',
  '08-signature',
  '09-thanks',
  '10-drag',
  '11-planned',
  '12-published',
  '13-day',
  '14-offline',
  '15-scanned',
  '16-finished',
  '17-link',
  '18-portal',
  '19-card',
  '20-receipt',
  '21-customer',
] as const;

export type Step = (typeof STEPS)[number];
export type PictureSize = 'desktop' | 'phone';

/** The sizes at which a step is pictured: a drag would end if the window changed under it. */
export const sizesOf = (step: Step): readonly PictureSize[] =>
  step === '10-drag' ? ['desktop'] : ['desktop', 'phone'];

export const pictureName = (language: Language, size: PictureSize, step: Step): string =>
  `${language}-${size}-${step}`;

/** Names of all pictures the thread makes. */
export const threadPictures = (): string[] =>
  (['fr', 'en'] as const).flatMap((language) =>
    STEPS.flatMap((step) => sizesOf(step).map((size) => pictureName(language, size, step))),
  );

/** Names of the pictures that documents show. */
export const shownPictures = (): string[] =>
  [
    'README.md',
    'LISEZMOI.md',
    ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => join('docs', path)),
  ].flatMap((path) =>
    [...readFileSync(join(root, path), 'utf8').matchAll(/screenshots\/([\w-]+)\.png/g)].map(
      ([, name = '']) => name,
    ),
  );

/** Names of the pictures kept in the repository. */
export const keptPictures = (): string[] => readdirSync(KEPT).map((file) => file.replace(/\.png$/, ''));

/** Takes a picture of what is on the screen. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(RUN, { recursive: true });
  const picture = { animations: 'disabled', caret: 'hide' } as const;
  await page.screenshot({ ...picture, path: join(RUN, `${name}.png`) });
  if (process.env['UPDATE_SCREENSHOTS'] === '1' && shownPictures().includes(name))
    await page.screenshot({ ...picture, path: join(KEPT, `${name}.png`) });
}

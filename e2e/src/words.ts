import type { Language } from '@gigafibre/contract';
import { messages as opsEn } from '../../apps/ops/src/messages/en/index.ts';
import { messages as opsFr } from '../../apps/ops/src/messages/fr/index.ts';
import { messages as portalEn } from '../../apps/portal/src/messages/en/index.ts';
import { messages as portalFr } from '../../apps/portal/src/messages/fr/index.ts';
import { messages as sharedEn } from '../../packages/ui/src/messages/en/index.ts';
import { messages as sharedFr } from '../../packages/ui/src/messages/fr/index.ts';

type Tree = { readonly [name: string]: string | Tree };
/** The dotted keys of a tree of messages. */
type Keys<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Keys<T[K]>}` }[keyof T & string];

const ops = { fr: { ...sharedFr, ...opsFr }, en: { ...sharedEn, ...opsEn } } as const;
const portal = { fr: { ...sharedFr, ...portalFr }, en: { ...sharedEn, ...portalEn } } as const;

/** Says an app's own words, so that a text is looked for under the key the screen shows it by. */
export type Words = Readonly<{
  ops: (key: Keys<typeof ops.fr>, values?: Readonly<Record<string, string>>) => string;
  portal: (key: Keys<typeof portal.fr>, values?: Readonly<Record<string, string>>) => string;
}>;

/** The words of both apps in a language; a place without value ends the text, which is then its beginning. */
export const wordsIn = (language: Language): Words => ({
  ops: (key, values) => filled(textAt(ops[language], key), values),
  portal: (key, values) => filled(textAt(portal[language], key), values),
});

function textAt(tree: Tree, key: string): string {
  let found: string | Tree | undefined = tree;
  for (const name of key.split('.')) found = typeof found === 'object' ? found[name] : undefined;
  if (typeof found !== 'string') throw new Error(`no message ${key}`);
  return found;
}

const filled = (text: string, values: Readonly<Record<string, string>> = {}): string =>
  text.replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place).split(/\{\w+\}/)[0] ?? '';

/** Shorter words may well be the same in both. */
const LETTERS_MIN = 5;

/** The texts that only exist in a language: where the screen speaks the other one, they are a missing translation. */
export function wordsOnlyIn(language: Language): string[] {
  const other = language === 'fr' ? 'en' : 'fr';
  const foreign = new Set([...leavesOf(ops[other]), ...leavesOf(portal[other])]);
  const own = [...leavesOf(ops[language]), ...leavesOf(portal[language])];
  return own.filter((text) => text.length >= LETTERS_MIN && !foreign.has(text) && !text.includes('{'));
}

const leavesOf = (tree: Tree): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : leavesOf(value)));

// Reads the sources themselves: every key asked for exists, every key that exists is asked for, both languages
// name the same things, and no words are written straight into a template.
import { parse } from 'vue/compiler-sfc';
import { expect, test } from 'vitest';
import type { MessageTree } from './i18n/message-tree.ts';

type Sources = Readonly<Record<string, string>>;
const sources: Sources = import.meta.glob(
  ['./**/*.{ts,vue}', '../../../apps/{ops,portal}/src/**/*.{ts,vue}', '!**/*.test.ts', '!**/messages/**'],
  { query: '?raw', import: 'default', eager: true },
);
const trees: Record<string, { messages: MessageTree }> = import.meta.glob(
  ['./messages/{fr,en}/index.ts', '../../../apps/{ops,portal}/src/messages/{fr,en}/index.ts'],
  { eager: true },
);

const messagesOf = (part: 'ui' | 'ops' | 'portal', language: 'fr' | 'en'): Map<string, string> => {
  const folder = part === 'ui' ? './messages' : `../../../apps/${part}/src/messages`;
  return new Map(leaves(trees[`${folder}/${language}/index.ts`]?.messages ?? {}));
};
const inPart = (part: 'ui' | 'ops' | 'portal'): [string, string][] =>
  Object.entries(sources).filter(([path]) =>
    part === 'ui' ? path.startsWith('./') : path.includes(`/apps/${part}/`),
  );
const apps = ['ops', 'portal'] as const;
const UNUSED = 'use the key or remove it from messages/fr and messages/en';

/** Text in a template that is no word: signs that are the same in every language. */
const SIGNS = /^[\s\d.,:;·–—…()/+×%$&|-]*$/;
/** Attributes whose value people see or hear. */
const SPOKEN = new Set([
  'label',
  'title',
  'text',
  'hint',
  'placeholder',
  'aria-label',
  'alt',
  'legend',
  'error',
  'reason',
]);
/** Words allowed in a template: the trade's abbreviations, which are the same in both languages. */
const ALLOWED = new Set(['RADIUS', 'OLT', 'ONT', 'MAC', 'IP', 'VLAN', 'PDF', 'SMS', 'dBm']);

test.each(apps)('every key that %s or the shared components ask for exists', (app) => {
  const known = new Map([...messagesOf('ui', 'fr'), ...messagesOf(app, 'fr')]);
  const missing = [...inPart('ui'), ...inPart(app)].flatMap(([path, source]) =>
    asked(source)
      .filter(({ key, whole }) =>
        whole ? !known.has(key) : ![...known.keys()].some((other) => other.startsWith(key)),
      )
      .map(({ key }) => `${path}: ${key}`),
  );
  expect(missing, 'add the key to messages/fr and messages/en, or correct it').toEqual([]);
});

test('every key of the shared components is asked for somewhere', () => {
  expect(unused('ui', Object.values(sources)), UNUSED).toEqual([]);
});

test.each(apps)('every key of %s is asked for there', (app) => {
  expect(
    unused(
      app,
      inPart(app).map(([, source]) => source),
    ),
    UNUSED,
  ).toEqual([]);
});

test.each(['ui', ...apps] as const)(
  '%s says the same things in both languages, with the same blanks to fill',
  (part) => {
    const [french, english] = [messagesOf(part, 'fr'), messagesOf(part, 'en')];
    expect([...english.keys()].sort()).toEqual([...french.keys()].sort());
    const uneven = [...french]
      .filter(([key, text]) => blanks(text) !== blanks(english.get(key) ?? ''))
      .map(([key]) => key);
    expect(uneven).toEqual([]);
  },
);

test.each(apps)('no name of %s hides one of the shared components', (app) => {
  const tops = (part: 'ui' | 'ops' | 'portal'): Set<string> =>
    new Set([...messagesOf(part, 'fr').keys()].map((key) => key.split('.')[0] ?? ''));
  expect([...tops(app)].filter((name) => tops('ui').has(name))).toEqual([]);
});

test('French is written the Quebec way: guillemets, curved apostrophes, no space before ; ! ?', () => {
  const wrong = (['ui', ...apps] as const).flatMap((part) =>
    [...messagesOf(part, 'fr')]
      .filter(([, text]) => /["“”']|\w ?[;!?]{2}| [;!?]|\.\.\./.test(text))
      .map(([key]) => `${part}: ${key}`),
  );
  expect(wrong, 'write « », ’, … and no space before ; ! ?').toEqual([]);
});

test('no words stand in a template: they come by keys', () => {
  const found = Object.entries(sources)
    .filter(([path]) => path.endsWith('.vue'))
    .flatMap(([path, source]) =>
      literalWords(path, source)
        .filter((text) => !ALLOWED.has(text))
        .map((text) => `${path}: ${text}`),
    );
  expect(found, 'give it a key in messages/fr and messages/en, and show t(key)').toEqual([]);
});

/** Keys a source asks for: `t('a.b')`, label keys kept as data, and the beginnings of keys made at run time. */
function asked(source: string): { key: string; whole: boolean }[] {
  const whole = [...source.matchAll(/\b(?:t|text)\(\s*'([\w.]+)'/g)].map(([, key = '']) => ({
    key,
    whole: true,
  }));
  const kept = [...source.matchAll(/\b(?:title|label): '([\w]+(?:\.[\w]+)+)'/g)].map(([, key = '']) => ({
    key,
    whole: true,
  }));
  const begun = [...source.matchAll(/\b(?:t|text)\(\s*`([\w.]+\.)\$\{/g)].map(([, key = '']) => ({
    key,
    whole: false,
  }));
  return [...whole, ...kept, ...begun];
}

/** A key is asked for where it stands in quotes, or where a text made at run time begins like it. */
function unused(part: 'ui' | 'ops' | 'portal', texts: readonly string[]): string[] {
  const quotes = new Set(
    texts.flatMap((text) => [...text.matchAll(/'([\w]+(?:\.\w+)+)'/g)].map(([, key]) => key)),
  );
  const begun = texts.flatMap((text) => [...text.matchAll(/`((?:\w+\.)+)\$\{/g)].map(([, key = '']) => key));
  return [...messagesOf(part, 'fr').keys()].filter(
    (key) => !quotes.has(key) && !begun.some((beginning) => key.startsWith(beginning)),
  );
}

function blanks(text: string): string {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return `${[...new Set(names)].sort().join()}/${text.split(' | ').length}`;
}

function leaves(tree: MessageTree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${name}`, value]] : leaves(value, `${path}${name}.`),
  );
}

/** What of a template's tree matters here; the compiler does not export its types. */
type Node = Readonly<{
  type: number;
  name?: string;
  content?: unknown;
  value?: { content: string };
  loc: { source: string };
  props?: readonly Node[];
  children?: readonly Node[];
}>;
const [ELEMENT, TEXT, INTERPOLATION, ATTRIBUTE] = [1, 2, 5, 6];

function literalWords(path: string, source: string): string[] {
  const root = parse(source, { filename: path }).descriptor.template?.ast as Node | undefined; // see Node
  return root?.children?.flatMap(wordsOf) ?? [];
}

function wordsOf(node: Node): string[] {
  if (node.type === TEXT) return SIGNS.test(String(node.content)) ? [] : [String(node.content).trim()];
  if (node.type === INTERPOLATION) return quoted(node.loc.source);
  if (node.type !== ELEMENT) return [];
  const said = (node.props ?? [])
    .filter((prop) => prop.type === ATTRIBUTE && SPOKEN.has(prop.name ?? ''))
    .map((prop) => prop.value?.content ?? '')
    .filter((text) => !SIGNS.test(text));
  return [...said, ...(node.children ?? []).flatMap(wordsOf)];
}

/** Words quoted inside an interpolation that are not keys: `{{ busy ? 'Please wait' : name }}`. */
function quoted(source: string): string[] {
  return [...source.matchAll(/'([^']*)'/g)]
    .map(([, text = '']) => text)
    .filter((text) => /\p{L}{2}.* |\p{Lu}\p{Ll}/u.test(text) && !/^[\w.]+$/.test(text));
}

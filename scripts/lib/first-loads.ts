import path from 'node:path';

/** A line of Vite's manifest: a source with the file it became, or a file that several sources share. */
export type Chunk = Readonly<{
  file: string;
  isEntry?: boolean;
  isDynamicEntry?: boolean;
  /** Keys of what it needs before it runs. */
  imports?: readonly string[];
  css?: readonly string[];
  assets?: readonly string[];
}>;
export type Manifest = Readonly<Record<string, Chunk>>;

/** A built app: its manifest, its HTML, and how many bytes of each of its files travel. */
export type Build = Readonly<{ manifest: Manifest; html: string; bytesOf: (file: string) => number }>;

/** A part of an app that has a budget of its own. */
export type Part = Readonly<{
  name: string;
  app: string;
  /** The source of the frame its pages stand in, when it is fetched apart from the entry. */
  layout?: string;
  /** Sources of its pages; without it the part is measured without a page. */
  pages?: RegExp;
  /** Sources of the words it fetches besides those of every page; the language is their folder. */
  words?: RegExp;
  budgetBytes?: number;
}>;

/** What a browser without a cache fetches for one page; fonts count as they are, the rest compressed. */
export type Load = Readonly<{
  page: string;
  files: number;
  scriptBytes: number;
  styleBytes: number;
  fontBytes: number;
}>;

/** Fetched by the entry itself, on every page: one language of the texts, and the care for new versions. */
const texts = /(?:^|\/)messages\/(\w+)\/(?:index|everywhere)\.ts$/;
const always = /(?:^|\/)workbox-window\//;

/**
 * The first load of each page of a part, the heaviest first: what the HTML names, then all that the entry, the
 * layout and the page import, in the language with the longer texts. Refused when the build lacks one of them.
 */
export function firstLoads(build: Build, { layout, pages, words, name }: Part): Load[] {
  const keys = Object.keys(build.manifest);
  const lazy = keys.filter((key) => build.manifest[key]?.isDynamicEntry === true);
  const base = [
    ...keys.filter((key) => build.manifest[key]?.isEntry === true),
    ...lazy.filter((key) => always.test(key)),
    ...(layout === undefined ? [] : [layout]),
  ];
  const shown = pages === undefined ? [undefined] : lazy.filter((key) => pages.test(key));
  if (shown.length === 0) throw new Error(`${name} has no page that looks like ${String(pages)}`);
  return shown
    .map((page) =>
      heaviestLanguage(build, textsIn(lazy, words), [...base, ...(page === undefined ? [] : [page])]),
    )
    .map((load, index) => ({ ...load, page: shown[index]?.replace(/^src\/|\.vue$/g, '') ?? 'shell' }))
    .toSorted((a, b) => b.scriptBytes - a.scriptBytes);
}

/** The texts a part shows, by language. */
const textsIn = (lazy: readonly string[], words?: RegExp): Map<string | undefined, string[]> =>
  Map.groupBy(
    lazy.filter((key) => texts.test(key) || words?.test(key) === true),
    (key) => (texts.exec(key) ?? words?.exec(key))?.[1],
  );

function heaviestLanguage(
  build: Build,
  words: ReadonlyMap<string | undefined, readonly string[]>,
  roots: readonly string[],
): Omit<Load, 'page'> {
  const [first, ...others] = [...(words.size === 0 ? [[]] : words.values())].map((keys) =>
    measure(build, [...roots, ...keys]),
  );
  if (!first) throw new Error('there is always one language to measure');
  return others.reduce((a, b) => (b.scriptBytes > a.scriptBytes ? b : a), first);
}

function measure({ manifest, html, bytesOf }: Build, roots: readonly string[]): Omit<Load, 'page'> {
  const files = new Set(namedBy(html));
  const seen = new Set<string>();
  const take = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}`);
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
    for (const next of chunk.imports ?? []) take(next);
  };
  for (const root of roots) take(root);
  const sum = (extension: RegExp): number =>
    [...files]
      .filter((file) => extension.test(path.extname(file)))
      .reduce((sum, file) => sum + bytesOf(file), 0);
  return {
    files: files.size,
    scriptBytes: sum(/^\.m?js$/),
    styleBytes: sum(/^\.css$/),
    fontBytes: sum(/^\.woff2?$/),
  };
}

/** Scripts, preloads and style sheets of the HTML, as paths in the built folder. */
const namedBy = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="[^"]*\/(assets\/[^"]+)"/g)].map(([, file = '']) => file);

import { expect, test } from 'vitest';
import { firstLoads, type Build, type Manifest, type Part } from './first-loads.ts';

const manifest: Manifest = {
  'index.html': {
    file: 'assets/index.js',
    isEntry: true,
    imports: ['_vendor.js'],
    css: ['assets/index.css'],
  },
  '_vendor.js': { file: 'assets/vendor.js' },
  '_shared.js': { file: 'assets/shared.js', imports: ['_vendor.js'], css: ['assets/shared.css'] },
  '_map.js': { file: 'assets/map.js', isDynamicEntry: true },
  'src/messages/fr/index.ts': { file: 'assets/fr.js', isDynamicEntry: true },
  'src/messages/en/index.ts': { file: 'assets/en.js', isDynamicEntry: true },
  '../../packages/ui/src/messages/fr/index.ts': { file: 'assets/ui-fr.js', isDynamicEntry: true },
  '../../packages/ui/src/messages/en/index.ts': { file: 'assets/ui-en.js', isDynamicEntry: true },
  '../../node_modules/workbox-window/window.mjs': { file: 'assets/workbox.js', isDynamicEntry: true },
  'src/Layout.vue': { file: 'assets/Layout.js', isDynamicEntry: true, assets: ['assets/inter.woff2'] },
  'src/home/HomePage.vue': { file: 'assets/HomePage.js', isDynamicEntry: true, imports: ['_shared.js'] },
  'src/map/MapPage.vue': { file: 'assets/MapPage.js', isDynamicEntry: true, imports: ['_shared.js'] },
};
const bytes: Readonly<Record<string, number>> = {
  'assets/index.js': 1,
  'assets/vendor.js': 2,
  'assets/shared.js': 4,
  'assets/map.js': 8,
  'assets/fr.js': 16,
  'assets/en.js': 32,
  'assets/ui-fr.js': 64,
  'assets/ui-en.js': 128,
  'assets/workbox.js': 256,
  'assets/Layout.js': 512,
  'assets/HomePage.js': 1_024,
  'assets/MapPage.js': 2_048,
  'assets/early.js': 4_096,
  'assets/index.css': 1,
  'assets/shared.css': 2,
  'assets/inter.woff2': 7,
};
const build: Build = {
  manifest,
  html: '<script type="module" src="/app/assets/index.js"></script><link href="/app/assets/index.css"><link href="/app/icon.svg">',
  bytesOf: (file) => bytes[file] ?? Number.NaN,
};
const entry = 1 + 2 + 256;
const english = 32 + 128;

test('a page weighs what the entry, its layout and itself import, each file once, in the longer language', () => {
  const part = { name: 'App', app: 'app', layout: 'src/Layout.vue', pages: /Page\.vue$/ };
  expect(firstLoads(build, part)).toEqual([
    {
      page: 'map/MapPage',
      files: 11,
      scriptBytes: entry + english + 512 + 4 + 2_048,
      styleBytes: 3,
      fontBytes: 7,
    },
    {
      page: 'home/HomePage',
      files: 11,
      scriptBytes: entry + english + 512 + 4 + 1_024,
      styleBytes: 3,
      fontBytes: 7,
    },
  ]);
});

test('words of a part count for that part alone, in one language', () => {
  const ofOffice = {
    ...manifest,
    'src/messages/en/of-office.ts': { file: 'assets/map.js', isDynamicEntry: true },
  };
  const app = { name: 'App', app: 'app' };
  const words = /messages\/(\w+)\/of-office\.ts$/;
  const weigh = (part: Part) => firstLoads({ ...build, manifest: ofOffice }, part)[0]?.scriptBytes;
  expect(weigh(app)).toBe(entry + english);
  expect(weigh({ ...app, words })).toBe(entry + english + 8);
});

test('what is fetched on demand does not count, and without pages the shell is measured alone', () => {
  expect(firstLoads(build, { name: 'App', app: 'app' })).toEqual([
    { page: 'shell', files: 6, scriptBytes: entry + english, styleBytes: 1, fontBytes: 0 },
  ]);
});

test('what the HTML preloads counts, also when nothing imports it', () => {
  const html = `${build.html}<link rel="modulepreload" crossorigin href="/app/assets/early.js">`;
  const [shell] = firstLoads({ ...build, html }, { name: 'App', app: 'app' });
  expect(shell?.scriptBytes).toBe(entry + english + 4_096);
});

test('a layout or pages that the build does not have are refused, not measured as nothing', () => {
  expect(() => firstLoads(build, { name: 'App', app: 'app', layout: 'src/Gone.vue' })).toThrow(
    'the build has no src/Gone.vue',
  );
  expect(() => firstLoads(build, { name: 'App', app: 'app', pages: /Screen/ })).toThrow('no page');
});

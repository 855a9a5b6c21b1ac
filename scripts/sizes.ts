// What a first visit fetches, against the budgets: the scripts, compressed, of the heaviest page of each part.
// `--pages` prints every page.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { firstLoads } from './lib/first-loads.ts';
import type { Build, Load, Manifest, Part } from './lib/first-loads.ts';
import { root } from './lib/run-tool.ts';

const page = 'Page\\.vue$';
const ofOffice = /^src\/messages\/(\w+)\/of-office\.ts$/;
const parts: readonly Part[] = [
  { name: 'Portal', app: 'portal', pages: new RegExp(page), budgetBytes: 150_000 },
  {
    name: 'Technician module',
    app: 'ops',
    layout: 'src/field/FieldLayout.vue',
    pages: new RegExp(`^src/field/.*${page}`),
    budgetBytes: 200_000,
  },
  { name: 'Ops shell', app: 'ops', layout: 'src/shell/office.ts', words: ofOffice, budgetBytes: 250_000 },
  // Known, not limited: a page may be as heavy as its work asks, as long as the shell is not.
  {
    name: 'Ops, with its page',
    app: 'ops',
    layout: 'src/shell/office.ts',
    words: ofOffice,
    pages: new RegExp(`^src/(?!field/|session/).*${page}`),
  },
];

process.exitCode = main();

function main(): number {
  const apps = [...new Set(parts.map(({ app }) => app))];
  const missing = apps.filter((app) => !existsSync(manifestOf(app)));
  if (missing.length > 0) {
    console.error(`Not built: ${missing.map((app) => `apps/${app}`).join(', ')}. Run npm run build first.`);
    return 1;
  }
  const builds = new Map(apps.map((app) => [app, readBuild(app)]));
  const measured = parts.flatMap((part) => {
    const build = builds.get(part.app);
    return build ? [{ part, loads: firstLoads(build, part) }] : [];
  });
  const shown = process.argv.includes('--pages') ? Infinity : 1;
  console.log(
    table(measured.flatMap(({ part, loads }) => loads.slice(0, shown).map((load) => [part, load] as const))),
  );
  const broken = measured.filter(({ part, loads }) => isOver(part, loads[0]));
  for (const { part, loads } of broken)
    console.error(
      `${part.name} is over its budget with ${loads[0]?.page}: let what is not needed at once come by import().`,
    );
  return broken.length > 0 ? 1 : 0;
}

function manifestOf(app: string): string {
  return path.join(root, 'apps', app, 'dist/.vite/manifest.json');
}

function readBuild(app: string): Build {
  const dist = path.join(root, 'apps', app, 'dist');
  const known = new Map<string, number>();
  return {
    manifest: JSON.parse(readFileSync(manifestOf(app), 'utf8')) as Manifest, // written by Vite a moment ago
    html: readFileSync(path.join(dist, 'index.html'), 'utf8'),
    bytesOf: (file) => {
      const bytes = known.get(file) ?? travelling(readFileSync(path.join(dist, file)), file);
      known.set(file, bytes);
      return bytes;
    },
  };
}

/** Fonts are compressed already. */
function travelling(content: Buffer, file: string): number {
  return file.endsWith('.woff2') ? content.length : gzipSync(content, { level: 9 }).length;
}

function isOver({ budgetBytes }: Part, load: Load | undefined): boolean {
  return budgetBytes !== undefined && load !== undefined && load.scriptBytes > budgetBytes;
}

/** Kilobytes of a thousand bytes. */
function table(rows: readonly (readonly [Part, Load])[]): string {
  const kB = (bytes: number): string => (bytes / 1_000).toFixed(1);
  const cells = rows.map(([part, load]) => [
    part.name,
    load.page,
    kB(load.scriptBytes),
    part.budgetBytes === undefined ? '' : kB(part.budgetBytes),
    part.budgetBytes === undefined ? '' : `${Math.round((100 * load.scriptBytes) / part.budgetBytes)} %`,
    kB(load.styleBytes),
    kB(load.fontBytes),
    String(load.files),
  ]);
  const heading = ['part', 'page', 'JS kB', 'budget kB', 'share', 'CSS kB', 'fonts kB', 'files'];
  const widths = heading.map((_, column) =>
    Math.max(...[heading, ...cells].map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  return [line(heading), line(widths.map((width) => '-'.repeat(width))), ...cells.map(line)].join('\n');
}

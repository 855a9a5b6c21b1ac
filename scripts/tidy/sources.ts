import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One file of the project, read once. */
export type Source = Readonly<{ path: string; text: string; lines: readonly string[] }>;

/** Every text file git tracks or would track. */
export const sources: readonly Source[] = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard'],
  { cwd: root, encoding: 'utf8' },
)
  .split('\n')
  .filter(
    (path) =>
      /\.(ts|mjs|vue|sql|md|json)$/.test(path) &&
      path !== 'package-lock.json' &&
      existsSync(join(root, path)) &&
      statSync(join(root, path)).isFile(),
  )
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return { path, text, lines: text.split('\n') };
  });

export const isTest = ({ path }: Source): boolean =>
  /\.(test|conformance)\.ts$/.test(path) || /^(packages\/testing|journeys|e2e|bench)\//.test(path);
export const isCode = ({ path }: Source): boolean => /\.(ts|vue)$/.test(path) && !path.endsWith('.d.ts');
/** Code of the product: not tests, not scripts, not what is generated. */
export const product = sources.filter(
  (source) =>
    isCode(source) &&
    !isTest(source) &&
    !source.path.startsWith('scripts/') &&
    !source.path.endsWith('db/types.ts'),
);

/** Module specifiers a file imports or re-exports. */
export const importsOf = ({ text }: Source): string[] =>
  [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3] ?? '');

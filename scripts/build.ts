// Builds the browser apps into apps/*/dist. `--when-needed` builds only those whose sources have changed
// since, told by their content, so that a clone or a checkout with new file times builds nothing.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { compressBuilt } from './lib/compress-built.ts';
import { inParallel, root, runToolQuietly, tools } from './lib/run-tool.ts';

const width = 2;
const apps = ['ops', 'portal'];
const notSources = new Set(['dist', 'node_modules']);
const notBuilt = /\.test\.ts$|\.md$/;

const whenNeeded = process.argv.includes('--when-needed');
const shared = new Map<string, string>();
const outcomes = await inParallel(apps, width, build);
process.exitCode = outcomes.includes(false) ? 1 : 0;

async function build(app: string): Promise<boolean> {
  const folder = path.join(root, 'apps', app);
  if (!existsSync(path.join(folder, 'vite.config.ts'))) return true; // not begun yet
  const stampFile = path.join(folder, 'dist', '.built-from');
  const stamp = sourcesOf(app);
  if (whenNeeded && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return true;
  console.error(`Building apps/${app} …`);
  rmSync(stampFile, { force: true });
  const { code, output } = await runToolQuietly({ script: tools.vite, args: ['build'], cwd: folder });
  if (code !== 0 || !whenNeeded) process.stderr.write(output);
  if (code !== 0) {
    console.error(`apps/${app} could not be built, see above.`);
    return false;
  }
  await compressBuilt(path.join(folder, 'dist'));
  writeFileSync(stampFile, stamp);
  return true;
}

/** One hash over everything an app is built from: itself, our packages, the versions of all others, and this. */
function sourcesOf(app: string): string {
  const making = ['scripts/build.ts', 'scripts/lib/compress-built.ts'];
  const parts = ['package-lock.json', 'tsconfig.base.json', ...making, 'packages', `apps/${app}`];
  return `${createHash('sha256').update(parts.map(hashOf).join()).digest('hex')}\n`;
}

function hashOf(part: string): string {
  const known = shared.get(part);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const file of filesIn(part)) hash.update(`${file}\0`).update(readFileSync(path.join(root, file)));
  const digest = hash.digest('hex');
  shared.set(part, digest);
  return digest;
}

function filesIn(part: string): string[] {
  if (statSync(path.join(root, part)).isFile()) return notBuilt.test(part) ? [] : [part];
  return readdirSync(path.join(root, part))
    .filter((name) => !notSources.has(name))
    .toSorted()
    .flatMap((name) => filesIn(`${part}/${name}`));
}

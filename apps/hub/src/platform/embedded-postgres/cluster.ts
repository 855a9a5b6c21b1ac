import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../startup-problem.ts';
import type { Binaries } from './binaries.ts';
import { codeOf } from './binaries.ts';
import { diskFull, storedPassword } from './folder.ts';
import type { Folder } from './folder.ts';
import type { OrdinaryUser } from './ordinary-user.ts';

/** The one role of the embedded database, and the database of the hub. */
export const databaseName = 'gigafibre';

const maxOutputBytes = 20_000;

/**
 * Makes the database files on first use; on later uses checks that they are ones this PostgreSQL can open.
 * Answers the password. Refused with a StartupProblem when the files are of another version or not whole.
 */
export async function openCluster(folder: Folder, binaries: Binaries, user: OrdinaryUser): Promise<string> {
  if (await isNew(folder)) return createCluster(folder, binaries, user);
  const version = await clusterVersion(folder);
  if (version !== binaries.major) {
    throw new StartupProblem(
      `The database in ${folder.home} was made by PostgreSQL ${version} and this is ${binaries.major}: ` +
        'start it with the release that made it, or move the folder away to begin anew.',
    );
  }
  const password = await storedPassword(folder);
  if (password === undefined) throw damaged(folder, 'the file "password" is missing');
  return password;
}

export const damaged = ({ home }: Folder, reason: string): StartupProblem =>
  new StartupProblem(
    `The database in ${home} is damaged (${reason}): restore a copy of it, or move it away to begin anew.`,
  );

/** An empty cluster folder counts as new: it is what a person leaves who deletes the contents. */
async function isNew({ cluster }: Folder): Promise<boolean> {
  try {
    return (await readdir(cluster)).length === 0;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return true;
    throw error;
  }
}

async function clusterVersion(folder: Folder): Promise<string> {
  try {
    return (await readFile(path.join(folder.cluster, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw damaged(folder, 'the file "PG_VERSION" is missing');
    throw error;
  }
}

/**
 * Built beside its place and renamed when whole, so that a start cut short leaves nothing that looks like
 * a database.
 */
async function createCluster(folder: Folder, binaries: Binaries, user: OrdinaryUser): Promise<string> {
  const unfinished = `${folder.cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  await rm(folder.password, { force: true });
  await writeFile(folder.password, `${password}\n`, { mode: 0o600 });
  if (user.owner !== undefined) await chown(folder.password, user.owner.uid, user.owner.gid);
  await initdb(folder, user.command(binaries.initdb, initdbArguments(unfinished, folder.password)));
  await stat(path.join(unfinished, 'PG_VERSION'));
  await rename(unfinished, folder.cluster);
  return password;
}

/**
 * Text sorts by code point and folds case by Unicode's own tables, alike on every machine; French order is
 * asked for where a screen needs it. The character types of the system still matter to pg_trgm, which would
 * otherwise take accented letters for punctuation.
 */
function initdbArguments(cluster: string, passwordFile: string): string[] {
  const characters = process.platform === 'darwin' ? 'UTF-8' : 'C.UTF-8';
  const choices = {
    pgdata: cluster,
    username: databaseName,
    pwfile: passwordFile,
    auth: 'scram-sha-256',
    encoding: 'UTF8',
    locale: 'C',
    'lc-ctype': characters,
    'locale-provider': 'builtin',
    'builtin-locale': 'C.UTF-8',
    'text-search-config': 'simple',
  };
  return Object.entries(choices).map(([name, value]) => `--${name}=${value}`);
}

async function initdb(folder: Folder, command: ReturnType<OrdinaryUser['command']>): Promise<void> {
  const { code, output } = await new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(command.file, command.args, {
      ...command.as,
      cwd: folder.home,
      env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString()).slice(-maxOutputBytes);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
  if (code === 0) return;
  if (output.includes('No space left on device')) throw diskFull(folder.data);
  throw new StartupProblem(
    `The embedded database could not be created in ${folder.home}: ${lastError(output)}.`,
  );
}

/** The sentence of PostgreSQL that says most, without its prefix. */
export function lastError(output: string): string {
  const lines = output.split('\n').filter((line) => /\b(PANIC|FATAL|error):/.test(line));
  const line = lines.at(-1) ?? output.trim().split('\n').at(-1) ?? 'no reason given';
  return line.replace(/^.*?(PANIC|FATAL|error):\s*/, '').replace(/\.$/, '');
}

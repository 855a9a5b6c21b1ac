import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAddresses } from '../imports/addresses/load-addresses.ts';
import type { Config } from '../platform/config.ts';
import { openDb, type Db } from '../platform/db/connect.ts';
import { describeSchema } from '../platform/db/describe-schema.ts';
import { generateTypes } from '../platform/db/generate-types.ts';
import { openLog } from '../platform/log.ts';
import { StartupProblem } from '../platform/startup-problem.ts';
import { verifyBooks } from '../views/verify-books.ts';
import { openDatabase, type OpenedDatabase } from './database.ts';

const schemaFile = join(import.meta.dirname, '../../db/schema.sql');
const typesFile = join(import.meta.dirname, '../platform/db/types.ts');

type Verb = Readonly<{
  help: string;
  /** What the verb is given after its own words. */
  run: (database: OpenedDatabase, given: readonly string[]) => Promise<number>;
}>;

/** What an administrator can ask on the command line. */
const verbs: Readonly<Record<string, Verb>> = {
  migrate: { help: 'bring the database to this version', run: async () => 0 },
  'ledger verify': {
    help: 'recompute every balance, and what is kept of invoices, payments, revenue and purchases, from zero and compare',
    run: async ({ pool }) => {
      const { differences, ...counted } = await verifyBooks({ db: openDb(pool) });
      process.stdout.write(
        `${JSON.stringify(counted, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`,
      );
      for (const difference of differences)
        process.stdout.write(
          `${JSON.stringify(difference, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`,
        );
      return differences.length === 0 ? 0 : 1;
    },
  },
  'import addresses': {
    help: 'bring in addresses from a folder or file: import addresses PATH [TOWN of lists that name none]',
    run: async ({ pool }, [path, town]) => importAddressLists(openDb(pool), { path, town }),
  },
  'db describe': {
    help: 'write what the migrations make: db/schema.sql and the TypeScript types of the tables',
    run: async ({ pool }) => {
      await writeFile(schemaFile, await describeSchema(pool));
      await writeFile(typesFile, await generateTypes(pool));
      return 0;
    },
  },
};

/** Loads address lists and says, file by file, what came of them. */
async function importAddressLists(
  db: Db,
  { path, town }: { path: string | undefined; town: string | undefined },
): Promise<number> {
  if (path === undefined || !existsSync(path))
    throw new StartupProblem('import addresses needs a folder or a file that exists.');
  const say = (text: string) => process.stdout.write(`${text}\n`);
  const loaded = await loadAddresses(db, {
    path,
    town,
    progress: (file, { read, added }) => say(`${file}: ${read} read, ${added} new`),
  });
  for (const { file, kind, done } of loaded)
    say(`${file}: ${kind}${done ? `, ${done.added} new, ${done.withoutMunicipality} of no known town` : ''}`);
  return loaded.some(({ kind }) => kind !== 'unknown') ? 0 : 1;
}

/** Runs an administrative verb on the database of DATABASE_URL or of `--data` (./data); gives the exit code. */
export async function adminVerb(config: Config, given: readonly string[]): Promise<number> {
  const { words, data } = wordsAndData(given);
  const name = Object.keys(verbs).find((known) => `${words.join(' ')} `.startsWith(`${known} `));
  const verb = name === undefined ? undefined : verbs[name];
  if (name === undefined || !verb) {
    const list = Object.entries(verbs).map(([name, { help }]) => `  ${name.padEnd(16)} ${help}`);
    throw new StartupProblem(`There is no “${words.join(' ')}”. Known:\n${list.join('\n')}`);
  }
  const database = await openDatabase(config, {
    data,
    log: openLog('warn'),
  });
  try {
    return await verb.run(database, words.slice(name.split(' ').length));
  } finally {
    await database.stop();
  }
}

/** `ledger verify --data DIR` → its words, and the folder of the embedded database. */
function wordsAndData(given: readonly string[]): { words: string[]; data: string } {
  const at = given.indexOf('--data');
  if (at < 0) return { words: [...given], data: 'data' };
  const data = given[at + 1];
  if (data === undefined) throw new StartupProblem('--data needs a folder.');
  return { words: given.filter((_, index) => index !== at && index !== at + 1), data };
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { verifyLedger } from '../domains/ledger/index.ts';
import type { Config } from '../platform/config.ts';
import { openDb } from '../platform/db/connect.ts';
import { generateTypes } from '../platform/db/generate-types.ts';
import { openLog } from '../platform/log.ts';
import { StartupProblem } from '../platform/startup-problem.ts';
import { openDatabase, type OpenedDatabase } from './database.ts';

const typesFile = join(import.meta.dirname, '../platform/db/types.ts');

type Verb = Readonly<{ help: string; run: (database: OpenedDatabase) => Promise<number> }>;

/** What an administrator can ask on the command line. */
const verbs: Readonly<Record<string, Verb>> = {
  migrate: { help: 'bring the database to this version', run: async () => 0 },
  'ledger verify': {
    help: 'recompute every balance from zero and compare',
    run: async ({ pool }) => {
      const { differences, ...counted } = await verifyLedger({ db: openDb(pool) });
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
  'db types': {
    help: 'write the TypeScript types of the tables',
    run: async ({ pool }) => {
      await writeFile(typesFile, await generateTypes(pool));
      return 0;
    },
  },
};

/** Runs an administrative verb on the database of DATABASE_URL or of `--data` (./data); gives the exit code. */
export async function adminVerb(config: Config, given: readonly string[]): Promise<number> {
  const { words, data } = wordsAndData(given);
  const verb = verbs[words.join(' ')];
  if (!verb) {
    const list = Object.entries(verbs).map(([name, { help }]) => `  ${name.padEnd(16)} ${help}`);
    throw new StartupProblem(`There is no “${words.join(' ')}”. Known:\n${list.join('\n')}`);
  }
  const database = await openDatabase(config, {
    data,
    log: openLog('warn'),
  });
  try {
    return await verb.run(database);
  } finally {
    await database.pool.end();
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

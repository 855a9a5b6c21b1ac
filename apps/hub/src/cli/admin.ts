import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../platform/config.ts';
import { generateTypes } from '../platform/db/generate-types.ts';
import { openLog } from '../platform/log.ts';
import { StartupProblem } from '../platform/startup-problem.ts';
import { openDatabase, type OpenedDatabase } from './database.ts';

const typesFile = join(import.meta.dirname, '../platform/db/types.ts');

type Verb = Readonly<{ help: string; run: (database: OpenedDatabase) => Promise<number> }>;

/** What an administrator can ask on the command line. */
const verbs: Readonly<Record<string, Verb>> = {
  migrate: { help: 'bring the database to this version', run: async () => 0 },
  'db types': {
    help: 'write the TypeScript types of the tables',
    run: async ({ pool }) => {
      await writeFile(typesFile, await generateTypes(pool));
      return 0;
    },
  },
};

/** Runs an administrative verb on the database of DATABASE_URL or of ./data; gives the exit code. */
export async function adminVerb(config: Config, words: readonly string[]): Promise<number> {
  const verb = verbs[words.join(' ')];
  if (!verb) {
    const list = Object.entries(verbs).map(([name, { help }]) => `  ${name.padEnd(16)} ${help}`);
    throw new StartupProblem(`There is no “${words.join(' ')}”. Known:\n${list.join('\n')}`);
  }
  const database = await openDatabase(config, {
    data: process.env['GIGAFIBRE_DATA_FOLDER'] ?? 'data',
    log: openLog('warn'),
  });
  try {
    return await verb.run(database);
  } finally {
    await database.pool.end();
    await database.stop();
  }
}

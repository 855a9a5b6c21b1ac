// Runs one TypeScript program of the project: node scripts/run.mjs FILE [ARGUMENTS]
import { ensureInstalled } from './lib/install.mjs';
import { giveUp } from './lib/project.mjs';
import { runTypescript } from './lib/run-typescript.mjs';

const [file, ...args] = process.argv.slice(2);
if (file === undefined) giveUp('Say which program to run: node scripts/run.mjs FILE [ARGUMENTS].', 2);
await ensureInstalled();
process.exit(await runTypescript(file, args));

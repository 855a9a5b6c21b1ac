// `npm test`: installs what is missing, then runs every check. `npm test -- unit domain` runs only those.
import { ensureInstalled } from './lib/install.mjs';
import { runTypescript } from './lib/run-typescript.mjs';

await ensureInstalled();
process.exit(await runTypescript('scripts/test.ts', process.argv.slice(2)));

// `npm start`. Plain JavaScript for any Node from 20 on: it is what brings the Node the rest is written for.
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { giveUp, root } from './lib/project.mjs';
import { runTypescript } from './lib/run-typescript.mjs';
import { readStartOptions, usage } from './lib/start-options.mjs';

const options = readStartOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
if (options.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (options.problem) giveUp(options.problem, 2);

await ensureInstalled();
const built = await runTypescript('scripts/build.ts', ['--when-needed']);
if (built !== 0) process.exit(built);
// Compiled code is kept for the next start, which then takes a third less of the processor.
process.env.NODE_COMPILE_CACHE ??= path.join(root, 'node_modules', '.cache', 'node');
process.exit(await runTypescript('apps/hub/src/main.ts', ['serve', ...options.args]));

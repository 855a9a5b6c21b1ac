import { readServeArguments, USAGE } from './cli/arguments.ts';
import { serve } from './cli/serve.ts';
import { adminVerb } from './cli/admin.ts';
import { readConfig, type Config } from './platform/config.ts';
import { within } from './platform/deadline.ts';
import { whenAskedToStop } from './platform/when-asked-to-stop.ts';
import { StartupProblem } from './platform/startup-problem.ts';

const PROBLEM_EXIT = 2;
const END_DEADLINE_MS = 5_000;

async function main([verb = 'serve', ...rest]: string[]): Promise<void> {
  const config = readConfigOrExplain();
  if (verb !== 'serve') {
    process.exitCode = await adminVerb(config, [verb, ...rest]);
    return;
  }
  const args = readServeArguments(rest, { hasDatabaseUrl: config.databaseUrl !== undefined });
  if (args.help) {
    process.stdout.write(USAGE);
    return;
  }
  const starting = serve(config, args);
  whenAskedToStop(async () => (await starting).stop());
  const { stop, lost } = await starting;
  void lost.then((sentence) => end(sentence, stop));
}

/** Says why, closes what can still be closed, and ends. */
async function end(sentence: string, stop: () => Promise<void>): Promise<void> {
  process.stderr.write(`${sentence}\n`);
  await within(END_DEADLINE_MS, stop()).catch(() => undefined);
  process.exit(PROBLEM_EXIT);
}

function readConfigOrExplain(): Config {
  try {
    return readConfig(process.env);
  } catch (error) {
    throw new StartupProblem(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const clear = error instanceof StartupProblem;
  process.stderr.write(
    clear ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(clear ? PROBLEM_EXIT : 1);
});

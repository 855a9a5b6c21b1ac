import { parseArgs } from 'node:util';
import { StartupProblem } from '../platform/startup-problem.ts';

export type DemoSize = 'small' | 'full' | 'none';
export type Role = 'web' | 'worker' | 'both';
export type ServeArguments = Readonly<{
  port: number;
  /** Where to listen; undefined: everywhere, or on loopback for a demo. */
  host: string | undefined;
  data: string;
  demo: DemoSize;
  role: Role;
  help: boolean;
}>;

export const USAGE = `npm start -- [options]

  --port N                  port of the web server (default 8080)
  --host ADDRESS            address to listen on (default all of them; a demo is on loopback only)
  --data DIR                folder of the embedded database and of this installation (default ./data)
  --demo small|full|none    company to create in an empty database (default small; none with DATABASE_URL)
  --role web|worker|both    what this process does (default both)
  --help                    this text

  DATABASE_URL=postgres://user@host/name   use a PostgreSQL 15+ instead of the embedded one
`;

/** Reads the options of \`serve\`; a wrong one is refused in a sentence. */
export function readServeArguments(
  args: readonly string[],
  { hasDatabaseUrl }: { hasDatabaseUrl: boolean },
): ServeArguments {
  const { values } = parse(args);
  return {
    port: portOf(values.port),
    host: values.host,
    data: values.data ?? 'data',
    demo: oneOf('--demo', values.demo ?? (hasDatabaseUrl ? 'none' : 'small'), ['small', 'full', 'none']),
    role: oneOf('--role', values.role ?? 'both', ['web', 'worker', 'both']),
    help: values.help ?? false,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: text,
        host: text,
        data: text,
        demo: text,
        role: text,
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: false,
    });
  } catch (error) {
    throw new StartupProblem(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function portOf(given: string | undefined): number {
  const port = Number(given ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StartupProblem(`--port must be a number from 0 to 65535, not “${given ?? ''}”.`);
  return port;
}

function oneOf<const Choice extends string>(
  option: string,
  given: string,
  choices: readonly Choice[],
): Choice {
  const chosen = choices.find((choice) => choice === given);
  if (chosen === undefined)
    throw new StartupProblem(`${option} must be one of ${choices.join(', ')}, not “${given}”.`);
  return chosen;
}

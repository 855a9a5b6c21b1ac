import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { faultsOf } from '../check-solution.ts';
import { explain, explainAll } from '../explain.ts';
import { readSolution } from '../formats/problem-json.ts';
import { readAny } from '../formats/read-any.ts';
import { readStrsp } from '../formats/strsp.ts';
import { Unreadable } from '../formats/unreadable.ts';
import type { Problem } from '../problem/problem.ts';
import { planInThreads } from '../threads/plan-in-threads.ts';

const USAGE = `node packages/dispatch/src/cli/main.ts FILE [options]     plans and writes the plan as JSON

  FILE                a problem as JSON (ours or VROOM's), a Solomon, Homberger, TRSP or STRSP file; - for standard input
  --technicians FILE  the technicians of an STRSP file
  --seconds N         time from the call to the plan (default 5)
  --threads N         default 2
  --seed N            default 1
  --tries N           stop after so many tries of each thread too
  --start FILE        begin with this plan
  --explain ID        say why this job is where it is instead of writing the plan
`;

/** Exit codes: the problem was refused; the command line makes no sense. */
const REFUSED = 2;
const MISUSED = 64;
const STANDARD_INPUT = 0;
/** Of so many jobs left out the plan says why. */
const EXPLAINED_MAX = 50;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      technicians: { type: 'string' },
      seconds: { type: 'string', default: '5' },
      threads: { type: 'string', default: '2' },
      seed: { type: 'string', default: '1' },
      tries: { type: 'string' },
      start: { type: 'string' },
      explain: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined) write(USAGE);
  else await run(file, values);
} catch (error) {
  if (error instanceof Unreadable) refuse([{ code: 'unreadable', subject: 'file', message: error.message }]);
  else {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = MISUSED;
  }
}

type Values = Readonly<{
  technicians?: string;
  seconds: string;
  threads: string;
  seed: string;
  tries?: string;
  start?: string;
  explain?: string;
}>;

async function run(file: string, values: Values): Promise<void> {
  const problem = readFrom(file, values.technicians);
  const planned = await planInThreads(problem, {
    seed: count(values.seed, 'seed'),
    threads: count(values.threads, 'threads'),
    timeMs: Number(values.seconds) * 1_000,
    triesMax: values.tries === undefined ? undefined : count(values.tries, 'tries'),
    start: values.start === undefined ? undefined : readSolution(readFileSync(values.start, 'utf8')),
  });
  if (planned.kind === 'refused') return refuse(planned.refusals);
  const { solution, tries } = planned;
  if (values.explain !== undefined)
    return write(`${JSON.stringify(explain(problem, solution, values.explain), null, 2)}\n`);
  const left = explainAll(problem, solution, solution.left.slice(0, EXPLAINED_MAX));
  write(
    `${JSON.stringify({ kind: 'planned', solution, tries, left, faults: faultsOf(problem, solution) }, null, 2)}\n`,
  );
}

function readFrom(file: string, technicians: string | undefined): Problem {
  const text = readFileSync(file === '-' ? STANDARD_INPUT : file, 'utf8');
  return technicians === undefined ? readAny(text) : readStrsp(text, readFileSync(technicians, 'utf8'));
}

function count(value: string, name: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0)
    throw new Error(`--${name} takes a whole number, not “${value}”.`);
  return number;
}

function refuse(refusals: readonly Readonly<{ code: string; subject: string; message: string }>[]): void {
  write(`${JSON.stringify({ kind: 'refused', refusals }, null, 2)}\n`);
  process.exitCode = REFUSED;
}

function write(text: string): void {
  process.stdout.write(text);
}

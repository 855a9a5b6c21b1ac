// Every check of the project, one after the other, all of them even when one fails. The last line sums up.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTool, tools } from './lib/run-tool.ts';
import { nothing, plus, summary, vitestOutcome } from './lib/counts.ts';
import type { Counts } from './lib/counts.ts';

type Step = Readonly<{ name: string; run: () => Promise<Counts> }>;

const reports = mkdtempSync(path.join(tmpdir(), 'gigafibre-test-'));
const steps: readonly Step[] = [
  { name: 'types', run: () => check('scripts/types.ts', []) },
  { name: 'lint', run: () => check(tools.oxlint, ['--deny-warnings']) },
  { name: 'format', run: () => check(tools.prettier, ['--check', '--log-level', 'warn', '.']) },
  { name: 'tidy', run: () => suite('tidy') },
  { name: 'unit', run: () => suite('unit') },
  { name: 'domain', run: () => suite('domain') },
  { name: 'journeys', run: () => suite('journeys') },
  { name: 'build', run: () => check('scripts/build.ts', ['--when-needed']) },
  { name: 'sizes', run: () => check('scripts/sizes.ts', []) },
  { name: 'e2e', run: () => suite('e2e') },
];
/** What failed, a line each: said again at the end, where one looks first. */
const failures: string[] = [];
/** Steps that try what `build` made. */
const needBuild: ReadonlySet<string> = new Set(['sizes', 'e2e']);

process.exitCode = await main(process.argv.slice(2));

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(
      `No such step: ${unknown.join(', ')}. There are ${steps.map((step) => step.name).join(', ')}.`,
    );
    return 2;
  }
  try {
    const total = await runAll(steps.filter(({ name }) => names.length === 0 || names.includes(name)));
    if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
    console.log(`\n${summary(total)}`);
    return total.failed === 0 && total.passed > 0 ? 0 : 1;
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}

async function runAll(chosen: readonly Step[]): Promise<Counts> {
  let total = nothing;
  let buildFailed = false;
  for (const step of chosen) {
    console.log(`\n── ${step.name} ${'─'.repeat(70 - step.name.length)}`);
    const skip: boolean = buildFailed && needBuild.has(step.name);
    const started = performance.now();
    const counts: Counts = skip ? { ...nothing, skipped: 1 } : await step.run();
    if (step.name === 'build') buildFailed = counts.failed > 0;
    const seconds = ((performance.now() - started) / 1_000).toFixed(1);
    console.log(
      skip
        ? `${step.name} skipped: there is no build to try`
        : `${step.name}: ${verdict(counts)} in ${seconds} s`,
    );
    total = plus(total, counts);
  }
  return total;
}

function verdict({ failed }: Counts): string {
  return failed === 0 ? 'ok' : 'FAILED';
}

/** A check that either holds or does not counts as one. */
async function check(script: string, args: readonly string[]): Promise<Counts> {
  const code = await runTool({ script, args });
  if (code === 0) return { ...nothing, passed: 1 };
  failures.push(script);
  return { ...nothing, failed: 1 };
}

async function suite(project: string): Promise<Counts> {
  const report = path.join(reports, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool({
    script: tools.vitest,
    args: ['run', '--project', project, '--passWithNoTests', ...reporters],
  });
  const outcome = vitestOutcome(report, code);
  failures.push(...outcome.failures.map((failure) => `${project} · ${failure}`));
  return outcome.counts;
}

// Compiles everything without writing anything: node code by the root configuration, each package and app
// by its own, those with Vue components through vue-tsc.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inParallel, root, runToolQuietly, tools } from './lib/run-tool.ts';

const width = 2;
const withComponents = new Set(['packages/ui', 'apps/ops', 'apps/portal']);
const noInputs = 'error TS18003';

const projects = ['.', ...workspacesIn('apps'), ...workspacesIn('packages')].filter((folder) =>
  existsSync(path.join(root, folder, 'tsconfig.json')),
);
const outcomes = await inParallel(projects, width, check);
process.exitCode = outcomes.includes(false) ? 1 : 0;

function workspacesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder)).map((name) => `${folder}/${name}`);
}

async function check(folder: string): Promise<boolean> {
  const memory = path.join('node_modules/.cache/types', `${folder.replaceAll(/\W/g, '-')}.tsbuildinfo`);
  const { code, output } = await runToolQuietly({
    script: withComponents.has(folder) ? tools.vueTsc : tools.tsc,
    args: ['-p', folder, '--noEmit', '--incremental', '--tsBuildInfoFile', memory, '--pretty', 'false'],
  });
  // A package whose first file is still to be written.
  const empty = output.includes(noInputs) && output.trim().split('\n').length === 1;
  const passed = code === 0 || empty;
  console.log(`${passed ? 'ok  ' : 'FAIL'} ${folder}${empty ? ' (nothing in it yet)' : ''}`);
  if (!passed) console.log(output.trimEnd());
  return passed;
}

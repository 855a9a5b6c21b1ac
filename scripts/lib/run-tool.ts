import { spawn } from 'node:child_process';
import path from 'node:path';

/** The project's folder, wherever it was cloned. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A tool among the packages, named by the JavaScript file that starts it, so that ours is the Node it runs on. */
export const tools = {
  oxlint: 'node_modules/oxlint/bin/oxlint',
  prettier: 'node_modules/prettier/bin/prettier.cjs',
  tsc: 'node_modules/typescript/bin/tsc',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  vueTsc: 'node_modules/vue-tsc/bin/vue-tsc.js',
} as const;

type Run = Readonly<{ script: string; args: readonly string[]; cwd?: string }>;

const environment = (): NodeJS.ProcessEnv => {
  const bin = path.join(root, 'node_modules', '.bin');
  return { ...process.env, PATH: `${bin}${path.delimiter}${process.env['PATH'] ?? ''}` };
};

const fileOf = (script: string): string => path.resolve(root, script);

/** Runs a tool on this terminal and answers its exit code; being ended by a signal counts as 1. */
export function runTool({ script, args, cwd = root }: Run): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileOf(script), ...args], {
      cwd,
      env: environment(),
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a tool quietly, for several at a time: answers its exit code and all it printed. */
export function runToolQuietly({ script, args, cwd = root }: Run): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fileOf(script), ...args], {
      cwd,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Works through `items` with at most `width` under way at once, keeping their order in the answers. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) answers[index] = await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
  return answers;
}

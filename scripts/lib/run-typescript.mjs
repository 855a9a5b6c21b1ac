import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { findNode, nodeOptions } from './node24.mjs';
import { giveUp, root } from './project.mjs';

const parentCheckMs = 1_000;

/**
 * Runs one of the project's TypeScript programs with the right Node, on this terminal. Signals are passed
 * on; the channel between us tells it when we are gone, even by `kill -9`. Answers its exit code.
 * @param {string} file relative to the project, or absolute
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runTypescript(file, args) {
  const child = spawn(findNode(), [...nodeOptions, path.resolve(root, file), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const pass = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, pass);
  const watch = watchNpm(() => pass('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => giveUp(`${file} cannot be run: ${error.message}`));
    child.once('exit', (code, signal) => {
      clearInterval(watch);
      for (const each of signals) process.off(each, pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** npm signals the shell between it and us, which may just die: then having lost our parent is the signal. */
function watchNpm(gone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    gone();
  }, parentCheckMs);
  return timer.unref();
}

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { giveUp, root } from './project.mjs';

const major = 24;
const probeMs = 10_000;

/** Older releases of Node 24 announce as experimental what the project relies on. */
export const nodeOptions = ['--disable-warning=ExperimentalWarning'];

/** The Node that runs the project: the one pinned among its packages, else this one when new enough. */
export function findNode() {
  const pinned = path.join(root, 'node_modules', '.bin', 'node');
  if (isThisNode(pinned) || (existsSync(pinned) && runs(pinned))) return pinned;
  if (majorOf(process.version) >= major) return process.execPath;
  return giveUp(
    `Node ${major} is needed and no package brings it to ${process.platform}-${process.arch}: ` +
      `install Node ${major} (this is ${process.version}) and start again.`,
  );
}

function isThisNode(file) {
  return (
    existsSync(file) &&
    majorOf(process.version) >= major &&
    realpathSync(file) === realpathSync(process.execPath)
  );
}

/** A binary for another C library is present but does not run. */
function runs(file) {
  const { status, stdout } = spawnSync(file, ['--version'], { encoding: 'utf8', timeout: probeMs });
  return status === 0 && majorOf(stdout) >= major;
}

const majorOf = (version) => Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { giveUp, root } from './project.mjs';

const modules = path.join(root, 'node_modules');
const lockFile = path.join(root, 'package-lock.json');
const stampFile = path.join(modules, '.installed-from');
const maxKeptOutput = 20_000;
const tickMs = 1_000;

/**
 * Installs unless node_modules already is what package-lock.json says. Not with `npm ci`, which refuses a
 * lockfile that leaves out binaries of machines its author had no access to; instead what was installed is
 * held against the lockfile afterwards.
 */
export async function ensureInstalled() {
  const stamp = currentStamp();
  if (readIfAny(stampFile) === stamp) return;
  if (notAsLocked(isForThisMachine).length > 0 || !existsSync(modules)) {
    rmSync(stampFile, { force: true });
    await install();
    const wrong = notAsLocked(({ optional }) => optional !== true);
    if (wrong.length > 0) {
      giveUp(
        `Not installed as package-lock.json says: ${wrong.join(', ')}. Remove node_modules and start again.`,
      );
    }
  }
  remember(stamp);
}

/** Spares the next start the comparison; a project installed by someone else just compares every time. */
function remember(stamp) {
  try {
    mkdirSync(modules, { recursive: true });
    writeFileSync(stampFile, stamp);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(error.code)) throw error;
  }
}

/** The same lockfile on another kind of machine asks for other binaries. */
function currentStamp() {
  const lock =
    readIfAny(lockFile) ?? giveUp(`package-lock.json is missing in ${root}: clone the project again.`);
  return `${createHash('sha256').update(lock).digest('hex')} ${process.platform}-${process.arch}\n`;
}

/**
 * The packages that differ. npm leaves a list of what it really installed; it is compared with the lockfile,
 * so that a developer's own `npm install` counts as well.
 */
function notAsLocked(counts) {
  const present = packagesIn(path.join(modules, '.package-lock.json')) ?? {};
  return Object.entries(packagesIn(lockFile) ?? {})
    .filter(([where, entry]) => where.startsWith('node_modules/') && counts(entry))
    .filter(([where, { version, link }]) => {
      const found = present[where];
      const same = found !== undefined && (link === true || found.version === version);
      return !same || !existsSync(path.join(root, where));
    })
    .map(([where]) => where.slice('node_modules/'.length));
}

/** Optional packages that do not name their machine are npm's to choose. */
function isForThisMachine({ optional, os, cpu, libc }) {
  if (optional !== true) return true;
  if (os === undefined || cpu === undefined || libc !== undefined) return false;
  return [os].flat().includes(process.platform) && [cpu].flat().includes(process.arch);
}

function packagesIn(file) {
  const text = readIfAny(file);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

function readIfAny(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function install() {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1_000);
  const endProgress = showProgress(
    () => `Installing packages (once per version, about a minute) … ${seconds()} s`,
  );
  // Whatever the person's own settings leave out by default is needed here.
  const everything = ['--include=dev', '--include=optional'];
  const quietly = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { code, output } = await runNpm(['install', '--no-save', ...everything, ...quietly]);
  endProgress();
  if (code === 0) return console.error(`Packages installed in ${seconds()} s.`);
  process.stderr.write(output);
  giveUp(
    `The packages could not be installed (npm ended with ${code}, see above): check the network and the disk, then start again.`,
  );
}

/** On a terminal one line that counts; elsewhere one line. */
function showProgress(line) {
  if (!process.stderr.isTTY) {
    console.error(line().replace(/ \d+ s$/, ''));
    return () => undefined;
  }
  const show = () => process.stderr.write(`\r${line()}`);
  show();
  const timer = setInterval(show, tickMs);
  return () => {
    clearInterval(timer);
    process.stderr.write('\n');
  };
}

function runNpm(args) {
  // Under `npm start` npm says where it is. Its own Node must run it: ours is about to be replaced.
  const { npm_execpath: script, npm_node_execpath: node, ...env } = process.env;
  const [file, first] = script?.endsWith('.js') ? [node ?? process.execPath, [script]] : ['npm', []];
  return new Promise((resolve) => {
    const child = spawn(file, [...first, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-maxKeptOutput);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) =>
      resolve({ code: error.code, output: `npm cannot be run: ${error.message}\n` }),
    );
    child.once('close', (code, signal) => resolve({ code: code ?? signal, output }));
  });
}

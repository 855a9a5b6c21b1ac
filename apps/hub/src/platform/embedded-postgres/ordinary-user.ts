import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { StartupProblem } from '../startup-problem.ts';

/** How the database's programs are run: as ourselves, or as the user that root steps down to. */
export type OrdinaryUser = Readonly<{
  /** Undefined when we are not root and files are simply ours. */
  owner: Readonly<{ uid: number; gid: number }> | undefined;
  /** The command line that runs a program as that user. */
  command: (program: string, args: readonly string[]) => Command;
}>;

export type Command = Readonly<{ file: string; args: string[]; as: { uid?: number; gid?: number } }>;

/** To read and pass any folder; failing that, as in most containers, to write there as well. */
const powers = ['dac_read_search', 'dac_override'];
const setprivPaths = ['/usr/bin/setpriv', '/bin/setpriv', '/sbin/setpriv'];
const asOurselves: OrdinaryUser = {
  owner: undefined,
  command: (file, args) => ({ file, args: [...args], as: {} }),
};

/**
 * PostgreSQL refuses to run as root. Root therefore steps down to the owner of the database folder, or to
 * `nobody` when the folder is new.
 */
export async function ordinaryUser(folder: string): Promise<OrdinaryUser> {
  if (process.getuid?.() !== 0) return asOurselves;
  const owner = (await presentOwner(folder)) ?? (await nobody());
  return { owner, command: (file, args) => ({ file, args: [...args], as: owner }) };
}

/**
 * The same user, able to reach every one of `paths`. A clone under /root is closed to other users: then
 * the programs keep, of root's powers, the least that passes closed folders. Refused with a StartupProblem
 * when the machine cannot grant that.
 */
export async function reaching(user: OrdinaryUser, paths: readonly string[]): Promise<OrdinaryUser> {
  const { owner } = user;
  if (owner === undefined || (await reaches(user, paths))) return user;
  const setpriv = await firstRunnable(setprivPaths);
  if (setpriv !== undefined) {
    for (const power of powers) {
      const through = keeping(power, owner, setpriv);
      if (await reaches(through, paths)) return through;
    }
  }
  throw new StartupProblem(
    `PostgreSQL does not run as root and user ${owner.uid} cannot reach ${paths.join(' and ')}: ` +
      'start as an ordinary user, or move the project and its data to a folder open to others (such as /srv).',
  );
}

/** PostgreSQL asks access() whether it may run itself, which forgets such powers unless no_setuid_fixup. */
function keeping(power: string, owner: NonNullable<OrdinaryUser['owner']>, setpriv: string): OrdinaryUser {
  const step = [
    `--reuid=${owner.uid}`,
    `--regid=${owner.gid}`,
    '--clear-groups',
    '--securebits=+no_setuid_fixup',
    `--inh-caps=+${power}`,
    `--ambient-caps=+${power}`,
    '--',
  ];
  return { owner, command: (file, args) => ({ file: setpriv, args: [...step, file, ...args], as: {} }) };
}

async function presentOwner(folder: string): Promise<{ uid: number; gid: number } | undefined> {
  const found = await stat(folder).catch(() => undefined);
  // spawn() wants signed 32-bit numbers, where macOS writes its nobody as 4294967294.
  return found === undefined || found.uid === 0 ? undefined : { uid: found.uid | 0, gid: found.gid | 0 };
}

/** initdb insists on a user with a name, so a bare number will not do. */
async function nobody(): Promise<{ uid: number; gid: number }> {
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const found = /^nobody:[^:]*:(-?\d+):(-?\d+):/m.exec(users);
  if (found === null) {
    throw new StartupProblem(
      'PostgreSQL does not run as root and this machine has no user "nobody": start as an ordinary user.',
    );
  }
  return { uid: Number(found[1]), gid: Number(found[2]) };
}

/** Tries it for real, since modes alone do not tell (access lists, namespaces, mount options). */
async function reaches(user: OrdinaryUser, paths: readonly string[]): Promise<boolean> {
  const { file, args, as } = user.command('/bin/sh', [
    '-c',
    'for p; do test -x "$p" || exit 1; done',
    'sh',
    ...paths,
  ]);
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...as, cwd: '/', env: {}, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function firstRunnable(files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  return undefined;
}

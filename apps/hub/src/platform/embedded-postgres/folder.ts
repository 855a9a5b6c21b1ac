import { chmod, chown, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../startup-problem.ts';
import { codeOf } from './binaries.ts';
import type { OrdinaryUser } from './ordinary-user.ts';

/** Where one embedded database keeps its things; everything lives in `<data>/postgres`. */
export type Folder = Readonly<{
  home: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** The password of the one user, readable by its owner only. */
  password: string;
  log: string;
  /** Held while a hub uses this folder. */
  lock: string;
}>;

export function folderIn(dataDir: string): Folder {
  const home = path.join(path.resolve(dataDir), 'postgres');
  return {
    home,
    cluster: path.join(home, 'cluster'),
    password: path.join(home, 'password'),
    log: path.join(home, 'postgres.log'),
    lock: path.join(home, 'hub.lock'),
  };
}

/** Makes the folder, closed to other users and given to the one who runs the database. */
export async function openFolder(folder: Folder, user: OrdinaryUser): Promise<void> {
  try {
    await mkdir(folder.home, { recursive: true });
    if (user.owner !== undefined) await chown(folder.home, user.owner.uid, user.owner.gid);
    await chmod(folder.home, 0o700);
    const probe = path.join(folder.home, '.writable');
    await writeFile(probe, '');
    await rm(probe);
  } catch (cause) {
    throw folderProblem(cause, folder) ?? cause;
  }
}

/** The stored password, or undefined when the database was never made. */
export async function storedPassword(folder: Folder): Promise<string | undefined> {
  try {
    return (await readFile(folder.password, 'utf8')).trim();
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw folderProblem(cause, folder) ?? cause;
  }
}

/** What a failure of the file system means to the person who starts; undefined when it is none of those. */
export function folderProblem(cause: unknown, { home }: Folder): StartupProblem | undefined {
  const elsewhere = 'choose another with --data DIR';
  switch (codeOf(cause)) {
    case 'EACCES':
    case 'EPERM':
      return new StartupProblem(
        `The data folder ${home} cannot be written by this user: ${elsewhere}, or start as the user it belongs to.`,
        { cause },
      );
    case 'EROFS':
      return new StartupProblem(`The data folder ${home} is on a read-only disk: ${elsewhere}.`, { cause });
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupProblem(`The data folder ${home} is not a folder: ${elsewhere}.`, { cause });
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(home, cause);
    default:
      return undefined;
  }
}

export const diskFull = (home: string, cause?: unknown): StartupProblem =>
  new StartupProblem(`The disk holding ${home} is full: make room and start again; no data was lost.`, {
    cause,
  });

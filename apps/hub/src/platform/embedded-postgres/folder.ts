import { chmod, chown, mkdir, open, readFile, realpath, statfs } from 'node:fs/promises';
import path from 'node:path';
import { StartupProblem } from '../startup-problem.ts';
import { codeOf } from './binaries.ts';
import type { OrdinaryUser } from './ordinary-user.ts';

const smallestRoomBytes = 1_000_000;

/** Where one embedded database keeps its things: all in `<data>/postgres`. */
export type Folder = Readonly<{
  /** The data folder as the person named it to us. */
  data: string;
  home: string;
  /** PostgreSQL's own data directory. */
  cluster: string;
  /** The password of the one role, readable by its owner only. */
  password: string;
  log: string;
  /** Held by the hub that uses this folder. */
  lock: string;
  /** The process that holds it, for the sentence told to a second one. */
  holder: string;
}>;

/**
 * The layout below a data folder, which is made when absent. Symbolic links are followed now, because the
 * processes of the database are later recognised by this path.
 */
export async function locateFolder(dataDir: string): Promise<Folder> {
  const wanted = layout(path.resolve(dataDir));
  try {
    await mkdir(path.resolve(dataDir), { recursive: true });
    return layout(await realpath(dataDir));
  } catch (cause) {
    throw folderProblem(cause, wanted) ?? cause;
  }
}

function layout(dataDir: string): Folder {
  const home = path.join(dataDir, 'postgres');
  return {
    data: dataDir,
    home,
    cluster: path.join(home, 'cluster'),
    password: path.join(home, 'password'),
    log: path.join(home, 'postgres.log'),
    lock: path.join(home, 'hub.lock'),
    holder: path.join(home, 'hub.pid'),
  };
}

/**
 * Makes the folder, closed to other users and given to the one who runs the database; so are the files we
 * write ourselves, lest a start as root shut out the next start of their owner.
 */
export async function openFolder(folder: Folder, { owner }: OrdinaryUser): Promise<void> {
  try {
    await mkdir(folder.home, { recursive: true });
    if (owner !== undefined) await chown(folder.home, owner.uid, owner.gid);
    await chmod(folder.home, 0o700);
    for (const file of [folder.log, folder.lock, folder.holder]) {
      const handle = await open(file, 'a', 0o600);
      try {
        if (owner !== undefined) await handle.chown(owner.uid, owner.gid);
      } finally {
        await handle.close();
      }
    }
  } catch (cause) {
    throw folderProblem(cause, folder) ?? cause;
  }
}

/** The stored password, or undefined when there is none. */
export async function storedPassword(folder: Folder): Promise<string | undefined> {
  try {
    const password = (await readFile(folder.password, 'utf8')).trim();
    return password === '' ? undefined : password;
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw cause;
  }
}

/** What a failure of the file system means to the person who starts; undefined when it is none of those. */
export function folderProblem(cause: unknown, { data }: Folder): StartupProblem | undefined {
  const elsewhere = 'choose another with --data DIR';
  const problem = (what: string): StartupProblem =>
    new StartupProblem(`The data folder ${data} ${what}.`, { cause });
  switch (codeOf(cause)) {
    case 'EACCES':
    case 'EPERM':
      return problem(`cannot be written by this user: ${elsewhere}, or start as the user it belongs to`);
    case 'EROFS':
      return problem(`is on a read-only disk: ${elsewhere}`);
    case 'ENOENT':
    case 'ENAMETOOLONG':
      return problem(`cannot be created: ${elsewhere}`);
    case 'ENOTDIR':
    case 'EEXIST':
      return problem(`is not a folder: ${elsewhere}`);
    case 'ENOSPC':
    case 'EDQUOT':
      return diskFull(data, cause);
    default:
      return undefined;
  }
}

/** Whether the disk has no room left for even one segment of the database's log. */
export async function isFull({ home }: Folder): Promise<boolean> {
  const { bavail, bsize } = await statfs(home);
  return bavail * bsize < smallestRoomBytes;
}

/** The sentence for a full disk; what was acknowledged before is safe in the log of the database. */
export const diskFull = (folder: string, cause?: unknown): StartupProblem =>
  new StartupProblem(`The disk that holds ${folder} is full: make room and start again; nothing is lost.`, {
    cause,
  });

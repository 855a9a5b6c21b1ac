import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** The n-th commit from now on, and on which side of it: before the database hears of it, or after it is done. */
export type Instant = Readonly<{ commit: number; side: 'before' | 'after' }>;

export type CommitWatch = Readonly<{
  /** Address of the same database, through the watch. */
  url: string;
  /** Calls `strike` at that instant; nothing passes in either direction on that connection any more. */
  arm: (instant: Instant, strike: () => void) => void;
  disarm: () => void;
}>;

type Armed = { left: number; side: Instant['side']; strike: () => void };

/** How a transaction begins and ends on the wire, as the driver writes it: one piece, ended by a zero. */
const BEGINS = /^Q[^]{4}(begin|start transaction)/;
const COMMITS = /^Q[^]{4}commit\0/;
/** The database's word that a statement changed rows. */
const CHANGED = /C[^]{4}(INSERT 0|UPDATE|DELETE) [1-9]/;

/**
 * Stands between a hub and its database and counts commits, so that a test can cut the power at an instant that
 * is the same on a slow machine and on a fast one. Transactions that changed nothing do not count: the worker looks
 * around all the time. Closed when the test ends.
 */
export async function commitWatch(databaseUrl: string): Promise<CommitWatch> {
  const target = new URL(databaseUrl);
  let armed: Armed | undefined;
  const open = new Set<Socket>();
  const server = createServer((hub) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [hub, database]) keepOpen(open, socket, [hub, database]);
    let changed = false;
    let strikes = false;
    const strikeHere = () => {
      const strike = armed?.strike;
      armed = undefined;
      strike?.();
      hub.destroy();
      database.destroy();
    };
    hub.on('data', (chunk) => {
      const said = chunk.toString('latin1');
      if (BEGINS.test(said)) changed = false;
      if (armed && changed && COMMITS.test(said) && (armed.left -= 1) === 0) {
        if (armed.side === 'before') return strikeHere();
        strikes = true;
      }
      return database.write(chunk);
    });
    database.on('data', (chunk) => {
      if (strikes) return strikeHere();
      changed ||= CHANGED.test(chunk.toString('latin1'));
      return hub.write(chunk);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return {
    url: throughHere(databaseUrl, server.address()),
    arm: ({ commit, side }, strike) => (armed = { left: commit, side, strike }),
    disarm: () => (armed = undefined),
  };
}

/** When one side is gone so is the other. */
function keepOpen(open: Set<Socket>, socket: Socket, both: readonly Socket[]): void {
  open.add(socket);
  socket.setNoDelay(true);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    open.delete(socket);
    for (const side of both) side.destroy();
  });
}

function throughHere(databaseUrl: string, address: ReturnType<ReturnType<typeof createServer>['address']>) {
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
  return url.href;
}

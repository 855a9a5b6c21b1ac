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

/** How a commit looks on the wire (a simple query); the driver writes it in one piece. */
const COMMIT = Buffer.from('Q\0\0\0\u000bcommit\0', 'latin1');

/**
 * Stands between a hub and its database and counts commits, so that a test can cut the power at an instant that
 * is the same on a slow machine and on a fast one. Closed when the test ends.
 */
export async function commitWatch(databaseUrl: string): Promise<CommitWatch> {
  const target = new URL(databaseUrl);
  let armed: { left: number; side: Instant['side']; strike: () => void } | undefined;
  const open = new Set<Socket>();
  const server = createServer((hub) => {
    const database = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [hub, database]) {
      open.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        hub.destroy();
        database.destroy();
      });
    }
    const strikeHere = () => {
      const strike = armed?.strike;
      armed = undefined;
      strike?.();
      hub.destroy();
      database.destroy();
    };
    let strikesAtAnswer = false;
    hub.on('data', (chunk) => {
      if (armed && chunk.includes(COMMIT) && (armed.left -= 1) === 0) {
        if (armed.side === 'before') return strikeHere();
        strikesAtAnswer = true;
      }
      return database.write(chunk);
    });
    database.on('data', (chunk) => (strikesAtAnswer ? strikeHere() : hub.write(chunk)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const address = server.address();
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(address !== null && typeof address === 'object' ? address.port : 0);
  return {
    url: url.href,
    arm: ({ commit, side }, strike) => (armed = { left: commit, side, strike }),
    disarm: () => (armed = undefined),
  };
}

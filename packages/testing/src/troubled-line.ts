import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Ways a line fails whatever is spoken on it: nobody there, nobody answers, somebody else answers. */
export const TROUBLES = ['down', 'silent', 'garbage'] as const;
export type Trouble = (typeof TROUBLES)[number];

export type TroubledLine = Readonly<{
  /** The same address, at this end of the line. */
  url: string;
  /** Cuts what is open and fails this way from now on; null: the line is as it should be. */
  set: (trouble: Trouble | null) => void;
  /** Calls `strike` when the system has given its n-th answer over HTTP from now on, which nobody gets any more. */
  arm: (answer: number, strike: () => void) => void;
  disarm: () => void;
}>;

const GARBAGE = Buffer.from('\u0000\u0007<html>Service temporarily replaced by a page</html>\r\n', 'latin1');

const ANSWERS = /^HTTP\/1\.1 /;

/** A line to a system outside, of which a test decides how well it works. Closed when the test ends. */
export async function troubledLine(address: string): Promise<TroubledLine> {
  const target = new URL(address);
  let trouble: Trouble | null = null;
  let armed: { left: number; strike: () => void } | undefined;
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => open.delete(socket));
  };
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((caller) => {
    keep(caller);
    if (trouble === 'down') return caller.destroy();
    if (trouble === 'silent') return caller.resume();
    if (trouble === 'garbage') return caller.end(GARBAGE);
    const system = connect(Number(target.port), target.hostname);
    keep(system);
    caller.pipe(system);
    system.on('data', (chunk) => {
      const struck = armed && ANSWERS.test(chunk.toString('latin1')) && (armed.left -= 1) === 0;
      if (!struck) return caller.write(chunk);
      armed?.strike();
      armed = undefined;
      return caller.destroy();
    });
    caller.on('close', () => system.destroy());
    return system.on('close', () => caller.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    cut();
    server.close();
  });
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : 0;
  return {
    // Not through URL: an address that is no web address keeps its shape.
    url: address.replace(`${target.hostname}:${target.port}`, `127.0.0.1:${port}`),
    set: (next) => {
      trouble = next;
      cut();
    },
    arm: (answer, strike) => (armed = { left: answer, strike }),
    disarm: () => (armed = undefined),
  };
}

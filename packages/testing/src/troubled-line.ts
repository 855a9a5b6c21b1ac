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
}>;

const GARBAGE = Buffer.from('\u0000\u0007<html>Service temporarily replaced by a page</html>\r\n', 'latin1');

/** A line to a system outside, of which a test decides how well it works. Closed when the test ends. */
export async function troubledLine(address: string): Promise<TroubledLine> {
  const target = new URL(address);
  let trouble: Trouble | null = null;
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
    caller.pipe(system).pipe(caller);
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
  };
}

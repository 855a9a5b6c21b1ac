import { connect, type Socket } from 'node:net';

/** An answer later than this ends the measuring. */
const ANSWER_DEADLINE_MS = 60_000;

/** One kept-alive connection to a server on this machine. */
export type Connection = Readonly<{
  /** Sends a GET and gives the body of its answer; an answer other than 200 throws. One at a time. */
  get: (path: string) => Promise<string>;
  close: () => void;
}>;

/**
 * Opens a connection that speaks just enough HTTP/1.1 to measure with: on a small machine a complete client
 * would cost as much as the server it asks.
 */
export async function openConnection(
  baseUrl: string,
  headers: Readonly<Record<string, string>>,
): Promise<Connection> {
  const { hostname, port, host } = new URL(baseUrl);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const fixed = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  const tail = ` HTTP/1.1\r\n${fixed.join('')}\r\n`;
  return {
    get: (path) => {
      if (socket.destroyed) return Promise.reject(new Error(`${path}: the server has closed the connection`));
      const answer = readAnswer(socket, path);
      socket.write(`GET ${path}${tail}`);
      return answer;
    },
    close: () => socket.destroy(),
  };
}

function readAnswer(socket: Socket, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received: Buffer = Buffer.alloc(0);
    let bodyAt = -1;
    let end = 0;
    const settle = (act: () => void) => {
      socket.off('data', take).off('error', fail).off('close', closed);
      clearTimeout(deadline);
      act();
    };
    const fail = (error: Error) => settle(() => reject(error));
    const closed = () => fail(new Error(`${path}: the connection was closed`));
    const deadline = setTimeout(() => fail(new Error(`${path}: no answer in time`)), ANSWER_DEADLINE_MS);
    const take = (chunk: Buffer) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      if (bodyAt < 0) {
        const headEnd = received.indexOf('\r\n\r\n');
        if (headEnd < 0) return;
        const head = received.toString('latin1', 0, headEnd);
        bodyAt = headEnd + 4;
        end = bodyAt + Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? Number.NaN);
        if (!head.startsWith('HTTP/1.1 200') || Number.isNaN(end)) {
          fail(
            new Error(
              `${path}: ${head.split('\r\n')[0] ?? 'no answer'} ${received.toString('utf8', bodyAt)}`,
            ),
          );
          return;
        }
      }
      if (received.length >= end) settle(() => resolve(received.toString('utf8', bodyAt, end)));
    };
    socket.on('data', take).once('error', fail).once('close', closed);
  });
}

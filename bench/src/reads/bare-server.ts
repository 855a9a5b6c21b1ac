import { createServer } from 'node:http';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import { sendAll, type Statement } from './statements.ts';

/**
 * The least a server in Node can do: the statements of a request through a pool, their rows as JSON. No rights,
 * no check of input or output, no log. Started as a process of its own with `DATABASE_URL`; is told the
 * statements by its parent, says where it listens, and ends with its parent.
 */
const POOL_SIZE = 20;
const pool = openPool(process.env['DATABASE_URL'] ?? '', POOL_SIZE);
let known: ReadonlyMap<string, readonly Statement[]> = new Map();

const server = createServer((request, response) => {
  const statements = known.get(request.url ?? '') ?? [];
  void (async () => {
    const client = await pool.connect();
    try {
      const body = JSON.stringify(await sendAll(client, statements), (_, value: unknown) =>
        typeof value === 'bigint' ? Number(value) : value,
      );
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      });
      response.end(body);
    } finally {
      client.release();
    }
  })();
});
process.on('message', (told: readonly (readonly [string, readonly Statement[]])[]) => {
  known = new Map(told);
  process.send?.('ready');
});
// Connections wait while the other ways are measured.
server.keepAliveTimeout = 0;
process.once('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));

import type pg from 'pg';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import type { Case } from './cases.ts';
import { openConnection, type Connection } from './connection.ts';
import type { Ask } from './load.ts';
import { sendAll, type Statement } from './statements.ts';

/** One way of getting the answers of a case: through the hub, through a bare server, or by its SQL alone. */
export type Way = Readonly<{ ask: (one: Case) => Ask; close: () => Promise<void> }>;

/** Over HTTP, each client on a connection of its own that stays open. */
export async function overHttp(
  baseUrl: string,
  clients: number,
  headers: Readonly<Record<string, string>> = {},
): Promise<Way> {
  const connections: Connection[] = [];
  for (let client = 0; client < clients; client += 1)
    connections.push(await openConnection(baseUrl, headers));
  return {
    ask:
      ({ requests }) =>
      (client, index) =>
        connections[client]?.get(requests[index % requests.length]?.path ?? '') ?? Promise.resolve(),
    close: async () => {
      for (const connection of connections) connection.close();
    },
  };
}

/** By the statements alone, each client on a database connection of its own. */
export async function bySql(
  url: string,
  clients: number,
  statements: ReadonlyMap<string, readonly Statement[]>,
): Promise<Way> {
  const pool = openPool(url, clients);
  const connections: pg.PoolClient[] = [];
  for (let client = 0; client < clients; client += 1) connections.push(await pool.connect());
  return {
    ask:
      ({ requests }) =>
      async (client, index) => {
        const connection = connections[client];
        const path = requests[index % requests.length]?.path ?? '';
        if (connection) await sendAll(connection, statements.get(path) ?? []);
      },
    close: async () => {
      for (const connection of connections) connection.release();
      await pool.end();
    },
  };
}

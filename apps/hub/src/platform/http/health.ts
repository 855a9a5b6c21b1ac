import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import type { Db } from '../db/connect.ts';

const READY_TIMEOUT_MS = 2_000;

/** `/health/live`: the process answers. `/health/ready`: it can reach its database. */
export function registerHealth(app: FastifyInstance, db: Db): void {
  app.get('/health/live', async () => ({ live: true }));
  app.get('/health/ready', async (_, reply) => {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), READY_TIMEOUT_MS).unref());
    const ready = await Promise.race([
      sql`select 1`.execute(db).then(
        () => true,
        () => false,
      ),
      late,
    ]);
    return reply.status(ready ? 200 : 503).send({ ready });
  });
}

import type { Operation } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import { docsPage } from './docs-page.ts';
import { openApiDocument } from './openapi.ts';

const VERSION = '0.1.0';

/** `/api/openapi.json` for machines, `/api/docs` for people; both made once from the contract. */
export function registerReference(app: FastifyInstance, operations: readonly Operation[]): void {
  let document: string | undefined;
  let page: string | undefined;
  app.get('/api/openapi.json', async (_, reply) =>
    reply.type('application/json').send((document ??= JSON.stringify(openApiDocument(operations, VERSION)))),
  );
  app.get('/api/docs', async (_, reply) =>
    reply.type('text/html; charset=utf-8').send((page ??= docsPage(operations))),
  );
}

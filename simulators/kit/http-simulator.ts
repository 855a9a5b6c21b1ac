import Fastify, { type FastifyInstance } from 'fastify';
import { LOOPBACK } from './sim-env.ts';

const MAX_BODY_BYTES = 5_000_000;

/** An HTTP server that hands every body over as the raw text received, and closes at once when told. */
export function createHttpSimulator(): FastifyInstance {
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, next) => next(null, body));
  return app;
}

/** Starts it on a loopback port (0 for any) and gives its address, `http://127.0.0.1:<port>`. */
export async function listenOnLoopback(app: FastifyInstance, port: number): Promise<string> {
  return app.listen({ host: LOOPBACK, port });
}

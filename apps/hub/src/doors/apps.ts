import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const YEAR_MS = 365 * 24 * 3_600_000;

/** Serves the built browser apps of `folder` (`ops/dist`, `portal/dist`) and the former field app's address. */
export async function registerApps(app: FastifyInstance, folder: string): Promise<void> {
  let first = true;
  for (const name of ['ops', 'portal']) {
    const root = join(folder, name, 'dist');
    if (!existsSync(root)) continue;
    await app.register(fastifyStatic, {
      root,
      prefix: `/${name}/`,
      decorateReply: first,
      // The build leaves its manifest and its stamp in files whose name begins with a dot.
      dotfiles: 'ignore',
      // It also leaves `.br` and `.gz` beside each file: a browser gets those, a third of the bytes.
      preCompressed: true,
      setHeaders: (reply, path) => {
        reply.header('vary', 'accept-encoding');
        // Built assets carry their hash in the name; everything else must be asked for again.
        if (path.includes('/assets/'))
          reply.header('cache-control', `public, max-age=${YEAR_MS / 1_000}, immutable`);
        else reply.header('cache-control', 'no-cache');
      },
    });
    first = false;
  }
  app.get('/', async (_, reply) => reply.redirect('/portal/', 302));
  app.get('/ops', async (_, reply) => reply.redirect('/ops/', 302));
  app.get('/portal', async (_, reply) => reply.redirect('/portal/', 302));
  app.get('/field', async (_, reply) => reply.redirect('/ops/#/j', 302));
  app.get('/field/*', async (_, reply) => reply.redirect('/ops/#/j', 302));
}

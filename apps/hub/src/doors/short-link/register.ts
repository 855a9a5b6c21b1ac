import { refusalWords } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import type { Env } from '../../env.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { pathBehind } from '../../platform/auth/short-links.ts';
import { refusedPage } from '../tech-page/page.ts';

/** Far above what people of one household or office open, far below what guessing 119 bits would take. */
const OPENINGS = { hits: 120, windowSeconds: 15 * 60 };

/** `/l/{token}`: from the short address of a text message to the link itself, which then guards itself. */
export function registerShortLinks(app: FastifyInstance, env: Env): void {
  app.get<{ Params: { token: string } }>('/l/:token', async (request, reply) => {
    const reading = { db: env.db, now: env.clock.now() };
    await countRequest(env.db, `short-link:${request.ip}`, OPENINGS, reading.now);
    void reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
    const path = await pathBehind(reading, request.params.token);
    if (path !== undefined) return reply.redirect(`${env.publicUrl()}${path}`, 302);
    return reply
      .status(404)
      .type('text/html; charset=utf-8')
      .send(refusedPage(refusalWords('link_not_valid', {}, 'fr')));
  });
}

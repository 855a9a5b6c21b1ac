import { refusalWords, type Language } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import { readTechLink } from '../../domains/dispatch/index.ts';
import type { Env } from '../../env.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { jobsOfTechnician } from '../../views/dispatch-jobs.ts';
import { dayPage, refusedPage } from './page.ts';

const OPENINGS = { hits: 60, windowSeconds: 15 * 60 };

/** `/t/{token}`: the jobs of a technician's day as a plain page, for phones that cannot run the app. No script, no session. */
export function registerTechPage(app: FastifyInstance, env: Env): void {
  app.get<{ Params: { token: string } }>('/t/:token', async (request, reply) => {
    const reading = { db: env.db, now: env.clock.now() };
    await countRequest(env.db, `tech-page:${request.ip}`, OPENINGS, reading.now);
    void reply
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer');
    const open = await readTechLink(reading, env, request.params.token);
    if (!open) return reply.status(403).send(refusedPage(refusalWords('link_not_valid', {}, 'fr')));
    const { link, technician } = open;
    const jobs = await jobsOfTechnician(reading, { technicianId: link.technicianId, date: link.day });
    const shown = link.jobId === null ? jobs : jobs.filter((job) => job.id === link.jobId);
    const language: Language = technician.language;
    return reply.send(dayPage({ day: link.day, name: technician.name ?? '', jobs: shown, language }));
  });
}

import { z } from 'zod';
import type { Env } from '../../env.ts';
import type { JobTable } from '../../platform/jobs/worker.ts';
import { mailPortalLink } from './mail-link.ts';

const asked = z.object({ identifier: z.string() });

export const portalSignInJobs = (env: Env): JobTable => ({
  'portal.mail-link': {
    queue: 'inside',
    run: (tx, payload) => mailPortalLink(tx, env, asked.parse(payload)),
  },
});

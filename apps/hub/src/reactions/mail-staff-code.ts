import { z } from 'zod';
import { sendMessage } from '../domains/messages/index.ts';
import { issueCode } from '../domains/staff/index.ts';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { secretToken } from '../platform/chance.ts';
import type { JobTable } from '../platform/jobs/worker.ts';

/** Makes a staff member's one-time code and writes it to them; an address nobody has gets nothing. */
export async function mailStaffCode(tx: Tx, env: Env, { email }: { email: string }): Promise<void> {
  const issued = await issueCode(tx, email);
  if (!issued) return;
  const { member, code } = issued;
  await sendMessage(tx, env, {
    template: 'staff_code',
    to: { email: member.email, language: member.language },
    variables: { code },
    idempotencyKey: `staff-code:${secretToken()}`,
  });
}

const asked = z.object({ email: z.string() });

export const staffCodeJobs = (env: Env): JobTable => ({
  'staff.mail-code': { queue: 'inside', run: (tx, payload) => mailStaffCode(tx, env, asked.parse(payload)) },
});

import { staffEvents } from '@gigafibre/contract';
import { sendMessage } from '../domains/messages/index.ts';
import { readMember, staffLink } from '../domains/staff/index.ts';
import type { Env } from '../env.ts';
import { on } from './reaction.ts';

export const onStaffInvited = (env: Env) =>
  on(staffEvents.staffInvited, 'mail the invitation', async (tx, { id, subject }) => {
    const member = await readMember(tx, subject);
    const url = await staffLink(env, { memberId: member.id, now: tx.now });
    await sendMessage(tx, env, {
      template: 'staff_invitation',
      to: { email: member.email, language: member.language },
      variables: { name: member.name, url },
      idempotencyKey: `invitation:${id}`,
    });
  });

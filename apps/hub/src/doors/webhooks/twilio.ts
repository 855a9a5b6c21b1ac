import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { noteSmsStatus } from '../../domains/messages/index.ts';
import type { Env } from '../../env.ts';
import { SYSTEM } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';

const form = z.record(z.string(), z.string().max(4_000));
const STATUS_PATH = '/webhook/twilio/status';

/** Delivery reports of SMS. What is not signed by the provider is refused and leaves no trace. */
export async function registerTwilioWebhook(app: FastifyInstance, env: Env): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: 64 * 1024 });
    scope.post(STATUS_PATH, async (request, reply) => {
      const params = form.safeParse(request.body);
      const signature = request.headers['x-twilio-signature'];
      const reading = env.outside.sms.readStatusCallback({
        url: `${env.publicUrl()}${STATUS_PATH}`,
        params: params.success ? params.data : {},
        signatureHeader: typeof signature === 'string' ? signature : undefined,
      });
      if (!reading.ok) return reply.status(reading.reason === 'bad_signature' ? 403 : 400).send();
      await transact(env.ground, { by: SYSTEM, requestId: request.id }, (tx) =>
        noteSmsStatus(tx, reading.status),
      );
      return reply.status(204).send();
    });
  });
}

import { Refusal } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import { keepProviderEvent } from '../../domains/payments/index.ts';
import type { Env } from '../../env.ts';
import { SYSTEM } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';

const EVENT_BYTES_MAX = 512 * 1024;

/**
 * Events of the payment provider. The body is taken byte for byte, as it was signed; kept before it is
 * acknowledged; acted on by a job. What is not signed, or too old, is refused and leaves no trace.
 */
export async function registerStripeWebhook(app: FastifyInstance, env: Env): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: EVENT_BYTES_MAX }, (_, body, done) =>
      done(null, body),
    );
    scope.post('/webhook/stripe', { bodyLimit: EVENT_BYTES_MAX }, async (request) => {
      const { payments } = env.outside;
      const signature = request.headers['stripe-signature'];
      const reading = payments.readWebhook(
        Buffer.isBuffer(request.body) ? request.body : '',
        typeof signature === 'string' ? signature : undefined,
        env.clock.now().getTime(),
      );
      if (!reading.ok) throw new Refusal('webhook_not_believed', { reason: reading.reason });
      const isNew = await transact(env.ground, { by: SYSTEM, requestId: request.id }, (tx) =>
        keepProviderEvent(tx, payments.vendor, reading.event),
      );
      return { received: true, new: isNew };
    });
  });
}

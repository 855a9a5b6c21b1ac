import { Refusal, type LiveMessage } from '@gigafibre/contract';
import type { FastifyInstance } from 'fastify';
import { parsePosition } from '../live/log-reader.ts';
import type { Live } from '../live/live.ts';
import { identifyCaller, visitOf, type ServerParts } from './server.ts';

const HEARTBEAT_MS = 20_000;
/** A screen whose connection holds back more than this is cut; it comes back and catches up. */
const BACKLOG_BYTES_MAX = 64 * 1024;

/** `GET /sse`: what happens, as it happens, to those who may see it. Resumes after `Last-Event-ID`. */
export function registerSse(
  app: FastifyInstance,
  parts: Pick<ServerParts, 'identify' | 'publicUrl'> & { live: Live },
): void {
  app.get('/sse', async (request, reply) => {
    const by = await identifyCaller(
      parts,
      request,
      visitOf(request, reply, { publicUrl: parts.publicUrl() }),
    );
    if (by.kind === 'nobody') throw new Refusal('unauthenticated');
    const lastId = request.headers['last-event-id'];
    const from = parsePosition(typeof lastId === 'string' ? lastId : undefined);
    const queued: LiveMessage[] = [];
    let ready = false;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    const write = (message: LiveMessage): boolean => {
      if (raw.destroyed || raw.writableLength > BACKLOG_BYTES_MAX) {
        raw.destroy();
        return false;
      }
      raw.write(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`);
      return true;
    };
    const remove = parts.live.add({
      by,
      send: (message) => (ready ? write(message) : (queued.push(message), true)),
    });
    const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT_MS);
    raw.on('close', () => {
      remove();
      clearInterval(heartbeat);
    });
    raw.write(`retry: 2000\nid: ${parts.live.position()}\nevent: hello\ndata: {}\n\n`);
    const missed = from ? await parts.live.since(by, from) : [];
    if (missed === undefined) raw.write('event: reload\ndata: {}\n\n');
    for (const message of [...(missed ?? []), ...queued]) write(message);
    ready = true;
  });
}

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * Ways an HTTP service can fail, the same for every simulator.
 *
 * Asked for by text inside any request, `sim:<name>` in the address or the body, or by the control page for
 * the next requests whatever they are.
 */
export const FAULTS = Object.freeze({
  http500: 'answers 500, nothing is done',
  http429: 'answers 429 with Retry-After: 1, nothing is done',
  garbage: 'answers 200 with a page that is not JSON, nothing is done',
  hang: 'never answers, nothing is done',
  hang_after: 'does it, then never answers',
  reset: 'cuts the connection, nothing is done',
  reset_after: 'does it, then cuts the connection',
});

/** The name of a fault. */
export type Fault = keyof typeof FAULTS;

/** Rows for the list of sentinels on a control page. */
export const FAULT_SENTINELS = Object.entries(FAULTS).map(
  ([name, effect]) => [`sim:${name} anywhere in a request`, effect] as const,
);

/** The service's own shape of an error body. */
export type ErrorBody = (status: 500 | 429) => unknown;

const SENTINEL = /sim(?::|%3A)(\w+)/i;

/** Faults ordered for the next requests, one each. */
export class FaultPlan {
  #next: Fault[] = [];

  /** Orders `count` requests, from the next on, to fail this way. */
  order(fault: Fault, count: number): void {
    this.#next.push(...Array.from({ length: Math.min(count, 1000) }, () => fault));
  }

  /** What is still to come. */
  get pending(): readonly Fault[] {
    return this.#next;
  }

  /** The fault for this request, if any. */
  take(text: string): Fault | undefined {
    const asked = SENTINEL.exec(text)?.[1];
    return isFault(asked) ? asked : this.#next.shift();
  }
}

/** Whether the text names a fault. */
export function isFault(name: unknown): name is Fault {
  return typeof name === 'string' && Object.hasOwn(FAULTS, name);
}

/** Lets faults happen on every request whose address passes `applies`. */
export function installFaults(
  app: FastifyInstance,
  options: { plan: FaultPlan; applies: (url: string) => boolean; errorBody: ErrorBody },
): void {
  const after = new WeakMap<FastifyRequest, Fault>();
  app.addHook('preHandler', async (request, reply) => {
    if (!options.applies(request.url)) return;
    const body = typeof request.body === 'string' ? request.body : JSON.stringify(request.body ?? '');
    const fault = options.plan.take(request.url + body);
    if (fault === undefined) return;
    if (fault === 'hang_after' || fault === 'reset_after') after.set(request, fault);
    else await failBefore(reply, fault, options.errorBody);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const fault = after.get(request);
    if (fault === undefined) return payload;
    // Never settles: the connection is closed by the caller's deadline or when the simulator stops.
    if (fault === 'hang_after') await new Promise(() => {});
    reply.raw.destroy();
    return payload;
  });
}

async function failBefore(reply: FastifyReply, fault: Fault, errorBody: ErrorBody): Promise<void> {
  if (fault === 'http500') await reply.code(500).send(errorBody(500));
  else if (fault === 'http429') await reply.code(429).header('retry-after', '1').send(errorBody(429));
  else if (fault === 'garbage') await reply.type('text/html').send('<html><h1>Bad gateway</h1>');
  else {
    reply.hijack();
    if (fault === 'reset') reply.raw.destroy();
  }
}

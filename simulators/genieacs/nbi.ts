import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parsedJson, recordOf } from '@gigafibre/outside/wire';
import type { SimulatedAcs } from './acs.ts';
import { BadQuery, matches, projected, readerOf, type Searchable } from './query.ts';
import { isTask } from './tasks.ts';

const EMPTY_COLLECTIONS = [
  'presets',
  'objects',
  'provisions',
  'virtual_parameters',
  'files',
  'permissions',
  'users',
  'config',
];
const DEFAULT_CALL_MS = 4_000;
const LONGEST_CALL_MS = 10_000;

/** Serves GenieACS's northbound interface: no credentials, JSON lists, errors in plain text. */
export function serveNbi(app: FastifyInstance, acs: SimulatedAcs): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('GenieACS-Version', '1.2.13');
  });
  const collections = new Map<string, () => readonly Searchable[]>([
    ['devices', () => acs.known()],
    ['tasks', () => (acs.known(), [...acs.tasks.values()].map(searchable))],
    ['faults', () => (acs.known(), [...acs.faults.values()].map(searchable))],
    ...EMPTY_COLLECTIONS.map((name): [string, () => readonly Searchable[]] => [name, () => []]),
  ]);
  for (const [name, documents] of collections) {
    app.route({
      method: ['GET', 'HEAD'],
      url: `/${name}`,
      handler: async (request, reply) => search(request, reply, documents()),
    });
  }
  app.post('/devices/:id/tasks', async (request, reply) => postTask(acs, request, reply));
  app.delete('/tasks/:id', async (request, reply) => {
    const id = paramOf(request, 'id');
    for (const fault of acs.faults.keys()) if (fault.endsWith(`:task_${id}`)) acs.faults.delete(fault);
    return acs.tasks.delete(id) ? plain(reply, 200, '') : plain(reply, 404, 'No such task');
  });
  app.post('/tasks/:id/retry', async (request, reply) => {
    for (const fault of acs.faults.keys())
      if (fault.endsWith(`:task_${paramOf(request, 'id')}`)) acs.faults.delete(fault);
    return plain(reply, 200, '');
  });
  app.delete('/faults/:id', async (request, reply) => {
    const id = paramOf(request, 'id');
    const task = /:task_(\w+)$/.exec(id)?.[1];
    if (task !== undefined) acs.tasks.delete(task);
    return acs.faults.delete(id) ? plain(reply, 200, '') : plain(reply, 404, 'No such fault');
  });
  app.delete('/devices/:id', async (request, reply) =>
    acs.devices.forget(paramOf(request, 'id')) ? plain(reply, 200, '') : plain(reply, 404, 'No such device'),
  );
  app.post('/devices/:id/tags/:tag', async (request, reply) => setTag(acs, request, reply, true));
  app.delete('/devices/:id/tags/:tag', async (request, reply) => setTag(acs, request, reply, false));
}

function search(
  request: FastifyRequest,
  reply: FastifyReply,
  documents: readonly Searchable[],
): FastifyReply {
  const { query, projection, sort, skip, limit } = recordOf(request.query);
  try {
    const filter = query === undefined ? {} : JSON.parse(String(query));
    const found = documents.filter(({ read }) => matches(read, filter));
    const sorted = sortedBy(found, sort === undefined ? {} : recordOf(JSON.parse(String(sort))));
    const from = Number(skip ?? 0);
    const page = sorted.slice(from, limit === undefined ? undefined : from + Number(limit));
    const shown = page.map(({ document }) =>
      projected(document(), projection === undefined ? undefined : String(projection)),
    );
    reply.header('total', String(found.length)).type('application/json');
    if (request.method === 'HEAD') return reply.send('');
    return reply.send(`[${shown.map((document) => JSON.stringify(document)).join(',\n')}\n]`);
  } catch (error) {
    if (error instanceof SyntaxError) return plain(reply, 400, `SyntaxError: ${error.message}`);
    if (error instanceof BadQuery) return plain(reply, 400, error.message);
    throw error;
  }
}

function sortedBy(
  found: readonly Searchable[],
  sort: Readonly<Record<string, unknown>>,
): readonly Searchable[] {
  const [[key, direction] = ['', 1]] = Object.entries(sort);
  if (key === '') return found;
  const path = key.slice(key.lastIndexOf('.') + 1).startsWith('_') ? key : `${key}._value`;
  const sign = Number(direction) < 0 ? -1 : 1;
  return found
    .map((one) => ({ one, text: String(one.read(path) ?? '') }))
    .sort((a, b) => (a.text < b.text ? -sign : Number(a.text > b.text) * sign))
    .map(({ one }) => one);
}

function searchable(document: object): Searchable {
  const fields = recordOf(document);
  return { read: readerOf(fields), document: () => fields };
}

async function postTask(
  acs: SimulatedAcs,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const deviceId = paramOf(request, 'id');
  const { connection_request: connect, timeout } = recordOf(request.query);
  const body = typeof request.body === 'string' && request.body !== '' ? parsedJson(request.body) : null;
  if (body === null && connect === undefined) return plain(reply, 400, '');
  if (body !== null && !isTask(body)) {
    // As the real one does: the worker that reads such a task ends, and the connection with it.
    reply.hijack();
    reply.raw.destroy();
    return reply;
  }
  if (acs.known().every(({ id }) => id !== deviceId)) return plain(reply, 404, 'No such device');
  const task = body === null ? null : acs.queue(deviceId, body);
  if (connect === undefined) return reply.code(202).send(task);
  if (!acs.answers(deviceId)) await pause(Number(timeout ?? DEFAULT_CALL_MS));
  const called = acs.call(deviceId, task);
  if (task === null) return called === 'done' ? plain(reply, 200, '') : reasoned(reply, 504, called).send('');
  return called === 'done' ? reply.code(200).send(task) : reasoned(reply, 202, called).send(task);
}

function setTag(
  acs: SimulatedAcs,
  request: FastifyRequest,
  reply: FastifyReply,
  present: boolean,
): FastifyReply {
  const id = paramOf(request, 'id');
  if (!acs.devices.has(id)) return plain(reply, 404, 'No such device');
  acs.devices.tag(id, paramOf(request, 'tag'), present);
  return plain(reply, 200, '');
}

function reasoned(reply: FastifyReply, status: number, reason: string): FastifyReply {
  reply.raw.statusMessage = reason;
  return reply.code(status);
}

function plain(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain').send(text);
}

function paramOf(request: FastifyRequest, name: string): string {
  return String(recordOf(request.params)[name]);
}

/** The wait for a device that does not answer; unreferenced, so that it never keeps a process. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.min(ms, LONGEST_CALL_MS)).unref();
  });
}

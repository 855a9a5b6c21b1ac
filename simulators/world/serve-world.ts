import type { FastifyInstance, FastifyReply } from 'fastify';
import { numberAt, parsedJson, recordOf, textAt, type JsonRecord } from '@gigafibre/outside/wire';
import { ONT_MODELS } from '../genieacs/equipment.ts';
import { formFields } from '../kit/http-form.ts';
import { controlPage, html, recordTable, type Html } from '../kit/page.ts';
import { OLT_FAULTS } from '../olt/start-olt.ts';
import { ONT_STATES, type WorldOnt } from '../onts/ont-registry.ts';
import type { SimulatedWorld, WorldAddresses } from './start-world.ts';

type Served = {
  readonly world: Omit<SimulatedWorld, 'addresses'>;
  readonly addresses: Omit<WorldAddresses, 'control'>;
  readonly clock: () => Date;
};

/**
 * The page of the world at `/`, its state at `/state`, and its ONTs under `/onts`: `POST /onts` adds one,
 * `POST /onts/:serial` changes it, `DELETE /onts/:serial` takes it away; `POST /olts/:name` with a `fault`
 * puts an OLT in trouble. Bodies are JSON, or forms of the page.
 */
export function serveWorld(app: FastifyInstance, served: Served): void {
  const { world } = served;
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(worldPage(served)));
  app.get('/state', async () => ({ addresses: served.addresses, ...world.state() }));
  app.get('/onts', async () => world.onts());
  app.post('/onts', async (request, reply) =>
    onOnt(reply, request.body, (asked) =>
      world.addOnt({
        ...changeOf(asked),
        serial: textAt(asked, 'serial') ?? '',
        model: ONT_MODELS.find((model) => model === asked['model']),
        mac: textAt(asked, 'mac') ?? undefined,
        olt: textAt(asked, 'olt') ?? undefined,
        oltAddress: textAt(asked, 'oltAddress') ?? undefined,
        port: textAt(asked, 'port') ?? undefined,
      }),
    ),
  );
  app.post('/onts/:serial', async (request, reply) =>
    onOnt(reply, request.body, (asked) =>
      world.changeOnt(String(recordOf(request.params)['serial']), changeOf(asked)),
    ),
  );
  app.delete('/onts/:serial', async (request, reply) => {
    const isGone = world.removeOnt(String(recordOf(request.params)['serial']));
    return reply.code(isGone ? 200 : 404).send({ removed: isGone });
  });
  app.post('/olts/:name', async (request, reply) => {
    const olt = world.olts.find(({ name }) => name === recordOf(request.params)['name']);
    if (olt === undefined) return reply.code(404).send({ error: 'no such OLT' });
    const fault = OLT_FAULTS.find((one) => one === bodyOf(request.body)['fault']) ?? null;
    olt.setFault(fault);
    return { name: olt.name, fault };
  });
}

function onOnt(reply: FastifyReply, body: unknown, work: (asked: JsonRecord) => WorldOnt): FastifyReply {
  const isForm = typeof body === 'string' && !body.trimStart().startsWith('{');
  try {
    const ont = work(bodyOf(body));
    return isForm ? reply.redirect('/', 303) : reply.send(ont);
  } catch (error) {
    // The registry says in a sentence what cannot be.
    if (error instanceof Error) return reply.code(400).send({ error: error.message });
    throw error;
  }
}

function bodyOf(body: unknown): JsonRecord {
  if (typeof body !== 'string') return {};
  return body.trimStart().startsWith('{') ? recordOf(parsedJson(body)) : formFields(body);
}

function changeOf(asked: JsonRecord) {
  return {
    state: ONT_STATES.find((state) => state === asked['state']),
    rxDbm: numberAt(asked, 'rxDbm') ?? undefined,
    lastDownCause: numberAt(asked, 'lastDownCause') ?? undefined,
  };
}

function worldPage({ world, addresses, clock }: Served): string {
  return controlPage(
    'The world outside, simulated',
    html`<p>It is ${clock().toISOString()} here. Everything is on this machine; nothing leaves it.</p>
      <table>
        ${Object.entries(addresses).map(
          ([name, address]) =>
            html`<tr>
              <td>${name}</td>
              <td>${address.startsWith('http') ? html`<a href="${address}">${address}</a>` : address}</td>
            </tr>`,
        )}
      </table>
      <p>Whole state: <a href="/state">/state</a>. Each part has its own page, with its sentinels first.</p>
      <h2>OLTs</h2>
      ${recordTable(world.olts.map(({ name, address, community }) => ({ name, address, community })))}
      <p>Troubles by <code>POST /olts/:name {"fault": "…"}</code>: ${OLT_FAULTS.join(', ')}.</p>
      <h2>Put an ONT on a wall, or change one</h2>
      ${ontForm(world.olts.map(({ name }) => name))}
      <h2>ONTs</h2>
      ${recordTable([...world.onts()])}`,
  );
}

function ontForm(olts: readonly string[]): Html {
  const choice = (name: string, values: readonly string[]) =>
    html`<label
      >${name}
      <select name="${name}">
        ${values.map((value) => html`<option>${value}</option>`)}
      </select></label
    > `;
  return html`<form method="post" action="/onts">
    <label>serial <input name="serial" placeholder="TPLG46E80F93" required /></label>
    ${choice('model', ONT_MODELS)} ${choice('olt', olts)}
    <label>port <input name="port" value="0/1/0" size="8" /></label>
    <label>rxDbm <input name="rxDbm" value="-19.5" size="6" /></label>
    ${choice('state', ['online', 'unconfigured', 'offline'])}
    <button>OK</button>
  </form>`;
}

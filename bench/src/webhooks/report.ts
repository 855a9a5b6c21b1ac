import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import { startEmbeddedPostgres } from '../../../apps/hub/src/platform/embedded-postgres/index.ts';
import { openLog } from '../../../apps/hub/src/platform/log.ts';
import { startHub } from '../reads/hub-process.ts';
import { load, medianOf, type Ask, type Bounds, type Load } from '../reads/load.ts';

const ROUNDS = 3;
const BOUNDS = [
  { clients: 1, requestsMax: 1_000, timeMaxMs: 2_000 },
  { clients: 32, requestsMax: 10_000, timeMaxMs: 4_000 },
] as const satisfies readonly Bounds[];
const WARM_UP = { requestsMax: 300, timeMaxMs: 1_000 } as const;

/**
 * How fast signed events of the payment provider are taken in (read, believed, kept with the job that will act on
 * them, acknowledged), beside the same two rows written straight to the same database, in turns.
 */
export async function webhooksReport(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gigafibre-bench-'));
  const secret = `whsec_${randomBytes(16).toString('hex')}`;
  const server = await startEmbeddedPostgres({ dataDir: folder, log: openLog('silent') });
  try {
    const env = {
      STRIPE_SECRET_KEY: 'sk_test_bench',
      STRIPE_WEBHOOK_SECRET: secret,
      STRIPE_API_URL: 'http://127.0.0.1:9',
    };
    const hub = await startHub({ url: server.url, data: folder, demo: 'none', env });
    try {
      const lines: string[] = [];
      for (const bounds of BOUNDS)
        lines.push(await measured(bounds, { hub: hub.baseUrl, secret, url: server.url }));
      return ['| clients | | median ms | p99 ms | /s |', '|--:|---|--:|--:|--:|', ...lines].join('\n');
    } finally {
      await hub.stop();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

type Measuring = Readonly<{ hub: string; secret: string; url: string }>;

async function measured(bounds: Bounds, { hub, secret, url }: Measuring): Promise<string> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: bounds.clients });
  const pool = openPool(url, bounds.clients);
  try {
    const ways: Readonly<Record<string, Ask>> = {
      hub: () => send(`${hub}/webhook/stripe`, { agent, secret }),
      'raw SQL': () => writeSameRows(pool),
    };
    const rounds = new Map<string, Load[]>(Object.keys(ways).map((name) => [name, []]));
    for (const ask of Object.values(ways)) await load(ask, { ...bounds, ...WARM_UP });
    for (let round = 0; round < ROUNDS; round += 1)
      for (const [name, ask] of Object.entries(ways)) rounds.get(name)?.push(await load(ask, bounds));
    return [...rounds]
      .map(([name, loads]) => {
        const { medianMs, p99Ms, perSecond } = medianOf(loads);
        const figures = [medianMs.toFixed(2), p99Ms.toFixed(1), Math.round(perSecond)];
        return `| ${[bounds.clients, name, ...figures].join(' | ')} |`;
      })
      .join('\n');
  } finally {
    agent.destroy();
    await pool.end();
  }
}

let made = 0;

/** An event like the recorded ones, of an account nobody here knows. */
function event(): { id: string; body: string } {
  made += 1;
  const id = `evt_bench_${process.pid}_${made}`;
  const metadata = Object.fromEntries(
    Array.from({ length: 40 }, (_, n) => [`key_${n}`, `value of it, ${n}`]),
  );
  const object = { id: `cus_${made}`, object: 'customer', currency: 'cad', metadata };
  const created = Math.floor(Date.now() / 1_000);
  return {
    id,
    body: JSON.stringify({
      id,
      object: 'event',
      type: 'customer.updated',
      livemode: false,
      created,
      data: { object },
    }),
  };
}

function send(url: string, { agent, secret }: { agent: http.Agent; secret: string }): Promise<void> {
  const { body } = event();
  const at = Math.floor(Date.now() / 1_000);
  const signed = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'stripe-signature': `t=${at},v1=${signed}` };
  return new Promise((resolve, reject) => {
    const request = http.request(url, { agent, method: 'POST', headers }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`answered ${response.statusCode}`)),
      );
    });
    request.once('error', reject);
    request.end(body);
  });
}

/** The two rows of an event, in a transaction. */
async function writeSameRows(pool: pg.Pool): Promise<void> {
  const { id, body } = event();
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({
      name: 'inbox',
      text: `insert into app.inbox (vendor, vendor_id, kind, payload) values ('bench', $1, 'customer.updated', $2)`,
      values: [id, body],
    });
    await client.query({
      name: 'job',
      text: `insert into pgboss.job (name, data) values ('inside', $1)`,
      values: [JSON.stringify({ job: 'bench.nothing', payload: { vendor: 'bench', vendorId: id } })],
    });
    await client.query('commit');
  } finally {
    client.release();
  }
}

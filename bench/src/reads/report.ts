import { loadavg } from 'node:os';
import { openPool } from '../../../apps/hub/src/platform/db/connect.ts';
import { startBareServer } from './bare-process.ts';
import { readingCases, type Case } from './cases.ts';
import { openBenchCompany, type BenchCompany } from './company.ts';
import { load, medianOf, type Bounds, type Load } from './load.ts';
import { MANY_ADDRESSES } from './many-addresses.ts';
import { statementsOf, type Statement } from './statements.ts';
import { bySql, overHttp, type Way } from './ways.ts';

const ROUNDS = 3;
/** Of one case, in one way, in one round. */
const BOUNDS = [
  { clients: 1, requestsMax: 300, timeMaxMs: 1_000 },
  { clients: 32, requestsMax: 2_000, timeMaxMs: 1_200 },
] as const satisfies readonly Bounds[];
const WARM_UP = { requestsMax: 200, timeMaxMs: 500 } as const;

type WayName = 'hub' | 'raw' | 'bare';
type Measured = Readonly<{
  one: Case;
  bounds: Bounds;
  loads: Readonly<Record<WayName, Load>>;
  /** Processor time of the hub for one request: what of its cost no neighbour on the machine can change. */
  hubCpuMs: number | undefined;
}>;

/**
 * How fast people's reads are through the hub, beside the same statements sent straight to the same database and
 * beside the barest server over HTTP, in turns: tables in Markdown. Wants a few minutes, and one or two more when
 * the company has to be made first.
 */
export async function readsReport({ data }: { data: string | undefined }): Promise<string> {
  const company = await openBenchCompany(data);
  try {
    const cases = await readingCases(company.db);
    const statements = await recorded(company, cases);
    const bare = await startBareServer(company.url, [...statements]);
    try {
      const measured: Measured[] = [];
      for (const bounds of BOUNDS) {
        const ways = {
          hub: await overHttp(company.hub.baseUrl, bounds.clients, {
            authorization: `token ${company.hub.apiKey}`,
          }),
          raw: await bySql(company.url, bounds.clients, statements),
          bare: await overHttp(bare.baseUrl, bounds.clients),
        };
        measured.push(...(await measureAll(cases, ways, { bounds, cpuMs: company.hub.cpuMs })));
        for (const way of Object.values(ways)) await way.close();
      }
      return written(company, measured);
    } finally {
      await bare.stop();
    }
  } finally {
    await company.stop();
  }
}

/** The statements behind every path, as the hub sends them. */
async function recorded(company: BenchCompany, cases: readonly Case[]): Promise<Map<string, Statement[]>> {
  const pool = openPool(company.url, 1);
  const now = new Date();
  const statements = new Map<string, Statement[]>();
  for (const { requests } of cases)
    for (const { path, read } of requests) statements.set(path, await statementsOf(pool, now, read));
  await pool.end();
  return statements;
}

async function measureAll(
  cases: readonly Case[],
  ways: Readonly<Record<WayName, Way>>,
  { bounds, cpuMs }: { bounds: Bounds; cpuMs: () => number | undefined },
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const one of cases) {
    for (const way of Object.values(ways)) await load(way.ask(one), { ...bounds, ...WARM_UP });
    const cpuBefore = cpuMs();
    const rounds: Record<WayName, Load[]> = { hub: [], raw: [], bare: [] };
    for (let round = 0; round < ROUNDS; round += 1)
      for (const name of ['hub', 'raw', 'bare'] as const)
        rounds[name].push(await load(ways[name].ask(one), bounds));
    const loads = { hub: medianOf(rounds.hub), raw: medianOf(rounds.raw), bare: medianOf(rounds.bare) };
    const cpuAfter = cpuMs();
    const hubCpuMs =
      cpuBefore === undefined || cpuAfter === undefined
        ? undefined
        : (cpuAfter - cpuBefore) / loads.hub.requests;
    measured.push({ one, bounds, loads, hubCpuMs });
    process.stderr.write(`${bounds.clients} × ${one.name}\n`);
  }
  return measured;
}

function written(company: BenchCompany, measured: readonly Measured[]): string {
  const heading =
    '| read | hub ms | raw SQL ms | × raw | bare HTTP ms | × bare | hub p99 | raw p99 | hub /s | raw /s | hub CPU ms |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|';
  const tables = BOUNDS.map((bounds) => {
    const rows = measured.filter((row) => row.bounds === bounds).map(rowOf);
    return [`${bounds.clients} client${bounds.clients > 1 ? 's' : ''} at once`, '', heading, ...rows].join(
      '\n',
    );
  });
  const machine = `load of the machine at the end ${loadavg()[0]?.toFixed(1) ?? ''}`;
  return [
    `${company.server}, ${MANY_ADDRESSES.toLocaleString('en')} addresses more; ${machine}`,
    ...tables,
  ].join('\n\n');
}

function rowOf({ one, hubCpuMs, loads: { hub, raw, bare } }: Measured): string {
  const cells = [
    one.name,
    milliseconds(hub.medianMs),
    milliseconds(raw.medianMs),
    (hub.medianMs / raw.medianMs).toFixed(2),
    milliseconds(bare.medianMs),
    (hub.medianMs / bare.medianMs).toFixed(2),
    milliseconds(hub.p99Ms),
    milliseconds(raw.p99Ms),
    Math.round(hub.perSecond),
    Math.round(raw.perSecond),
    hubCpuMs?.toFixed(2) ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

const milliseconds = (ms: number): string => ms.toFixed(ms < 10 ? 2 : 1);

import type { SimulatedWorld } from '@gigafibre/simulators';
import type { TestHub } from '@gigafibre/testing';

/** Rows by table, events by type, messages by template, and what the payment provider holds. */
export type Traces = Readonly<Record<string, number>>;

/** What asking twice without a name may leave twice (a visitor's request carries no command id), the ledger's sums,
 * which are kept in as many rows as connections wrote them, and its checks, which come when the clock looks. */
const MAY_DIFFER = [
  'sales.acceptance_codes',
  'sales.quote_steps',
  'ledger.account_balances',
  'ledger.checks',
];
/** Written by flows, which wake when they wake: a visit that is over in a minute needs no reminder. */
const FLOW_TEMPLATES = ['visit_planned', 'visit_reminder'];
const VISITOR_TEMPLATES = ['acceptance_code', 'portal_link'];
/** Told once more when asked once more, or when the clock looks. */
const UNCOUNTED_EVENTS = ['portal.%', 'message.%', 'field.signed_in', 'ledger.books_checked'];

/** Counts everything the company holds. Two histories that came to the same thing have the same traces. */
export async function tracesOf({ pool }: Pick<TestHub, 'pool'>, world: SimulatedWorld): Promise<Traces> {
  const tables = await pool.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
      where schemaname !~ '^(pg|information_schema|public|app|flows|messages)' and schemaname || '.' || tablename <> all ($1)
      order by 1`,
    [MAY_DIFFER],
  );
  const counts = tables.rows.map(({ name }) => `select '${name}' as what, count(*)::int as n from ${name}`);
  const { rows } = await pool.query<{ what: string; n: number }>(
    `${counts.join(' union all ')}
     union all
     select 'event ' || type, count(*)::int from app.events where type not like all ($1) group by 1
     union all
     select 'message ' || channel || ' ' || template, count(*)::int from messages.messages
      where template <> all ($2) group by 1
     order by 1`,
    [UNCOUNTED_EVENTS, [...FLOW_TEMPLATES, ...VISITOR_TEMPLATES]],
  );
  return { ...Object.fromEntries(rows.map(({ what, n }) => [what, n])), ...atTheProvider(world) };
}

/** What the payment provider knows of: what was done outside cannot be rolled back. */
function atTheProvider(world: SimulatedWorld): Traces {
  const kept = world.stripe.snapshot();
  const size = (name: string) => Object.keys(kept[name] ?? {}).length;
  return Object.fromEntries(
    ['customers', 'sessions', 'charges'].map((name) => [`stripe ${name}`, size(name)]),
  );
}

/** What has begun and is not finished, as words; empty when the company is at rest. */
export async function unrest({ pool }: Pick<TestHub, 'pool'>, world: SimulatedWorld): Promise<string[]> {
  const { rows } = await pool.query<{ what: string }>(
    `select 'job ' || coalesce(data->>'job', '') || ' ' || state as what from pgboss.job where state <> 'completed'
     union all select 'inbox ' || kind from app.inbox where handled_at is null
     union all select 'message ' || template from messages.messages where status in ('queued', 'sending')`,
  );
  const untold = Object.keys(world.stripe.snapshot()['undelivered'] ?? {}).length;
  return [...rows.map(({ what }) => what), ...(untold > 0 ? [`${untold} webhooks`] : [])];
}

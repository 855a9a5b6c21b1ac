import { CAPABILITIES, operations, type Operation } from '@gigafibre/contract';
import { serveHub, testHub, type Caller, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';

// Made from the contract: every operation gets, field by field, what no honest caller sends. The hub must answer
// with a refusal in words (or a harmless yes where the field is optional), never with its own fault, and a refused
// command must have written nothing.

const all: readonly Operation[] = Object.values(operations).flatMap(
  (domain) => Object.values(domain) as Operation[],
);

const hostile: readonly unknown[] = [
  null,
  [],
  {},
  true,
  -1,
  0,
  1e308,
  9_007_199_254_740_992,
  '',
  ' ',
  'x'.repeat(20_000),
  '\u0000',
  '‮\u200f',
  '<script>alert(1)</script>',
  `'; drop table customers.customers; --`,
  '../../etc/passwd',
  '%00',
  '${7*7}',
  'NaN',
  '2026-02-30',
  '9999-99-99',
  { $ne: null },
  [[[[]]]],
  '🦄'.repeat(500),
];

type Answer = { status: number; body: { error?: { code?: string; message?: string } } };

async function send(
  caller: Caller,
  url: string,
  { operation, input }: { operation: Operation; input: unknown },
): Promise<Answer> {
  const fields = (
    typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
  ) as Record<string, unknown>;
  const path = operation.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => encodeURIComponent(String(fields[name] ?? 'x').slice(0, 3_000)) || 'x',
  );
  const query =
    operation.method === 'GET'
      ? `?${new URLSearchParams(Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, 3_000) : (JSON.stringify(value) ?? '')])).toString()}`
      : '';
  const body =
    operation.method === 'GET'
      ? {}
      : { body: JSON.stringify(input), headers: { 'content-type': 'application/json' } };
  const response = await caller.fetch(`${url}${path}${query}`, { method: operation.method, ...body });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? (JSON.parse(text) as Answer['body']) : {} };
}

/** A plausible input by the operation's own schema: every field has a value of its type. */
function plausible(operation: Operation): Record<string, unknown> {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; enum?: unknown[] }>;
  };
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [
      name,
      field.enum?.[0] ??
        { string: 'C-1', integer: 1, number: 1, boolean: true, array: [], object: {} }[
          field.type ?? 'string'
        ] ??
        null,
    ]),
  );
}

/** How many rows every table holds that a caller could have written to. */
async function rowCounts(hub: TestHub): Promise<string> {
  const { rows } = await hub.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema', 'public') and tablename not in ('rate_hits', 'api_keys') and schemaname not like 'pgboss%' order by 1`,
  );
  const counts = await hub.pool.query(
    `select ${rows.map(({ name }, index) => `(select count(*) from ${name})::int as "c${index}"`).join(', ')}`,
  );
  return JSON.stringify(counts.rows[0]);
}

test(
  'every operation answers hostile fields with a readable refusal, and a refusal writes nothing',
  { timeout: 300_000 },
  async () => {
    const hub = await testHub();
    const served = await serveHub(hub);
    const caller = await served.as(CAPABILITIES);
    const faults: string[] = [];
    for (const operation of all) {
      const base = plausible(operation);
      const inputs: unknown[] = [
        null,
        [],
        'text',
        7,
        {},
        ...Object.keys(base).flatMap((field) => hostile.map((value) => ({ ...base, [field]: value }))),
      ];
      const before = await rowCounts(hub);
      let wrote = false;
      for (const input of inputs) {
        const { status, body } = await send(caller, served.url, { operation, input });
        const told = body.error;
        if (status >= 500 && told?.code !== 'outside_unavailable')
          faults.push(
            `${operation.name} ${JSON.stringify(input)?.slice(0, 200)}: ${status} ${JSON.stringify(body).slice(0, 200)}`,
          );
        else if (status >= 400 && (!told?.code || !told.message))
          faults.push(`${operation.name}: ${status} without words`);
        wrote ||= status < 400 && operation.kind === 'command';
      }
      if (!wrote && operation.kind === 'command' && (await rowCounts(hub)) !== before)
        faults.push(`${operation.name}: refused, but something was written`);
    }
    expect(faults).toEqual([]);
  },
);

test('a body that is no JSON, of another type or too large is refused before anything is read', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const caller = await served.as(CAPABILITIES);
  const post = async (body: string, type = 'application/json') => {
    const response = await caller.fetch(`${served.url}/api/customers`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return {
      status: response.status,
      code: ((await response.json()) as { error: { code: string } }).error.code,
    };
  };
  expect(await post('{"name":')).toEqual({ status: 400, code: 'malformed_body' });
  expect(await post('{"__proto__":{"x":1},"name":"y"}')).toEqual({ status: 400, code: 'malformed_body' });
  expect(await post('<customer/>', 'application/xml')).toEqual({ status: 415, code: 'unsupported_type' });
  expect(await post(JSON.stringify({ name: 'x'.repeat(300_000) }))).toEqual({
    status: 413,
    code: 'too_large',
  });
});

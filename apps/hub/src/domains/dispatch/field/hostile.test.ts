import { fieldOperations, type Operation } from '@gigafibre/contract';
import { home, job, phoneOf, publishTo, serveHub, technician, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';

const NINE = '2026-11-02T14:00:00.000Z';
const all: readonly Operation[] = Object.values(fieldOperations);

const hostile: readonly unknown[] = [
  null,
  [],
  {},
  true,
  -1,
  1e308,
  '',
  ' ',
  'x'.repeat(20_000),
  '\u0000',
  '<script>alert(1)</script>',
  `'; drop table dispatch.jobs; --`,
  '%00',
  'DJ-99999',
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '9999-12-31',
  '0001-01-01',
  'AAAA',
  { $ne: null },
  [[[[]]]],
  '🦄'.repeat(200),
];

/** A plausible input of an operation for one's own job. */
function plausible(operation: Operation, id: string): Record<string, unknown> {
  const schema = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
    properties?: Record<string, { type?: string; enum?: unknown[]; format?: string }>;
  };
  const known: Record<string, unknown> = {
    id,
    at: NINE,
    serial: 'TPLG00000001',
    code: 'TPLG00000001',
    itemId: 'identity',
    png: 'iVBORw0KGgoAAAANSUhEUg==',
    chunk: '/9j/4AAQ',
    totalBytes: 6,
    offset: 0,
    rxDbm: -20,
    reason: 'other',
    equipmentId: 'EQP-100001',
  };
  const uuid = '7f7a2f0e-8f0a-4a53-9d0f-5d3f2a7f0001';
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, { type, enum: values, format }]) => {
      const value = known[name] ?? values?.[0] ?? (format === 'uuid' ? uuid : undefined);
      return value === undefined && type !== 'string' ? [] : [[name, value ?? 'texte']];
    }),
  );
}

test(
  'whatever a phone sends, the hub answers in words and never with its own fault',
  { timeout: 120_000 },
  async () => {
    const hub = await testHub();
    const served = await serveHub(hub);
    const technicianId = await technician(hub);
    const id = await job(hub, { type: 'install', ...(await home(hub)) });
    await publishTo(hub, { jobId: id, technicianId, startsAt: NINE });
    const { phone } = await phoneOf(hub, served, technicianId);
    const faults: string[] = [];
    for (const operation of all.filter(({ name }) => name !== 'field.signIn')) {
      const base = plausible(operation, id);
      const inputs = Object.keys(base).flatMap((field) =>
        hostile.map((value) => ({ ...base, [field]: value })),
      );
      for (const input of [base, ...inputs]) {
        const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          encodeURIComponent(String(input[name as keyof typeof input] ?? 'x').slice(0, 3_000) || 'x'),
        );
        const get = operation.method === 'GET';
        const query = get
          ? `?${new URLSearchParams(Object.entries(input).map(([name, value]) => [name, String(value).slice(0, 3_000)]))}`
          : '';
        const response = await phone.fetch(`${served.url}${path}${query}`, {
          method: operation.method,
          headers: { 'x-gigafibre-app': 'field', ...(get ? {} : { 'content-type': 'application/json' }) },
          ...(get ? {} : { body: JSON.stringify(input) }),
        });
        const text = await response.text();
        if (response.status >= 500 || (response.status >= 400 && !text.includes('"message"')))
          faults.push(
            `${operation.name} ${JSON.stringify(input).slice(0, 200)}: ${response.status} ${text.slice(0, 200)}`,
          );
      }
    }
    expect(faults).toEqual([]);
  },
);

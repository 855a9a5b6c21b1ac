import { expect, test } from 'vitest';
import { sayRefusal } from '../feedback/refused.ts';
import { refusedOf } from './api.ts';
import { createQueryClient, markStale } from './query-client.ts';

const named = (name: string, more: object = {}): Error => Object.assign(new Error(name), { name, ...more });

test('a no of the hub keeps its code; silence is no answer; anything else is our fault', () => {
  expect(refusedOf(named('CallRefused', { code: 'not_found', data: { what: 'C-1' } }))).toEqual({
    code: 'not_found',
    data: { what: 'C-1' },
  });
  expect(refusedOf(named('NoAnswer')).code).toBe('no_answer');
  expect(refusedOf(new TypeError('x is undefined'))).toEqual({
    code: 'our_fault',
    data: { reference: 'x is undefined' },
  });
  expect(refusedOf('thrown text').code).toBe('our_fault');
});

test('a refusal is said in the reader’s language, French with its no-break spaces', () => {
  expect(sayRefusal({ code: 'not_found', data: { what: 'C-1' } }, 'fr')).toBe('Introuvable\u00a0: C-1');
  expect(sayRefusal({ code: 'not_found', data: { what: 'C-1' } }, 'en')).toBe('Not found: C-1');
  expect(sayRefusal({ code: 'no_answer', data: {} }, 'en')).toContain('nothing is done twice');
});

test('a live message makes stale the queries it names, whatever their input, and no other', () => {
  const queries = createQueryClient();
  queries.setQueryData(['billing.readInvoice', { id: 'INV-1' }], 1);
  queries.setQueryData(['staff.listStaff', {}], 2);
  markStale(queries, { id: '1', type: 'invoice.paid', subject: 'INV-1', stale: ['billing.readInvoice'] });
  expect(queries.getQueryState(['billing.readInvoice', { id: 'INV-1' }])?.isInvalidated).toBe(true);
  expect(queries.getQueryState(['staff.listStaff', {}])?.isInvalidated).toBe(false);
});

test('an input with money has a key, the same whatever the order of its fields', () => {
  const queries = createQueryClient();
  queries.setQueryData(['payments.preview', { amountCents: 500n, id: 'C-1' }], 'there');
  expect(queries.getQueryData(['payments.preview', { id: 'C-1', amountCents: 500n }])).toBe('there');
  expect(queries.getQueryData(['payments.preview', { id: 'C-1', amountCents: 501n }])).toBeUndefined();
});

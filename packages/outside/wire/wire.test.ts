import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  centsAt,
  instantOf,
  listAt,
  numberAt,
  parsedJson,
  recordAt,
  recordOf,
  referenceAt,
  secondsAt,
  textAt,
  textsAt,
} from './index.ts';

test('whatever JSON somebody sends, reading it gives our type or null, and never throws', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string(), (value, key) => {
      const record = recordOf(value);
      expect(['string', 'object']).toContain(typeof textAt(record, key));
      expect(['number', 'object']).toContain(typeof numberAt(record, key));
      expect(['bigint', 'object']).toContain(typeof centsAt(record, key));
      expect(Array.isArray(listAt(record, key))).toBe(true);
      for (const text of Object.values(textsAt(record, key))) expect(text).toBeTypeOf('string');
      referenceAt(recordAt(record, key), key);
      secondsAt(record, key);
      instantOf(record[key]);
    }),
  );
});

test('cents are whole and exact, or nothing', () => {
  expect(centsAt({ amount: 11_492 }, 'amount')).toBe(11_492n);
  expect(centsAt({ amount: 12.5 }, 'amount')).toBeNull();
  expect(centsAt({ amount: 1e20 }, 'amount')).toBeNull();
  expect(centsAt({ amount: '11492' }, 'amount')).toBeNull();
});

test('what a reference names may be given bare or whole', () => {
  expect(referenceAt({ customer: 'cus_1' }, 'customer')).toBe('cus_1');
  expect(referenceAt({ customer: { id: 'cus_1' } }, 'customer')).toBe('cus_1');
  expect(referenceAt({ customer: null }, 'customer')).toBeNull();
});

test('text that is no JSON is undefined', () => {
  expect(parsedJson('<html>')).toBeUndefined();
  expect(parsedJson('null')).toBeNull();
});

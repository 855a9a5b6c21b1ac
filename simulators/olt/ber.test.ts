import fc from 'fast-check';
import { expect, test } from 'vitest';
import { integer, oid, readElements, readInteger, readOid } from './ber.ts';

const bodyOf = (octets: Buffer) => readElements(octets)[0]?.body ?? Buffer.alloc(0);

test('a whole number read back is the same, in as few octets as the standard wants', () => {
  fc.assert(
    fc.property(fc.integer({ min: -2_147_483_648, max: 4_294_967_295 }), (value) => {
      const body = bodyOf(integer(value));
      expect(readInteger(body)).toBe(value);
      const [first = 0, second = 0] = body;
      const isPadded = (first === 0 && second < 0x80) || (first === 0xff && second >= 0x80);
      expect(body.length > 1 && isPadded).toBe(false);
    }),
  );
});

test('known encodings', () => {
  expect(integer(2_147_483_647).toString('hex')).toBe('02047fffffff');
  expect(integer(128).toString('hex')).toBe('02020080');
  expect(integer(-1).toString('hex')).toBe('0201ff');
  expect(oid([1, 3, 6, 1, 4, 1, 2011]).toString('hex')).toBe('06072b060104018f5b');
});

test('an identifier read back is the same, interface indexes above 2³¹ included', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4_294_967_295 }), { maxLength: 20 }), (rest) => {
      expect(readOid(bodyOf(oid([1, 3, ...rest])))).toEqual([1, 3, ...rest]);
    }),
  );
});

test('octets that are no elements are refused, never misread', () => {
  expect(() => readElements(Buffer.from([0x30, 0x05, 0x02]))).toThrow('longer than its packet');
  expect(() => readElements(Buffer.from([0x30]))).toThrow();
});

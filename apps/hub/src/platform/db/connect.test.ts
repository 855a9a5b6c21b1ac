import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantFromPostgres } from './connect.ts';

test('an instant of the database is the same instant on the wire, to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      fc.integer({ min: 0, max: 999 }),
      (date, micros) => {
        const iso = date.toISOString();
        const digits = `${iso.slice(20, 23)}${String(micros).padStart(3, '0')}`.replace(/0+$/, '');
        const written = `${iso.slice(0, 10)} ${iso.slice(11, 19)}${digits === '' ? '' : `.${digits}`}+00`;
        expect(instantFromPostgres(written)).toBe(iso);
      },
    ),
  );
});

test('an instant with another offset is told in UTC', () => {
  expect(instantFromPostgres('2026-11-21 12:00:00.5-05')).toBe('2026-11-21T17:00:00.500Z');
});

import { expect, test } from 'vitest';
import {
  civilDateOf,
  formatDate,
  formatExactInstant,
  formatInstant,
  formatMonth,
  formatPeriod,
} from './format-date.ts';

const NBSP = '\u00A0';

test('the first of a month is « 1er » in French and plain in English', () => {
  expect(formatDate('2026-12-01', 'fr')).toBe(`1er${NBSP}décembre${NBSP}2026`);
  expect(formatDate('2026-12-01', 'en')).toBe(`December${NBSP}1, 2026`);
});

test('a period says a shared month or year once in French', () => {
  const plain = (from: string, to: string): string => formatPeriod({ from, to }, 'fr').replaceAll(NBSP, ' ');
  expect(plain('2026-11-01', '2026-11-30')).toBe('du 1er au 30 novembre 2026');
  expect(plain('2026-11-15', '2026-12-14')).toBe('du 15 novembre au 14 décembre 2026');
  expect(plain('2026-12-15', '2027-01-14')).toBe('du 15 décembre 2026 au 14 janvier 2027');
  expect(plain('2026-12-15', '2026-12-15')).toBe('le 15 décembre 2026');
});

test('instants are told in the time of Quebec, on both sides of the clock change', () => {
  expect(formatInstant(new Date('2026-07-01T18:30:00Z'), 'fr')).toBe(
    `1er${NBSP}juillet${NBSP}2026, 14${NBSP}h${NBSP}30`,
  );
  expect(formatInstant(new Date('2026-12-01T05:05:00Z'), 'en')).toBe(
    `December${NBSP}1, 2026, 12:05${NBSP}a.m.`,
  );
  expect(formatExactInstant(new Date('2026-11-01T06:30:15Z'))).toBe('2026-11-01 01:30:15 UTC-05:00');
  expect(formatExactInstant(new Date('2026-11-01T05:30:15Z'))).toBe('2026-11-01 01:30:15 UTC-04:00');
  expect(civilDateOf(new Date('2027-01-01T04:59:59Z'))).toBe('2026-12-31');
});

test('what is not a civil date is refused', () => {
  for (const wrong of ['', '2026-13-01', '21/11/2026', '2026-11-21T00:00:00Z']) {
    expect(() => formatDate(wrong, 'fr')).toThrow(RangeError);
  }
});

test('a month is said with its year, and what is no month is refused', () => {
  expect(formatMonth('2026-08', 'fr')).toBe('août 2026');
  expect(formatMonth('2026-08', 'en')).toBe('August 2026');
  for (const month of ['2026-13', '2026', 'none']) expect(() => formatMonth(month, 'fr')).toThrow(RangeError);
});

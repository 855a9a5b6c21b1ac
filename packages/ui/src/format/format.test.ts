import { formatCard } from './format-card.ts';
import { expect, test } from 'vitest';
import fc from 'fast-check';
import { addressLines, formatAddress } from './format-address.ts';
import {
  formatClock,
  formatDate,
  formatDateTime,
  formatShortDate,
  formatHour,
  formatTime,
  formatWeekday,
} from './format-date.ts';
import { formatDuration } from './format-duration.ts';
import { formatMoney } from './format-money.ts';
import { dialablePhone, formatPhone } from './format-phone.ts';
import { formatRelative } from './format-relative.ts';
import { frenchSpacing } from './no-break.ts';

test('money is written the Quebec way in French and the Canadian way in English', () => {
  expect(formatMoney(123_456n, 'fr')).toBe('1\u00a0234,56\u00a0$');
  expect(formatMoney(123_456n, 'en')).toBe('$1,234.56');
  expect(formatMoney(-5n, 'fr')).toBe('\u22120,05\u00a0$');
  expect(formatMoney(-5n, 'en')).toBe('\u2212$0.05');
});

test('money never holds a space where a line could break', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      (cents) => !formatMoney(cents, 'fr').includes(' '),
    ),
  );
});

test('dates are written in words, the first of the month as such', () => {
  expect(formatDate('2026-11-21', 'fr')).toBe('21\u00a0novembre\u00a02026');
  expect(formatDate('2026-12-01', 'fr')).toBe('1er\u00a0décembre\u00a02026');
  expect(formatDate('2026-12-01', 'en')).toBe('December\u00a01, 2026');
  expect(formatShortDate('2026-02-03', 'fr')).toBe('3\u00a0févr.\u00a02026');
  expect(formatShortDate('2026-02-03', 'en')).toBe('Feb\u00a03,\u00a02026');
  expect(formatWeekday('2026-11-21', 'fr')).toBe('samedi 21\u00a0novembre');
  expect(formatWeekday('2026-11-21', 'en')).toBe('Saturday, November\u00a021');
});

test('times are those of the company’s wall clock, in either half of the year', () => {
  expect(formatTime(new Date('2026-11-21T19:30:00Z'), 'fr')).toBe('14\u00a0h\u00a030');
  expect(formatTime(new Date('2026-07-21T13:00:00Z'), 'fr')).toBe('9\u00a0h');
  expect(formatTime(new Date('2026-11-21T19:30:00Z'), 'en')).toBe('2:30\u00a0p.m.');
  expect(formatHour(new Date('2026-11-21T19:00:00Z'), 'en')).toBe('2\u00a0p.m.');
  expect(formatHour(new Date('2026-11-21T19:00:00Z'), 'fr')).toBe('14\u00a0h');
  expect(formatClock('00:05', 'en')).toBe('12:05\u00a0a.m.');
  expect(formatDateTime(new Date('2026-11-22T03:05:00Z'), 'fr')).toBe(
    '21\u00a0novembre\u00a02026, 22\u00a0h\u00a005',
  );
});

test('a moment is told by its distance while that is useful, by its date after a week', () => {
  const now = new Date('2026-11-21T19:30:00Z');
  const before = (ms: number): Date => new Date(now.getTime() - ms);
  expect(formatRelative(before(20_000), now, 'fr')).toBe('maintenant');
  expect(formatRelative(before(5 * 60_000), now, 'fr')).toBe('il y a 5 minutes');
  expect(formatRelative(before(-2 * 3_600_000), now, 'en')).toBe('in 2 hours');
  expect(formatRelative(new Date('2026-11-20T02:00:00Z'), now, 'fr')).toBe('avant-hier');
  expect(formatRelative(before(10 * 86_400_000), now, 'fr')).toBe('11\u00a0nov.\u00a02026');
});

test('a duration has two units at most', () => {
  expect(formatDuration(0, 'fr')).toBe('0\u00a0min');
  expect(formatDuration(45, 'fr')).toBe('45\u00a0min');
  expect(formatDuration(135, 'fr')).toBe('2\u00a0h\u00a015\u00a0min');
  expect(formatDuration(120, 'en')).toBe('2\u00a0h');
  expect(formatDuration(3 * 1_440 + 240, 'fr')).toBe('3\u00a0j\u00a04\u00a0h');
  expect(formatDuration(3 * 1_440, 'en')).toBe('3\u00a0d');
});

test('phones of any writing are shown one way, foreign ones as given', () => {
  for (const written of ['+14505550123', '450-555-0123', '(450) 555 0123', '1 450.555.0123'])
    expect(formatPhone(written)).toBe('(450)\u00a0555-0123');
  expect(formatPhone('+33 1 23 45 67 89')).toBe('+33 1 23 45 67 89');
  expect(dialablePhone('(450) 555-0123')).toBe('+14505550123');
  expect(dialablePhone('+33 1 23 45')).toBe('+3312345');
});

test('addresses follow each language’s custom and keep the French street name', () => {
  const address = {
    civicNumber: '1234',
    street: 'rue Principale',
    unit: '5',
    municipality: 'Sainte-Clotilde',
    postalCode: 'J0L 1W0',
  };
  expect(addressLines(address, 'fr')).toEqual([
    '1234, rue Principale, app.\u00a05',
    'Sainte-Clotilde (Québec)\u00a0\u00a0J0L\u00a01W0',
  ]);
  expect(formatAddress({ ...address, unit: null }, 'en')).toBe(
    '1234 rue Principale, Sainte-Clotilde QC\u00a0\u00a0J0L\u00a01W0',
  );
});

test('French messages typed with ordinary spaces come out with no-break ones', () => {
  expect(frenchSpacing('« Bonjour » : 1 234,56 $, 5 %')).toBe(
    '«\u00a0Bonjour\u00a0»\u00a0: 1\u00a0234,56\u00a0$, 5\u00a0%',
  );
  expect(frenchSpacing('voir https://exemple.ca à 14:30 :-)')).toBe(
    'voir https://exemple.ca à 14:30\u00a0:-)',
  );
});

test('a card is written with its brand and last digits; an unknown one by its kind', () => {
  expect(formatCard({ brand: 'visa', last4: '4242' }, 'Carte')).toBe('Visa •••• 4242');
  expect(formatCard({ brand: 'newbank', last4: null }, 'Carte')).toBe('newbank');
  expect(formatCard({ brand: null, last4: '6789' }, 'Compte bancaire')).toBe('Compte bancaire •••• 6789');
});

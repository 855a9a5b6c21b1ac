import { addDays, BANKING, daysFromTo, isBusinessDay } from '@gigafibre/calendar';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { claimUntil, debitDay, endsMandate, retryOn, returnCodeOf } from '../debits/bank-codes.ts';
import { dueDebit, type DueInvoice } from './due-debit.ts';

const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2024-01-01', days));
const first = (over: Partial<DueInvoice> = {}): DueInvoice => ({
  kind: 'card',
  noticedOn: '2026-11-02',
  dueOn: '2026-11-17',
  openCents: 8_043n,
  last: null,
  ...over,
});
const failed = (state: string, over: Partial<NonNullable<DueInvoice['last']>> = {}) => ({
  id: 'DEB-1',
  attempt: 1,
  state,
  retryOn: '2026-11-20',
  amountCents: 8_043n,
  represents: null,
  returnedOn: null,
  ...over,
});

test('a card is charged on the due date and not a day sooner', () => {
  expect(dueDebit(first(), '2026-11-16')).toBeNull();
  expect(dueDebit(first(), '2026-11-17')).toMatchObject({ attempt: 1, scheduledOn: '2026-11-17' });
});

test('an account is not debited for an invoice that was not sent, nor within ten days of the day it was', () => {
  const late = (noticedOn: string | null) => first({ kind: 'bank_account', noticedOn, dueOn: '2026-11-17' });
  expect(dueDebit(late(null), '2027-01-11')).toBeNull();
  expect(dueDebit(late('2026-12-01'), '2026-12-10')).toBeNull();
  expect(dueDebit(late('2026-12-01'), '2026-12-11')).toMatchObject({ attempt: 1 });
});

test('an account is never debited sooner than ten days after the invoice, on a day banks work', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 40 }), (issuedOn, days) => {
      const dueOn = addDays(issuedOn, days);
      const on = debitDay({ issuedOn, dueOn }, 'bank_account');
      expect(daysFromTo(issuedOn, on)).toBeGreaterThanOrEqual(10);
      expect(on >= dueOn).toBe(true);
      expect(isBusinessDay(on, BANKING)).toBe(true);
    }),
  );
});

test('whatever the day, an attempt never has the number or the day of the one before', () => {
  const states = fc.constantFrom(
    'planned',
    'sending',
    'sent',
    'succeeded',
    'in_window',
    'settled',
    'declined',
    'returned',
  );
  fc.assert(
    fc.property(day, states, fc.integer({ min: 1, max: 5 }), (today, state, attempt) => {
      const due = dueDebit(first({ last: failed(state, { attempt, retryOn: today }) }), today);
      if (state === 'declined' || state === 'returned') expect(due?.attempt).toBe(attempt + 1);
      else expect(due).toBeNull();
    }),
  );
});

test('an account’s debit is presented again for the same amount or not at all', () => {
  const again = (openCents: bigint) =>
    dueDebit(first({ kind: 'bank_account', openCents, last: failed('returned') }), '2026-11-20');
  expect(again(9_000n)).toMatchObject({ amountCents: 8_043n, represents: 'DEB-1', attempt: 2 });
  expect(again(8_000n)).toBeNull();
});

test('a re-presentment that was cancelled is not made again, and none goes thirty days after the return', () => {
  const last = failed('returned', { returnedOn: '2026-11-13' });
  const again = (today: string, over: Partial<typeof last> = {}) =>
    dueDebit(first({ kind: 'bank_account', last: { ...last, ...over } }), today);
  expect(again('2026-12-11')).toMatchObject({ represents: 'DEB-1' });
  expect(again('2026-12-14')).toBeNull();
  expect(again('2026-11-20', { state: 'cancelled', represents: 'DEB-0' })).toBeNull();
  expect(again('2026-11-20', { state: 'cancelled' })).toMatchObject({ represents: null, attempt: 2 });
});

test('only lack of funds is presented again, once, within thirty days', () => {
  const codes = [
    '900',
    '901',
    '902',
    '903',
    '904',
    '905',
    '907',
    '908',
    '909',
    '910',
    '911',
    '912',
    '914',
    '915',
    '916',
    '917',
    '990',
  ];
  for (const code of codes) {
    const on = '2026-12-22';
    const again = retryOn({ rail: 'acss', code, attempt: 1, represented: false, on });
    expect(again !== null).toBe(code === '901' || code === '908');
    if (again !== null) expect(daysFromTo(on, again)).toBeLessThanOrEqual(30);
    expect(retryOn({ rail: 'acss', code, attempt: 2, represented: true, on })).toBeNull();
  }
});

test('a card declined for funds is tried twice more; one that is lost, never', () => {
  const at = (code: string, attempt: number) =>
    retryOn({ rail: 'card', code, attempt, represented: false, on: '2026-11-17' });
  expect([1, 2, 3].map((attempt) => at('insufficient_funds', attempt))).toEqual([
    '2026-11-20',
    '2026-11-22',
    null,
  ]);
  for (const code of ['lost_card', 'stolen_card', 'expired_card', 'authentication_required', 'constructor'])
    expect(at(code, 1)).toBeNull();
});

test('words of the provider become return codes, and what is no code of any is an edit reject', () => {
  expect(
    ['insufficient_funds', 'account_closed', 'no_account', '917', 'quelconque'].map(returnCodeOf),
  ).toEqual(['901', '905', '902', '917', '900']);
  expect(['901', '908', '900', '903'].filter(endsMandate)).toEqual([]);
});

test('a consumer may claim back for ninety days, a business for ten business days', () => {
  expect(claimUntil('personal', '2026-11-17')).toBe('2027-02-15');
  expect(claimUntil('business', '2026-12-21')).toBe('2027-01-07');
});

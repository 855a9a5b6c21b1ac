import { expect, test } from 'vitest';
import { ACCOUNTS, CHART, TAX_ACCOUNTS } from './index.ts';
import type { Account } from './index.ts';

const accounts = Object.entries<Account>(CHART);

test('the first digit of a number says what the account is of', () => {
  const kinds: Record<string, string> = {
    1: 'asset',
    2: 'liability',
    4: 'revenue',
    5: 'expense',
    6: 'expense',
  };
  for (const [number, account] of accounts)
    expect([number, account.kind]).toEqual([number, kinds[number.charAt(0)]]);
});

test('assets and expenses grow on the debit side, but for the four contra accounts', () => {
  const contra = accounts.filter(
    ([, { kind, normal }]) => (normal === 'debit') !== (kind === 'asset' || kind === 'expense'),
  );
  expect(contra.map(([number]) => number)).toEqual(['1190', '1590', '4900', '4910']);
});

test('every account has its own name in both languages', () => {
  expect(new Set(accounts.map(([, { fr }]) => fr)).size).toBe(accounts.length);
  expect(new Set(accounts.map(([, { en }]) => en)).size).toBe(accounts.length);
});

test('receivables, unapplied credits and deposits are kept per customer', () => {
  expect(accounts.filter(([, { perCustomer }]) => perCustomer).map(([number]) => number)).toEqual([
    '1100',
    '2210',
    '2220',
  ]);
});

test('the accounts that documents name are the ones meant', () => {
  expect(CHART[ACCOUNTS.receivables].en).toBe('Accounts receivable');
  expect(CHART[ACCOUNTS.unappliedCredits].en).toBe('Unapplied customer credits');
  expect(CHART[ACCOUNTS.deferredRevenue].en).toBe('Deferred revenue');
  expect(Object.values(TAX_ACCOUNTS).map((number) => CHART[number].fr)).toEqual([
    'TPS à payer',
    'TVQ à payer',
    'TVH à payer',
  ]);
});

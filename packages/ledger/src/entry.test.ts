import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  balancesByAccount,
  balancesByCustomer,
  CHART,
  entry,
  entryRefusal,
  POSTINGS_LIMIT,
  reverse,
} from './index.ts';
import type { EntryDraft, Posting } from './index.ts';

const good: EntryDraft = {
  date: '2026-11-21',
  document: { kind: 'invoice', id: 'INV-00001' },
  memo: 'November',
  postings: [
    { account: '1100', debitCents: 8043n, creditCents: 0n, customerId: 'C-00001' },
    { account: '2200', debitCents: 0n, creditCents: 6995n },
    { account: '2100', debitCents: 0n, creditCents: 350n },
    { account: '2110', debitCents: 0n, creditCents: 698n },
  ],
};

function withFirst(change: Partial<Posting>): EntryDraft {
  return {
    ...good,
    postings: good.postings.map((one, index) => (index === 0 ? { ...one, ...change } : one)),
  };
}

test('a balanced draft becomes an entry that cannot be changed', () => {
  const posted = entry(good);
  expect([posted.totalCents, posted.currency]).toEqual([8043n, 'CAD']);
  expect([posted, posted.postings, posted.postings[0]].every(Object.isFrozen)).toBe(true);
});

test.each([
  ['no_date', { ...good, date: '21/11/2026' }],
  ['no_document', { ...good, document: { kind: 'invoice', id: '' } as const }],
  ['empty', { ...good, postings: [] }],
  [
    'too_long',
    { ...good, postings: good.postings.flatMap((one) => Array.from({ length: POSTINGS_LIMIT }, () => one)) },
  ],
  ['unknown_account', withFirst({ account: '9999' })],
  ['unknown_account', withFirst({ account: 'toString' })],
  ['negative_amount', withFirst({ debitCents: -8043n })],
  ['zero_amount', withFirst({ debitCents: 0n })],
  ['two_sided', withFirst({ creditCents: 1n })],
  ['no_customer', withFirst({ customerId: undefined })],
  ['no_customer', withFirst({ customerId: '' })],
  ['mixed_currency', withFirst({ currency: 'USD' })],
  ['unbalanced', withFirst({ debitCents: 8042n })],
])('a draft is refused as %s', (reason, draft) => {
  expect(entryRefusal(draft)).toBe(reason);
  expect(() => entry(draft)).toThrow(reason);
});

test('an entry may be in another currency as a whole', () => {
  const postings = good.postings.map((posting) => ({ ...posting, currency: 'USD' }));
  expect(entry({ ...good, postings }).currency).toBe('USD');
});

const amounts = fc.array(
  fc.record({
    account: fc.constantFrom(...Object.keys(CHART)),
    cents: fc.bigInt(1n, 10n ** 9n),
    customerId: fc.constantFrom('C-1', 'C-2', 'C-3'),
  }),
  { minLength: 1, maxLength: 12 },
);

/** Any lines on the debit side, settled by one line of cash on the credit side. */
function settled(lines: { account: string; cents: bigint; customerId: string }[]): Posting[] {
  const totalCents = lines.reduce((sum, { cents }) => sum + cents, 0n);
  return [
    ...lines.map(({ account, cents, customerId }) => ({
      account,
      debitCents: cents,
      creditCents: 0n,
      customerId,
    })),
    { account: '1010', debitCents: 0n, creditCents: totalCents },
  ];
}

test('an entry and its reversal leave every account and customer at zero', () => {
  fc.assert(
    fc.property(amounts, (lines) => {
      const posted = entry({ ...good, postings: settled(lines) });
      const document = { kind: 'adjustment', id: 'ADJ-1' } as const;
      const undone = reverse(posted, { date: '2026-11-22', document, memo: 'error' });
      expect(undone.totalCents).toBe(posted.totalCents);
      expect([...balancesByAccount([posted, undone]).values()].every((cents) => cents === 0n)).toBe(true);
      expect([...balancesByCustomer([posted, undone]).values()].every((cents) => cents === 0n)).toBe(true);
    }),
  );
});

test('one cent moved on one side alone is always refused', () => {
  fc.assert(
    fc.property(amounts, fc.nat(), (lines, pick) => {
      const postings = settled(lines);
      const index = pick % postings.length;
      const off = postings.map((posting, at) =>
        at === index && posting.debitCents > 0n
          ? { ...posting, debitCents: posting.debitCents + 1n }
          : posting,
      );
      const changed = off.some((posting, at) => posting !== postings[at]);
      expect(entryRefusal({ ...good, postings: off })).toBe(changed ? 'unbalanced' : undefined);
    }),
  );
});

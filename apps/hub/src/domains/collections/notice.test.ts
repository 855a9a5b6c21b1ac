import { expect, test } from 'vitest';
import type { LateInvoice } from './debts-store.ts';
import { oldestAsked } from './notice.ts';

const late = (id: string, over: Partial<LateInvoice> = {}): LateInvoice => ({
  id,
  due_on: '2026-09-15',
  outstanding_cents: 5_000n,
  disputed_cents: 0n,
  in_arrangement: false,
  ...over,
});

test('a notice names the oldest invoice of which something is asked: not contested, arranged, or covered by credit', () => {
  const invoices = [
    late('INV-1', { disputed_cents: 5_000n }),
    late('INV-2', { in_arrangement: true }),
    late('INV-3', { disputed_cents: 1_000n }),
    late('INV-4'),
  ];
  expect(oldestAsked(invoices, 0n)?.id).toBe('INV-3');
  expect(oldestAsked(invoices, 3_999n)?.id).toBe('INV-3');
  expect(oldestAsked(invoices, 4_000n)?.id).toBe('INV-4');
  expect(oldestAsked(invoices, 9_000n)).toBeUndefined();
});

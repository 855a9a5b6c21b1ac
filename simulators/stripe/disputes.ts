import { DISPUTE_FEE, moveBalance } from './balance.ts';
import type { StripeBooks } from './books.ts';
import type { Charge, Dispute } from './objects.ts';

const ANSWER_SECONDS = 14 * 86_400;

/** The payer contests a charge with their bank: the money and a fee leave our balance at once. */
export function openDispute(books: StripeBooks, charge: Charge, reason = 'fraudulent'): Dispute {
  charge.disputed = true;
  const dispute: Dispute = {
    id: books.newId('dp'),
    object: 'dispute',
    created: books.nowSeconds(),
    amount: charge.amount,
    currency: charge.currency,
    charge: charge.id,
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
    evidence_details: {
      due_by: books.nowSeconds() + ANSWER_SECONDS,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    metadata: {},
    livemode: false,
  };
  books.disputes.set(dispute.id, dispute);
  const { id: source, amount, currency } = dispute;
  moveBalance(books, { type: 'adjustment', amount: -amount, fee: DISPUTE_FEE, source, currency });
  books.tell('charge.dispute.created', dispute);
  books.tell('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The bank decides; won, the money is given back, the fee is not. */
export function closeDispute(books: StripeBooks, dispute: Dispute, as: 'won' | 'lost'): void {
  dispute.status = as;
  if (as === 'won') {
    const { id: source, amount, currency } = dispute;
    moveBalance(books, { type: 'adjustment', amount, source, currency });
    books.tell('charge.dispute.funds_reinstated', dispute);
  }
  books.tell('charge.dispute.closed', dispute);
}

import type { StripeBooks } from './books.ts';
import type { BalanceTransaction, Charge, Payout } from './objects.ts';

/** Fees of this Stripe: 2.9 % and 30 cents for a card; 1 % and 40 cents, at most 5 dollars, for a debit. */
function feeOf({ amount, payment_method_details: { type } }: Charge): number {
  if (type === 'acss_debit') return Math.min(Math.round(amount * 0.01) + 40, 500);
  return Math.round(amount * 0.029) + 30;
}

/** Contesting costs us this, won or lost. */
export const DISPUTE_FEE = 1_500;
/** A transfer is in our bank two days after it was sent. */
const ARRIVAL_SECONDS = 2 * 86_400;

type Movement = Pick<BalanceTransaction, 'type' | 'amount' | 'source' | 'currency'> & {
  readonly fee?: number;
};

/** Writes a movement of our balance. */
export function moveBalance(books: StripeBooks, { fee = 0, ...movement }: Movement): void {
  const id = books.newId('txn');
  books.balanceTransactions.set(id, {
    ...movement,
    id,
    object: 'balance_transaction',
    created: books.nowSeconds(),
    fee,
    net: movement.amount - fee,
    description: null,
    payout: null,
  });
}

/** A charge taken, less its fee. */
export function moveCharge(books: StripeBooks, charge: Charge): void {
  const { id: source, amount, currency } = charge;
  const type = charge.payment_method_details.type === 'card' ? 'charge' : 'payment';
  moveBalance(books, { type, amount, source, currency, fee: feeOf(charge) });
}

/** The bank gives a transfer back: its money is in our balance again. */
export function failPayout(books: StripeBooks, id: string): void {
  const payout = books.payouts.get(id);
  if (payout === undefined) throw new Error(`no payout ${id}`);
  payout.status = 'failed';
  moveBalance(books, { type: 'payout_failure', amount: payout.amount, source: id, currency: 'cad' });
  books.tell('payout.failed', payout);
}

/** Sends everything in our balance to the bank; null when there is nothing. */
export function payOut(books: StripeBooks): Payout | null {
  const waiting = [...books.balanceTransactions.values()].filter(({ payout }) => payout === null);
  const amount = waiting.reduce((sum, { net }) => sum + net, 0);
  if (waiting.length === 0 || amount === 0) return null;
  const created = books.nowSeconds();
  const payout: Payout = {
    id: books.newId('po'),
    object: 'payout',
    created,
    arrival_date: created + ARRIVAL_SECONDS,
    amount,
    currency: 'cad',
    status: 'paid',
    automatic: true,
    method: 'standard',
    metadata: {},
    livemode: false,
  };
  moveBalance(books, { type: 'payout', amount: -amount, source: payout.id, currency: 'cad' });
  for (const movement of books.balanceTransactions.values()) movement.payout ??= payout.id;
  books.payouts.set(payout.id, payout);
  books.tell('payout.created', payout);
  books.tell('payout.paid', payout);
  return payout;
}

import { sumCents } from '@gigafibre/money';
import type { Reading } from '../../../platform/acting.ts';
import { openInvoicesOf } from '../../billing/index.ts';
import { balanceOf } from '../../ledger/index.ts';
import { contestedCents } from '../debit-store.ts';
import { moving, type Asking, type MovingRow } from '../under-way-store.ts';

type Db = Pick<Reading, 'db' | 'now'>;
type Wanted = Readonly<{
  customerId: string;
  /** The invoice to pay; null for the whole balance. */
  invoiceId: string | null;
  /** Which other money counts as on its way. */
  besides: Asking['which'];
}>;

/**
 * Cents that may be taken from a customer, for an invoice or for the whole balance: what is owed, without what they
 * contest and without what is on its way already. Never negative. Money on its way for no invoice pays the oldest
 * first, as it will when it comes.
 */
export async function collectable(reading: Db, { customerId, invoiceId, besides }: Wanted): Promise<bigint> {
  const under = await moving(reading.db, { customerId, which: besides });
  if (invoiceId !== null) {
    const left = await leftOfInvoice(reading, { customerId, invoiceId, under });
    return atLeastZero(left.payableCents - left.disputedCents);
  }
  const owedCents = await balanceOf(reading, customerId);
  return atLeastZero(owedCents - (await contestedCents(reading.db, customerId)) - movingCents(under));
}

/**
 * Cents a customer may pay by themselves: what they contest too, if they want to, without what banks have. With the
 * money on its way, and the last day an answer for it is expected on.
 */
export async function payable(
  reading: Db,
  { customerId, invoiceId }: Omit<Wanted, 'besides'>,
): Promise<{ cents: bigint; underWayCents: bigint; answerOn: string | null }> {
  const under = await moving(reading.db, { customerId, which: 'at_bank' });
  const answerOn =
    under.map(({ answer_on }) => answer_on ?? '').reduce((a, b) => (a > b ? a : b), '') || null;
  const owedCents = await balanceOf(reading, customerId);
  const cents =
    invoiceId === null
      ? atLeastZero(owedCents - movingCents(under))
      : (await leftOfInvoice(reading, { customerId, invoiceId, under })).payableCents;
  return { cents, underWayCents: movingCents(under), answerOn };
}

async function leftOfInvoice(
  reading: Db,
  { customerId, invoiceId, under }: { customerId: string; invoiceId: string; under: readonly MovingRow[] },
): Promise<{ payableCents: bigint; disputedCents: bigint }> {
  const of = (id: string | null) => under.find(({ invoice_id }) => invoice_id === id)?.cents ?? 0n;
  let looseCents = of(null);
  for (const { id, outstandingCents, disputedCents } of await openInvoicesOf(reading, customerId)) {
    const ownCents = atLeastZero(outstandingCents - of(id));
    const coveredCents = looseCents < ownCents ? looseCents : ownCents;
    looseCents -= coveredCents;
    if (id === invoiceId) return { payableCents: ownCents - coveredCents, disputedCents };
  }
  return { payableCents: 0n, disputedCents: 0n };
}

const movingCents = (under: readonly MovingRow[]): bigint => sumCents(under.map(({ cents }) => cents));
const atLeastZero = (cents: bigint): bigint => (cents > 0n ? cents : 0n);

import { addDays, civilDateOf } from '@gigafibre/calendar';
import { Refusal } from '@gigafibre/contract';
import type { Tx } from '../../../platform/acting.ts';
import { readCustomer } from '../../customers/index.ts';
import type { Subscription } from '../subscription.ts';
import { termOn } from './terms.ts';

/** Who ends a service: only the customer's own early end bears an indemnity (CPA s. 214.7); a default bears interest. */
export type EndedBy = 'customer' | 'company' | 'default';
/** What lets the company end it at once. */
export type EndGround = 'fraud' | 'safety' | 'law';

/** Written notice before the company ends a consumer's contract of indeterminate time (facts §3.1). */
const COMPANY_NOTICE_DAYS = 60;

/**
 * Refuses an end by the company that the law does not let: a fixed term is kept to its last day (`term_kept`), and
 * a contract of indeterminate time ends after 60 days' notice (`company_notice`). A ground allows it at once; businesses
 * have what their contract says.
 */
export async function refuseCompanyEnd(
  tx: Tx,
  { before, on, ground }: { before: Subscription; on: string; ground: EndGround | null },
): Promise<void> {
  const { kind } = await readCustomer(tx, before.customerId);
  if (kind !== 'residential' || ground !== null) return;
  const until = (await termOn(tx, { id: before.id, on }))?.endsOn ?? null;
  if (until !== null && on < until) throw new Refusal('term_kept', { until });
  const from = addDays(civilDateOf(tx.now), COMPANY_NOTICE_DAYS);
  if (on < from) throw new Refusal('company_notice', { from, daysMin: COMPANY_NOTICE_DAYS });
}

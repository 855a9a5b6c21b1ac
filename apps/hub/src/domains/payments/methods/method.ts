import { civilDateOf } from '@gigafibre/calendar';
import type { OutputOf, paymentsOperations } from '@gigafibre/contract';
import type { MethodRow } from '../method-store.ts';

export type SavedMethod = OutputOf<typeof paymentsOperations.listMethods>['rows'][number];

/** A card is good to the end of its month. */
const isExpired = ({ exp_month, exp_year }: MethodRow, now: Date): boolean =>
  exp_month !== null &&
  exp_year !== null &&
  `${exp_year}-${String(exp_month).padStart(2, '0')}` < civilDateOf(now).slice(0, 7);

/** Whether it can be charged: here, not expired, and its mandate alive. */
export const isUsable = (row: MethodRow, now: Date): boolean =>
  row.removed_at === null &&
  (row.kind === 'bank_account' ? row.mandate_state === 'active' : !isExpired(row, now));

/** A row as the noun; kinds are held by a check constraint. */
export const methodOf = (row: MethodRow, now: Date): SavedMethod => ({
  id: row.id,
  kind: row.kind as SavedMethod['kind'],
  brand: row.brand,
  last4: row.last4,
  expMonth: row.exp_month,
  expYear: row.exp_year,
  expired: isExpired(row, now),
  institution: row.institution,
  transit: row.transit,
  isDefault: row.is_default,
  usable: isUsable(row, now),
  savedAt: row.saved_at,
});

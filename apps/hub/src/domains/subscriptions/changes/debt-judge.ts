import type { Tx } from '../../../platform/acting.ts';

/** What a person wants to do to a service because of a debt. */
export type ForDebt = 'suspend' | 'end';

/**
 * Whether a customer's debt allows that at this moment: decided by the ladder of debts, which stands above services and
 * is given where routes are put together. Refuses `debt_not_ripe`, with what is missing in words.
 */
export type JudgeDebt = (tx: Tx, input: { customerId: string; what: ForDebt }) => Promise<void>;

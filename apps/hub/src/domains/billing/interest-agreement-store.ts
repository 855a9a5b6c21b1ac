import type { Db } from '../../platform/db/connect.ts';

export type InterestAgreement = { customer_id: string; from_on: string; yearly_percent: string | null };

/** Contracts of one customer that say something of interest. */
const AGREEMENTS_MAX = 200;

/** What the contracts of some customers say of interest, oldest first: of one day, the last agreed comes last. */
export const interestAgreementsOf = (db: Db, customerIds: readonly string[]): Promise<InterestAgreement[]> =>
  db
    .selectFrom('billing.interest_agreements')
    .select(['customer_id', 'from_on', 'yearly_percent'])
    .where('customer_id', 'in', customerIds)
    .orderBy('from_on')
    .orderBy('id')
    .limit(AGREEMENTS_MAX * Math.max(1, customerIds.length))
    .execute();

/** Keeps what a contract says; the same contract once. */
export const insertInterestAgreement = (
  db: Db,
  row: {
    customer_id: string;
    from_on: string;
    yearly_percent: string | null;
    source: string;
    agreed_at: Date;
    agreed_by: string;
  },
): Promise<unknown> =>
  db
    .insertInto('billing.interest_agreements')
    .values(row)
    .onConflict((c) => c.columns(['customer_id', 'source']).doNothing())
    .execute();

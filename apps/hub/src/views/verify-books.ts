import { verifyBilling } from '../domains/billing/index.ts';
import { verifyLedger, type CheckDifference } from '../domains/ledger/index.ts';
import { verifyPayments } from '../domains/payments/index.ts';
import { verifyPurchases } from '../domains/purchases/index.ts';
import type { Reading } from '../platform/acting.ts';

/** The books as a whole, recomputed from zero: how much there is, and where what is kept is not what its rows make. */
export async function verifyBooks({ db }: Pick<Reading, 'db'>): Promise<{
  entries: bigint;
  postings: bigint;
  differences: CheckDifference[];
}> {
  const { differences, ...counted } = await verifyLedger({ db });
  return {
    ...counted,
    differences: [
      ...differences,
      ...(await verifyBilling({ db })),
      ...(await verifyPayments({ db })),
      ...(await verifyPurchases({ db })),
    ],
  };
}

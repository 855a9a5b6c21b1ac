import { approvalLimits, Refusal } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readSetting } from '../../platform/settings.ts';

export type ApprovalLimits = z.output<typeof approvalLimits>;

export const LIMITS_SETTING = 'billing.approval_limits';
/** Until somebody sets them: 100 $ for a credit, 50 $ for a write-off, what the contract says of the others. */
const UNTIL_SET = { creditCents: 10_000, writeOffCents: 5_000 };

/** The limits above which a credit, a write-off, a discount or a refund is approved. */
export async function readApprovalLimits({ db }: Pick<Reading, 'db'>): Promise<ApprovalLimits> {
  return approvalLimits.parse((await readSetting(db, LIMITS_SETTING)) ?? UNTIL_SET);
}

/** Refuses who may not approve what is above the limit; the program itself acts under rules already approved. */
export async function requireApproval(
  tx: Tx,
  { what, amountCents }: { what: keyof ApprovalLimits; amountCents: bigint },
): Promise<void> {
  const limitCents = (await readApprovalLimits(tx))[what];
  const trusted =
    tx.by.kind === 'system' || tx.by.kind === 'flow' || tx.by.capabilities.has('billing.approve');
  if (amountCents > limitCents && !trusted)
    throw new Refusal('approval_needed', { limitCents: Number(limitCents) });
}

/** The one state of an invoice that says most about it: contested before late, late before how much is paid. */
export const invoiceState = ({
  status,
  overdue,
  disputedCents,
}: Readonly<{ status: string; overdue: boolean; disputedCents: bigint }>): string => {
  if (disputedCents > 0n) return 'disputed';
  return overdue ? 'overdue' : status;
};

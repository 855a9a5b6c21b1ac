/** What can still leave a payment, in cents of the customer's account: rounding of cash never was theirs. */
export const paymentLeft = ({
  amountCents,
  roundingCents,
  withdrawnCents,
}: Readonly<{ amountCents: bigint; roundingCents: bigint; withdrawnCents: bigint }>): bigint =>
  amountCents - roundingCents - withdrawnCents;

/**
 * Where money given back comes from: first what is on no invoice, then what paid invoices, which are owed again. Put
 * on the account instead, it all comes off invoices: the rest is the customer's already.
 */
export function refundEffect(
  { creditCents }: Readonly<{ creditCents: bigint }>,
  { amountCents, toAccount }: Readonly<{ amountCents: bigint; toAccount: boolean }>,
): Readonly<{ fromCreditCents: bigint; offInvoicesCents: bigint }> {
  const fromCredit = creditCents < amountCents ? creditCents : amountCents;
  const fromCreditCents = toAccount ? 0n : fromCredit;
  return { fromCreditCents, offInvoicesCents: amountCents - fromCreditCents };
}

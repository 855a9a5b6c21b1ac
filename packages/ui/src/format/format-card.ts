/** Brands as their owners write them; the provider says them in small letters. */
const BRANDS: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
  diners: 'Diners Club',
  jcb: 'JCB',
  unionpay: 'UnionPay',
  interac: 'Interac',
};

/** A card or a bank account as its owner recognises it, `Visa •••• 4242`; `word` stands for an unknown brand. */
export function formatCard(
  { brand, last4 }: Readonly<{ brand: string | null; last4: string | null }>,
  word: string,
): string {
  const name = brand === null ? word : (BRANDS[brand] ?? brand);
  return last4 === null ? name : `${name} •••• ${last4}`;
}

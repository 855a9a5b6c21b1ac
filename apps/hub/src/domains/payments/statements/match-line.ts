import type { OutputOf, paymentsOperations } from '@gigafibre/contract';

export type Candidate = OutputOf<typeof paymentsOperations.acceptStatementLine>['candidates'][number];
type Reason = Candidate['reasons'][number];

/** A movement that came in, as the matcher looks at it. */
export type Incoming = Readonly<{ description: string; reference: string | null; amountCents: bigint }>;

/** A customer a movement may be of: what they are called, what they owe. */
export type Payer = Readonly<{
  id: string;
  name: string;
  /** Their number with the system before, which many still type at their bank. */
  legacy: string | null;
  balanceCents: bigint;
  /** Oldest first. */
  open: readonly Readonly<{ id: string; outstandingCents: bigint }>[];
  /** Payments staff recorded, one of which may be this very movement. */
  byHand: readonly Readonly<{ id: string; amountCents: bigint }>[];
}>;

/** What is surely one customer's is recorded; below, a person looks. */
export const CERTAIN = 85;
const SHOWN_MAX = 5;
const CONFIDENCE_MAX = 99;
/** Fewer digits are a day, a branch, a count. */
const DIGITS_MIN = 4;

/** What each reason is worth, in hundredths; a number alone is never enough, for people mistype numbers. */
const WORTH: Readonly<Record<Reason, number>> = {
  account_number: 60,
  invoice_number: 60,
  name: 25,
  invoice_amount: 30,
  balance: 30,
  recorded_by_hand: 40,
};

/** The numbers a movement speaks of, as customers, invoices and numbers of the system before are written. */
export function numbersIn({ description, reference }: Pick<Incoming, 'description' | 'reference'>): string[] {
  const text = `${reference ?? ''} ${description}`.toUpperCase();
  const named = [...text.matchAll(/\b(C|INV)[- ]?0*(\d{4,15})\b/g)].map(
    ([, kind, digits]) => `${kind}-${digits}`,
  );
  const digits = [...text.matchAll(/(?<![\dA-Z-])\d{4,18}(?![\d])/g)].flatMap(([run]) => [
    run,
    run.replace(/^0+/, ''),
  ]);
  const customers = digits.filter((run) => run.length >= DIGITS_MIN).map((run) => `C-${run}`);
  return [...new Set([...named, ...digits.filter((run) => run.length >= DIGITS_MIN), ...customers])];
}

/** Who a movement may be of, the surest first: why, and how sure in hundredths. */
export function candidatesFor(line: Incoming, payers: readonly Payer[]): Candidate[] {
  const numbers = new Set(numbersIn(line));
  const words = wordsOf(`${line.description} ${line.reference ?? ''}`);
  return payers
    .flatMap((payer) => candidateOf(line, payer, { numbers, words }) ?? [])
    .toSorted(
      (one, other) => other.confidence - one.confidence || (one.customerId < other.customerId ? -1 : 1),
    )
    .slice(0, SHOWN_MAX);
}

/**
 * The candidate that is certain, if there is one: named by a number and confirmed by the amount or the name, alone in
 * that, and not already recorded by somebody's hand.
 */
export function certainOf(candidates: readonly Candidate[]): Candidate | undefined {
  const sure = candidates.filter(
    ({ confidence, reasons }) =>
      confidence >= CERTAIN && (reasons.includes('account_number') || reasons.includes('invoice_number')),
  );
  const others = candidates.filter(
    ({ customerId, reasons }) =>
      customerId !== sure[0]?.customerId &&
      (reasons.includes('account_number') || reasons.includes('invoice_number')),
  );
  const [first] = sure;
  return sure.length === 1 && others.length === 0 && first?.paymentId === null ? first : undefined;
}

function candidateOf(
  { amountCents }: Incoming,
  payer: Payer,
  { numbers, words }: { numbers: ReadonlySet<string>; words: ReadonlySet<string> },
): Candidate | undefined {
  const named = payer.open.find(({ id }) => numbers.has(id));
  const exact =
    named?.outstandingCents === amountCents
      ? named
      : payer.open.find(({ outstandingCents }) => outstandingCents === amountCents);
  const byHand = payer.byHand.find((payment) => payment.amountCents === amountCents);
  const reasons: Reason[] = [];
  if (numbers.has(payer.id) || (payer.legacy !== null && numbers.has(payer.legacy)))
    reasons.push('account_number');
  if (named) reasons.push('invoice_number');
  if (isNamed(payer.name, words)) reasons.push('name');
  if (exact) reasons.push('invoice_amount');
  else if (payer.balanceCents === amountCents) reasons.push('balance');
  if (byHand) reasons.push('recorded_by_hand');
  const told = reasons.includes('account_number') || reasons.includes('invoice_number');
  const worth = reasons.reduce(
    (sum, reason) =>
      sum + (reason === 'invoice_number' && reasons.includes('account_number') ? 0 : WORTH[reason]),
    0,
  );
  if (reasons.length === 0 || (!told && !reasons.some((reason) => reason !== 'name'))) return undefined;
  return {
    customerId: payer.id,
    customerName: payer.name,
    invoiceId: named?.id ?? exact?.id ?? null,
    paymentId: byHand?.id ?? null,
    confidence: Math.min(worth, CONFIDENCE_MAX),
    reasons,
  };
}

const WORD_CHARS_MIN = 3;

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .normalize('NFD')
      .replaceAll(/\p{M}/gu, '')
      .toUpperCase()
      .split(/[^A-Z]+/)
      .filter((word) => word.length >= WORD_CHARS_MIN),
  );

/** Every word of a name is in the description; a name of one word says too little. */
function isNamed(name: string, words: ReadonlySet<string>): boolean {
  const own = [...wordsOf(name)];
  return own.length >= 2 && own.every((word) => words.has(word));
}

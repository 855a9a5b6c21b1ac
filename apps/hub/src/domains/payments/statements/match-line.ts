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
/** Digits that happen to be a customer's number: a person is shown them, nothing is recorded for them. */
const DIGITS_WORTH = 15;
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

/** Customers' numbers with their letter, invoices' numbers, wherever a line writes them. */
const WRITTEN = /\b(C|INV)(?:(?<=INV)[- ]|-)?(\d{4,15})\b/g;
/** Invoices' numbers have at least so many digits, the first of them zeros. */
const INVOICE_DIGITS = 5;
const RUN = /(?<![\dA-Z-])\d{4,18}(?!\d)/g;
/** What is written of a cheque numbers the cheque, wherever it stands. */
const CHEQUE = /\bCH[EÈ]QUES?\b|\bCHQ\b|\bCHECK\b/;

/** A number written in full, or bare where a bank writes what its client typed, is a customer's; others may be. */
function numbersOf({ description, reference }: Pick<Incoming, 'description' | 'reference'>): {
  surely: readonly string[];
  perhaps: readonly string[];
} {
  const [typed, said] = [(reference ?? '').toUpperCase(), description.toUpperCase()];
  const written = [...`${typed} ${said}`.matchAll(WRITTEN)].map(([, kind, digits = '']) => {
    const plain = digits.replace(/^0+/, '');
    return kind === 'C' ? `C-${plain}` : `INV-${plain.padStart(INVOICE_DIGITS, '0')}`;
  });
  const bare = bareIn(typed);
  const isCheque = CHEQUE.test(said) || CHEQUE.test(typed);
  return {
    surely: isCheque ? written : [...written, ...bare],
    perhaps: [...(isCheque ? bare : []), ...bareIn(said)],
  };
}

const bareIn = (text: string): string[] =>
  [...text.matchAll(RUN)]
    .flatMap(([run]) => [run, run.replace(/^0+/, '')])
    .filter((run) => run.length >= DIGITS_MIN)
    .flatMap((run) => [run, `C-${run}`]);

/** The numbers a movement may speak of, as customers, invoices and numbers of the system before are written. */
export function numbersIn(line: Pick<Incoming, 'description' | 'reference'>): string[] {
  const { surely, perhaps } = numbersOf(line);
  return [...new Set([...surely, ...perhaps])];
}

/** Who a movement may be of, the surest first: why, and how sure in hundredths. */
export function candidatesFor(line: Incoming, payers: readonly Payer[]): Candidate[] {
  const { surely, perhaps } = numbersOf(line);
  const numbers = { surely: new Set(surely), perhaps: new Set(perhaps) };
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

/** Whether a line bears the number of one of some customers, or of an invoice of theirs: it is no file of ours. */
export function isNumberedBy(line: Incoming, payers: readonly Payer[]): boolean {
  const numbers = new Set(numbersOf(line).surely);
  return payers.some((payer) => isNumbered(payer, numbers) || payer.open.some(({ id }) => numbers.has(id)));
}

function candidateOf(
  { amountCents }: Incoming,
  payer: Payer,
  { numbers, words }: { numbers: Numbers; words: ReadonlySet<string> },
): Candidate | undefined {
  const named = payer.open.find(({ id }) => numbers.surely.has(id));
  const exact =
    named?.outstandingCents === amountCents
      ? named
      : payer.open.find(({ outstandingCents }) => outstandingCents === amountCents);
  const byHand = payer.byHand.find((payment) => payment.amountCents === amountCents);
  const reasons: Reason[] = [];
  const isSure = isNumbered(payer, numbers.surely);
  if (isSure || isNumbered(payer, numbers.perhaps)) reasons.push('account_number');
  if (named) reasons.push('invoice_number');
  if (isNamed(payer.name, words)) reasons.push('name');
  if (exact) reasons.push('invoice_amount');
  else if (payer.balanceCents === amountCents) reasons.push('balance');
  if (byHand) reasons.push('recorded_by_hand');
  const told = reasons.includes('account_number') || reasons.includes('invoice_number');
  const worth = worthOf(reasons, isSure || reasons.includes('name'));
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

type Numbers = Readonly<{ surely: ReadonlySet<string>; perhaps: ReadonlySet<string> }>;

const isNumbered = ({ id, legacy }: Payer, numbers: ReadonlySet<string>): boolean =>
  numbers.has(id) || (legacy !== null && numbers.has(legacy));

/** The sum of the reasons; the number of the account and that of its invoice are one reason. */
function worthOf(reasons: readonly Reason[], isOwnNumber: boolean): number {
  const isInvoice = reasons.includes('invoice_number');
  return reasons.reduce((sum, reason) => {
    if (reason !== 'account_number') return sum + WORTH[reason];
    if (isInvoice) return sum;
    return sum + (isOwnNumber ? WORTH.account_number : DIGITS_WORTH);
  }, 0);
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

/** An invoice as long as something may be paid on it. */
export type Open = {
  readonly id: string;
  readonly issuedOn: string;
  readonly totalCents: bigint;
  settledCents: bigint;
};
export type Moved = Readonly<{ kind: string; id: string; on: string; cents: bigint }>;
/** Money held that no invoice has taken. */
export type Credit = { readonly paymentId: string; leftCents: bigint };

/** A customer's account as it stands on the day the history has come to. */
export type Account = {
  balanceCents: bigint;
  /** What moved it since the newest invoice, and what it was after that one. */
  since: Moved[];
  open: Open[];
  credits: Credit[];
  invoices: number;
};

export const newAccount = (): Account => ({
  balanceCents: 0n,
  since: [],
  open: [],
  credits: [],
  invoices: 0,
});

export type Taken = Readonly<{ invoice: Open; cents: bigint }>;

/** Puts money against the open invoices, the oldest first, and says what each took and what is left. */
export function settle(account: Account, amountCents: bigint): { taken: Taken[]; leftCents: bigint } {
  const taken: Taken[] = [];
  let leftCents = amountCents;
  for (const invoice of account.open) {
    const dueCents = invoice.totalCents - invoice.settledCents;
    const cents = dueCents < leftCents ? dueCents : leftCents;
    if (cents <= 0n) continue;
    invoice.settledCents += cents;
    leftCents -= cents;
    taken.push({ invoice, cents });
  }
  account.open = account.open.filter(({ settledCents, totalCents }) => settledCents < totalCents);
  return { taken, leftCents };
}

/** Moves the balance; positive when the customer owes more. */
export function moveAccount(account: Account, moved: Moved): void {
  account.balanceCents += moved.cents;
  account.since.push(moved);
}

export const openCents = (account: Account): bigint =>
  account.open.reduce((sum, { totalCents, settledCents }) => sum + totalCents - settledCents, 0n);

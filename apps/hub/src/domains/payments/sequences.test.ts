// Any sequence of bills, payments, refunds and chargebacks, told twice and out of order, against a naive account.
import { Refusal } from '@gigafibre/contract';
import { createStripePayments } from '@gigafibre/outside/payments';
import { seededRandom, startStripe } from '@gigafibre/simulators';
import { newCustomer, START, testHub, type TestHub } from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { issueInvoice, verifyBilling } from '../billing/index.ts';
import { accountOf, verifyLedger } from '../ledger/index.ts';
import { applyCredits, verifyPayments } from './index.ts';
import { caseReported, type CaseTold } from './case-reported.ts';
import { refundPayment } from './refunds/ask-refund.ts';
import { settleTaken } from './settle-checkout.ts';
import { paymentByProviderRef } from './store.ts';

/** Each sequence has customers of its own; the books are verified whole after it. */
const SEQUENCES = 25;
const STEPS_MAX = 30;
const CUSTOMERS = 2;
/** More than some payments, less than others. */
const CHARGEBACK_CENTS = 4_000n;
const ORDER: Readonly<Record<string, number>> = { pending: 1, succeeded: 2, failed: 3 };
const DECIDED: ReadonlySet<string> = new Set(['won', 'lost']);

const cents = fc.bigInt({ min: 50n, max: 9_000n });
const who = fc.nat(CUSTOMERS - 1);
const ref = fc.constantFrom('pi_a', 'pi_b', 'pi_c');
const step = fc.oneof(
  fc.record({ is: fc.constant('bill' as const), who, cents }),
  fc.record({ is: fc.constant('pay' as const), who, ref, cents }),
  fc.record({
    is: fc.constant('refund' as const),
    ref,
    cents,
    to: fc.constantFrom('credit' as const, 'cheque' as const, 'cash' as const),
  }),
  fc.record({
    is: fc.constant('refund told' as const),
    ref,
    refund: fc.constantFrom('re_1', 're_2'),
    cents,
    state: fc.constantFrom('pending', 'succeeded', 'failed'),
  }),
  fc.record({
    is: fc.constant('chargeback told' as const),
    ref,
    word: fc.constantFrom(
      { state: 'needs_response', funds: null },
      { state: 'needs_response', funds: 'withdrawn' as const },
      { state: 'under_review', funds: null },
      { state: 'won', funds: 'reinstated' as const },
      { state: 'won', funds: null },
      { state: 'lost', funds: null },
    ),
  }),
  fc.record({ is: fc.constant('apply' as const), who }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** A page of arithmetic: what is billed, and what is left of each payment. */
type Told = Extract<Step, { is: 'refund told' | 'chargeback told' }>;
type Account = {
  billed: bigint[];
  payments: Map<string, { who: number; left: bigint }>;
  refunds: Map<string, { ref: string; cents: bigint; state: string }>;
  chargebacks: Map<string, { state: string; taken: bigint; back: boolean }>;
  /** Told before their payment, in turn. */
  early: Told[];
};
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

function refundTold(account: Account, told: Extract<Step, { is: 'refund told' }>): void {
  const known = account.refunds.get(told.refund);
  if (known) {
    if ((ORDER[told.state] ?? 0) <= (ORDER[known.state] ?? 0)) return;
    known.state = told.state;
    const payment = account.payments.get(known.ref);
    if (payment && told.state === 'failed') payment.left += known.cents;
    return;
  }
  const payment = account.payments.get(told.ref);
  if (!payment || told.state === 'failed' || told.cents > payment.left) return;
  payment.left -= told.cents;
  account.refunds.set(told.refund, { ref: told.ref, cents: told.cents, state: told.state });
}

function chargebackTold(account: Account, told: Extract<Step, { is: 'chargeback told' }>): void {
  const payment = account.payments.get(told.ref);
  if (!payment) return;
  const known = account.chargebacks.get(told.ref) ?? { state: told.word.state, taken: 0n, back: false };
  account.chargebacks.set(told.ref, known);
  if (!DECIDED.has(known.state) && !(known.state === 'under_review' && !DECIDED.has(told.word.state)))
    known.state = told.word.state;
  if (known.taken === 0n && (told.word.funds !== null || known.state === 'lost')) {
    known.taken = least(CHARGEBACK_CENTS, payment.left);
    payment.left -= known.taken;
  }
  if (told.word.funds === 'reinstated' && known.taken > 0n && !known.back) {
    known.back = true;
    payment.left += known.taken;
  }
}

/** Does a step in the hub and in the naive account. */
async function take(
  hub: TestHub,
  { of, account }: { of: Sequence; account: Account },
  now: Step,
): Promise<void> {
  const { customers, unique } = of;
  const paymentRef = 'ref' in now ? `${now.ref}${unique}` : '';
  const customerId = 'who' in now ? (customers[now.who] ?? '') : '';
  switch (now.is) {
    case 'bill':
      await bill(hub, customerId, now.cents);
      account.billed[now.who] = (account.billed[now.who] ?? 0n) + now.cents;
      return;
    case 'pay': {
      await hub.act((tx) =>
        settleTaken(tx, {
          vendor: 'stripe',
          paymentRef,
          amountCents: now.cents,
          currency: 'cad',
          checkoutId: null,
          session: null,
          customerRef: `cus_${customerId}`,
          at: tx.now,
        }),
      );
      if (account.payments.has(now.ref)) return;
      account.payments.set(now.ref, { who: now.who, left: now.cents });
      for (const told of account.early.filter((early) => early.ref === now.ref)) hear(account, told);
      return;
    }
    case 'refund':
      return refundByStaff(hub, { account, now, paymentRef });
    case 'refund told':
      await hub.act((tx) =>
        caseReported(tx, {
          ...toldOf(of, paymentRef),
          kind: 'refund',
          ref: `${now.refund}${unique}`,
          state: now.state,
          amountCents: now.cents,
        }),
      );
      return hear(account, now);
    case 'chargeback told':
      await hub.act((tx) =>
        caseReported(tx, {
          ...toldOf(of, paymentRef),
          kind: 'dispute',
          ref: `dp_${paymentRef}`,
          ...now.word,
          amountCents: CHARGEBACK_CENTS,
        }),
      );
      return hear(account, now);
    case 'apply':
      await hub.act((tx) => applyCredits(tx, { customerId }));
  }
}

let words = 0;
/** Each word of the provider is an event of its own. */
const toldOf = ({ unique }: Sequence, paymentRef: string): CaseTold => ({
  eventRef: `evt_${(words += 1)}${unique}`,
  kind: 'refund',
  vendor: 'stripe',
  ref: '',
  state: null,
  paymentRef,
  amountCents: 0n,
  currency: 'cad',
  refundId: null,
  failure: null,
  reason: 'general',
  dueBy: null,
  funds: null,
});

/** What is told of a payment that is not here is heard when it comes. */
function hear(account: Account, told: Told): void {
  if (!account.payments.has(told.ref)) account.early.push(told);
  if (told.is === 'refund told') refundTold(account, told);
  else chargebackTold(account, told);
}

async function refundByStaff(
  hub: TestHub,
  {
    account,
    now,
    paymentRef,
  }: { account: Account; now: Extract<Step, { is: 'refund' }>; paymentRef: string },
): Promise<void> {
  const row = await paymentByProviderRef(hub.db, { provider: 'stripe', ref: paymentRef });
  const payment = account.payments.get(now.ref);
  expect(row === undefined).toBe(payment === undefined);
  if (!row || !payment) return;
  const open = account.chargebacks.get(now.ref);
  const asked = {
    paymentId: row.id,
    amountCents: now.cents,
    destination: now.to,
    reason: 'mistake',
    note: '',
    reference: null,
  } as const;
  const refused = await hub
    .act((tx) => refundPayment(tx, asked))
    .then(
      () => null,
      (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
    );
  if (open && !DECIDED.has(open.state)) expect(refused).toBe('payment_disputed');
  else if (now.to !== 'credit') {
    expect(refused).toBe(now.cents > payment.left ? 'refund_too_large' : null);
    if (refused === null) payment.left -= now.cents;
  }
}

const bill = (hub: TestHub, customerId: string, amountCents: bigint) =>
  hub.act((tx) =>
    issueInvoice(tx, {
      customerId,
      on: '2026-11-02',
      reason: 'test',
      lines: [
        {
          kind: 'one_time',
          sku: null,
          description: { fr: 'Travaux', en: 'Work' },
          quantity: 1,
          unitPriceCents: amountCents,
          amountCents,
          taxTreatment: 'outside',
          revenueAccount: '4060',
          locationId: null,
        },
      ],
    }),
  );

type Sequence = Readonly<{ customers: readonly string[]; unique: string }>;

test('after any sequence the books balance, agree with their documents and with a naive account', async () => {
  const env = { clock: () => START, random: seededRandom('sequences'), log: () => {} };
  const stripe = await startStripe({ env });
  onTestFinished(() => stripe.stop());
  const payments = createStripePayments({
    secretKey: 'sk_test_1',
    webhookSecrets: ['whsec_test'],
    baseUrl: stripe.address,
    timeoutMs: 4_000,
  });
  const hub = await testHub({ outside: { payments } });
  let sequences = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: STEPS_MAX, size: 'max' }), async (steps) => {
      sequences += 1;
      const customers: string[] = [];
      for (let number = 0; number < CUSTOMERS; number += 1) {
        const id = await newCustomer(hub);
        await hub.pool.query('update customers.customers set stripe_id = $1 where id = $2', [
          `cus_${id}`,
          id,
        ]);
        customers.push(id);
      }
      const of = { customers, unique: `_${sequences}` };
      const account: Account = {
        billed: customers.map(() => 0n),
        payments: new Map(),
        refunds: new Map(),
        chargebacks: new Map(),
        early: [],
      };
      for (const now of steps) {
        await take(hub, { of, account }, now);
        for (const [number, customerId] of customers.entries()) {
          const { receivableCents, creditCents, balanceCents } = await accountOf(hub, customerId);
          const left = [...account.payments.values()]
            .filter(({ who: owner }) => owner === number)
            .reduce((sum, payment) => sum + payment.left, 0n);
          expect(balanceCents).toBe((account.billed[number] ?? 0n) - left);
          expect(receivableCents).toBeGreaterThanOrEqual(0n);
          expect(creditCents).toBeGreaterThanOrEqual(0n);
        }
      }
      expect((await verifyLedger(hub)).differences).toEqual([]);
      expect(await verifyBilling(hub)).toEqual([]);
      expect(await verifyPayments(hub)).toEqual([]);
    }),
    { numRuns: SEQUENCES },
  );
});

// Whatever happens to a customer's invoices after they were issued, in any order: the books, the documents and the
// balance agree, nothing is owed below zero, and no tax comes back twice.
import { Refusal } from '@gigafibre/contract';
import { newCustomer, newLocation, testHub, type TestHub } from '@gigafibre/testing';
import { multiply, sumCents } from '@gigafibre/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountOf, verifyLedger } from '../ledger/index.ts';
import { applyCredits, receivePayment } from '../payments/index.ts';
import type { LineDraft } from './draft-invoice.ts';
import { issueCreditNote, issueInvoice, recoverWriteOffs, verifyBilling, writeOffInvoice } from './index.ts';
import { readCreditable } from './creditable.ts';
import { closeDispute, openDispute } from './dispute.ts';
import { statementOf } from './statement.ts';

type Step = Readonly<{
  what: 'bill' | 'credit' | 'void' | 'pay' | 'write off' | 'recover' | 'dispute' | 'decide';
  which: number;
  share: number;
  amounts: readonly bigint[];
}>;
const anyStep = fc.record<Step>({
  what: fc.constantFrom(
    'bill',
    'credit',
    'credit',
    'void',
    'pay',
    'pay',
    'write off',
    'write off',
    'write off',
    'recover',
    'dispute',
    'decide',
  ),
  which: fc.nat(9),
  share: fc.integer({ min: 1, max: 130 }),
  amounts: fc.array(fc.bigInt(-2_000n, 20_000n), { minLength: 1, maxLength: 4 }),
});

type Scene = {
  hub: TestHub;
  customerId: string;
  locationIds: readonly string[];
  invoiceIds: string[];
  disputeIds: string[];
};
const partOf = (cents: bigint, share: number) => multiply(cents, { num: BigInt(share), den: 100n });

/** Plays a step; a refusal is an answer, anything else is a failure. */
async function play(scene: Scene, step: Step): Promise<void> {
  try {
    await carryOut(scene, step);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

async function carryOut(scene: Scene, { what, which, share, amounts }: Step): Promise<void> {
  const { hub, customerId, invoiceIds } = scene;
  const id = invoiceIds[which % Math.max(invoiceIds.length, 1)] ?? 'INV-99999';
  const on = hub.now.toISOString().slice(0, 10);
  switch (what) {
    case 'bill': {
      const lines = amounts.map((amountCents, index) => lineOf(scene, amountCents, which + index));
      const invoice = await hub.act((tx) => issueInvoice(tx, { customerId, lines, on, reason: 'test' }));
      invoiceIds.push(invoice.id);
      return;
    }
    case 'credit': {
      const { lines } = await readCreditable(hub, id);
      const chosen = lines
        .filter(({ leftCents }, index) => leftCents !== 0n && (index + which) % 2 === 0)
        .map(({ line, leftCents }) => ({ line, amountCents: partOf(leftCents, share) }));
      await hub.act((tx) => issueCreditNote(tx, { invoiceId: id, chosen, reason: 'test' }));
      return;
    }
    case 'void':
      await hub.act((tx) => issueCreditNote(tx, { invoiceId: id, chosen: 'all', reason: 'test' }));
      return;
    case 'pay': {
      const { receivableCents } = await accountOf(hub, customerId);
      const amountCents = partOf(receivableCents, share);
      if (amountCents <= 0n) return;
      await hub.act((tx) => receivePayment(tx, { customerId, method: 'card', amountCents, receivedOn: on }));
      return;
    }
    case 'write off': {
      const { receivableCents } = await accountOf(hub, customerId);
      const amountCents = share > 100 ? undefined : partOf(receivableCents, share);
      await hub.act((tx) => writeOffInvoice(tx, { id, amountCents, reason: 'test' }));
      return;
    }
    case 'recover': {
      const amountCents = partOf(5_000n, share);
      await hub.act((tx) => recoverWriteOffs(tx, { customerId, amountCents, reason: 'test' }));
      await hub.act((tx) => applyCredits(tx, { customerId }));
      return;
    }
    case 'dispute': {
      const dispute = await hub.act((tx) => openDispute(tx, { id, reason: 'test' }));
      scene.disputeIds.push(dispute.id);
      return;
    }
    case 'decide':
      await hub.act((tx) =>
        closeDispute(tx, { id: scene.disputeIds.at(-1) ?? 'DSP-1', outcome: 'upheld', note: 'x' }),
      );
  }
}

const TREATMENTS = ['taxable', 'taxable', 'termination', 'exempt'] as const;

function lineOf({ locationIds }: Scene, amountCents: bigint, which: number): LineDraft {
  return {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: amountCents,
    amountCents,
    taxTreatment: TREATMENTS[which % TREATMENTS.length] ?? 'taxable',
    revenueAccount: '4060',
    locationId: locationIds[which % locationIds.length] ?? null,
  };
}

async function agrees({ hub, customerId }: Scene): Promise<void> {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
  const { rows } = await hub.pool.query<{ owed: bigint; lowest: bigint; held: bigint; documents: bigint }>(
    `select coalesce(sum(outstanding_cents), 0)::bigint as owed, coalesce(min(outstanding_cents), 0)::bigint as lowest,
            ((select coalesce(sum(credit_cents), 0) from billing.credit_notes where customer_id = $1)
             + (select coalesce(sum(credit_cents), 0) from payments.payments where customer_id = $1))::bigint as held,
            (coalesce(sum(total_cents), 0)
             - (select coalesce(sum(total_cents), 0) from billing.credit_notes where customer_id = $1)
             - (select coalesce(sum(amount_cents), 0) from payments.payments where customer_id = $1)
             - (select coalesce(sum(amount_cents), 0) from billing.write_offs where customer_id = $1)
             + (select coalesce(sum(r.amount_cents), 0) from billing.write_off_recoveries r
                  join billing.write_offs w on w.id = r.write_off_id where w.customer_id = $1))::bigint as documents
       from billing.invoices where customer_id = $1`,
    [customerId],
  );
  const account = await accountOf(hub, customerId);
  expect(rows[0]?.lowest).toBeGreaterThanOrEqual(0n);
  expect([rows[0]?.owed, rows[0]?.held, rows[0]?.documents]).toEqual([
    account.receivableCents,
    account.creditCents,
    account.balanceCents,
  ]);
  const statement = await statementOf(hub, { customerId, from: '2026-01-01', to: '2030-12-31' });
  expect(statement.closingCents).toBe(account.balanceCents);
  expect(sumCents([statement.debitCents, -statement.creditCents])).toBe(account.balanceCents);
}

/**
 * No tax comes back twice: what was claimed for debts given up is the tax of what no note took back, in the
 * proportion of what is still given up, within a cent per tax and document.
 */
async function taxesAreWhole({ hub, customerId }: Scene): Promise<void> {
  const { rows } = await hub.pool.query(
    `select i.id, claimed.cents as claimed, i.written_off_cents
       from billing.invoices i
      cross join lateral (select i.total_cents - i.credited_cents as asked,
             i.tax_cents - coalesce((select sum(tax_cents) from billing.credit_notes n where n.invoice_id = i.id), 0) as tax) left_over
      cross join lateral (select coalesce(sum(w.amount_cents - w.net_cents - coalesce(r.cents, 0)), 0) as cents,
             count(*) + coalesce(sum(r.documents), 0) as documents
             from billing.write_offs w
             left join lateral (select sum(amount_cents - net_cents) as cents, count(*) as documents
                                  from billing.write_off_recoveries r where r.write_off_id = w.id) r on true
            where w.invoice_id = i.id) claimed
      where i.customer_id = $1
        and (claimed.cents > greatest(left_over.tax, 0) + 3
             or abs(claimed.cents * left_over.asked - left_over.tax * i.written_off_cents)
                > 3 * claimed.documents * left_over.asked)`,
    [customerId],
  );
  expect(rows).toEqual([]);
}

test(
  'after any sequence of invoices, credits, payments, write-offs, recoveries and disputes everything agrees',
  { timeout: 600_000 },
  async () => {
    const hub = await testHub();
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 6, maxLength: 16 }), async (steps) => {
        const customerId = await newCustomer(hub);
        const locationIds = [
          await newLocation(hub, customerId),
          await newLocation(hub, customerId, 'K1A 0B1'),
        ];
        const scene: Scene = { hub, customerId, locationIds, invoiceIds: [], disputeIds: [] };
        const opening: Step = { what: 'bill', which: 0, share: 100, amounts: [6_995n, 4_000n] };
        for (const step of [opening, ...steps]) await play(scene, step);
        await agrees(scene);
        await taxesAreWhole(scene);
      }),
      { numRuns: 40 },
    );
  },
);

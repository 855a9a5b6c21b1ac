import { ROLES } from '@gigafibre/contract';
import { ADMIN, newCustomer, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createCustomer } from '../customers/index.ts';
import { balanceOf, verifyLedger } from '../ledger/index.ts';
import { applyCredits, receivePayment } from '../payments/index.ts';
import { changeApprovalLimits, changeInterest, readInterestTerms } from './billing-rules.ts';
import { chargeFee } from './charge-fee.ts';
import { closeDispute, listDisputes, openDispute } from './dispute.ts';
import type { LineDraft } from './draft-invoice.ts';
import { FEES, type FeeKind } from './fee.ts';
import {
  accountBalance,
  chargeInterest,
  collectibleCents,
  disputedCents,
  interestDueOf,
  issueCreditNote,
  issueInvoice,
  readInvoice,
  recoverWriteOffs,
  verifyBilling,
  writeOffInvoice,
} from './index.ts';
import { agreeInterest } from './agreed-interest.ts';
import { waiveInterest } from './interest.ts';
import { listWriteOffs, recoverWriteOff } from './write-off.ts';

const line = (amountCents: bigint, over: Partial<LineDraft> = {}): LineDraft => ({
  kind: 'one_time',
  sku: null,
  description: { fr: 'Travaux', en: 'Work' },
  quantity: 1,
  unitPriceCents: amountCents,
  amountCents,
  taxTreatment: 'taxable',
  revenueAccount: '4060',
  locationId: null,
  ...over,
});
const issue = (hub: TestHub, customerId: string, lines: readonly LineDraft[], on = '2026-11-02') =>
  hub.act((tx) => issueInvoice(tx, { customerId, lines, on, reason: 'test' }));
const pay = (hub: TestHub, customerId: string, amountCents: bigint, receivedOn = '2026-11-03') =>
  hub.act((tx) => receivePayment(tx, { customerId, method: 'card', amountCents, receivedOn }));
const writeOff = (hub: TestHub, id: string, amountCents?: bigint, by = ADMIN) =>
  hub.act((tx) => writeOffInvoice(tx, { id, amountCents, reason: 'introuvable' }), by);
const recover = (hub: TestHub, id: string, amountCents?: bigint) =>
  hub.act((tx) => recoverWriteOff(tx, { id, amountCents, reason: 'a payé' }));
const aCompany = async (hub: TestHub): Promise<string> => {
  const nothing = { emailBilling: null, cellPhone: null, telHome: null, notes: '', tags: [] };
  const input = { kind: 'business', name: 'Garage Roy inc.', language: 'fr', emailId: null } as const;
  return (await hub.act((tx) => createCustomer(tx, { ...input, ...nothing }))).id;
};
const clerk = { ...ADMIN, capabilities: new Set(ROLES.billing) };

const booksAreRight = async (hub: TestHub) => {
  expect((await verifyLedger(hub)).differences).toEqual([]);
  expect(await verifyBilling(hub)).toEqual([]);
};
const postings = async (hub: TestHub, kind: string) =>
  (
    await hub.pool.query<{ account: string; cents: bigint }>(
      `select account, debit_cents - credit_cents as cents from ledger.postings join ledger.entries on id = entry_id
        where document_kind = $1 order by account`,
      [kind],
    )
  ).rows.map(({ account, cents }) => [account, cents]);

test('80.43 given up is a loss of 69.95 and claims 3.50 and 6.98 back; paid later, they are owed again', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(6_995n)]);
  const given = await writeOff(hub, id);
  expect(given).toMatchObject({ amountCents: 8_043n, netCents: 6_995n, gstCents: 350n, qstCents: 698n });
  expect(await readInvoice(hub, id)).toMatchObject({ status: 'written_off', writtenOffCents: 8_043n });
  expect(await postings(hub, 'write_off')).toEqual([
    ['1100', -8_043n],
    ['2100', 350n],
    ['2110', 698n],
    ['6300', 6_995n],
  ]);
  await booksAreRight(hub);
  await pay(hub, customerId, 5_000n, '2026-11-20');
  await hub.act(async (tx) => {
    await recoverWriteOffs(tx, { customerId, amountCents: 5_000n, reason: 'paiement' });
    await applyCredits(tx, { customerId });
  });
  expect(await readInvoice(hub, id)).toMatchObject({ status: 'written_off', writtenOffCents: 3_043n });
  expect(await balanceOf(hub, customerId)).toBe(0n);
  // 50.00 of 80.43: GST 3.50 − 1.32, QST 6.98 − 2.64.
  expect(await postings(hub, 'write_off_recovery')).toEqual([
    ['1100', 5_000n],
    ['2100', -218n],
    ['2110', -434n],
    ['6300', -4_348n],
  ]);
  await recover(hub, given.id);
  await pay(hub, customerId, 3_043n, '2026-11-21');
  expect((await readInvoice(hub, id)).status).toBe('paid');
  await expect(recover(hub, given.id)).rejects.toThrow('write_off_recovered');
  expect((await listWriteOffs(hub, { customerId, limit: 5 })).rows).toMatchObject([
    { recoveredCents: 8_043n },
  ]);
  const { rows } = await hub.pool.query(
    `select account from ledger.postings where account in ('6300') group by 1 having sum(debit_cents - credit_cents) <> 0`,
  );
  expect(rows).toEqual([]);
  await booksAreRight(hub);
});

test('money that comes after all pays the debt by itself, and its taxes are owed again', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(6_995n)]);
  await writeOff(hub, id);
  await pay(hub, customerId, 9_000n);
  await hub.drain();
  expect((await readInvoice(hub, id)).status).toBe('paid');
  expect(await balanceOf(hub, customerId)).toBe(-957n);
  expect(await postings(hub, 'write_off_recovery')).toEqual([
    ['1100', 8_043n],
    ['2100', -350n],
    ['2110', -698n],
    ['6300', -6_995n],
  ]);
  await booksAreRight(hub);
});

test('of a half-paid, half-credited invoice only the taxes in what is left are claimed back', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(10_000n), line(10_000n)]);
  await hub.act((tx) => issueCreditNote(tx, { invoiceId: id, chosen: [{ line: 1 }], reason: 'erreur' }));
  await pay(hub, customerId, 5_748n);
  // 114.98 of 229.95 credited: GST 5.00 and QST 9.97 are left of it, of which half is unpaid.
  const first = await writeOff(hub, id, 2_000n);
  const second = await writeOff(hub, id);
  expect(second.amountCents + first.amountCents).toBe(22_995n - 11_498n - 5_748n);
  expect(first.gstCents + second.gstCents).toBe(250n);
  expect(first.qstCents + second.qstCents).toBe(499n);
  await booksAreRight(hub);
});

test('the last cent of an invoice can be given up', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(6_995n)]);
  await pay(hub, customerId, 8_042n);
  expect(await writeOff(hub, id)).toMatchObject({ amountCents: 1n });
  await booksAreRight(hub);
});

test('what may not be given up is refused in words', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const { id } = await issue(hub, customerId, [line(6_995n)]);
  await expect(writeOff(hub, id, 8_044n)).rejects.toThrow('amount_above_outstanding: $80.43 is left');
  for (const cents of [0n, -1n])
    await expect(writeOff(hub, id, cents)).rejects.toThrow('amount_not_positive');
  await expect(writeOff(hub, id, undefined, clerk)).rejects.toThrow('approval_needed: Above $50.00');
  await hub.act((tx) =>
    changeApprovalLimits(tx, {
      creditCents: 100n,
      writeOffCents: 9_000n,
      discountCents: 0n,
      refundCents: 0n,
      supplierBillCents: 0n,
    }),
  );
  expect((await writeOff(hub, id, 4_000n, clerk)).amountCents).toBe(4_000n);
  const dispute = await hub.act((tx) => openDispute(tx, { id, reason: 'pas servi' }));
  await expect(writeOff(hub, id)).rejects.toThrow(`dispute_open: Invoice ${id} is already disputed`);
  await hub.act((tx) => closeDispute(tx, { id: dispute.id, outcome: 'upheld', note: 'servi' }));
  await pay(hub, customerId, 9_000n);
  await expect(writeOff(hub, id)).rejects.toThrow('nothing_outstanding');
  const next = await hub.act((tx) =>
    issueInvoice(tx, { customerId, lines: [line(100_000n)], on: '2026-11-02', reason: 'x' }),
  );
  await expect(writeOff(hub, next.id)).rejects.toThrow('customer_has_credit');
  await expect(writeOff(hub, 'INV-99999')).rejects.toThrow('not_found');
  await expect(recover(hub, 'WO-99999')).rejects.toThrow('not_found');
});

test('of two who give the same invoice up at once, one does', async () => {
  const hub = await testHub();
  const { id } = await issue(hub, await newCustomer(hub), [line(6_995n)]);
  const results = await Promise.allSettled(Array.from({ length: 6 }, () => writeOff(hub, id)));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await booksAreRight(hub);
});

test('what is contested is not collected until it is decided', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  const [first, second] = [
    await issue(hub, customerId, [line(10_000n)]),
    await issue(hub, customerId, [line(5_000n)]),
  ];
  await hub.moveTo(new Date('2026-12-01T15:00:00Z'));
  const open = (id: string, amountCents?: bigint) =>
    hub.act((tx) => openDispute(tx, { id, amountCents, reason: 'service interrompu' }));
  const dispute = await open(first.id, 4_000n);
  expect(dispute).toMatchObject({ invoiceId: first.id, amountCents: 4_000n, outcome: null });
  expect([await disputedCents(hub, customerId), await collectibleCents(hub, customerId)]).toEqual([
    4_000n,
    17_247n - 4_000n,
  ]);
  expect(await accountBalance(hub, customerId)).toMatchObject({
    overdueCents: 17_247n,
    disputedCents: 4_000n,
  });
  expect(await readInvoice(hub, first.id)).toMatchObject({ overdue: true, disputedCents: 4_000n });
  await expect(open(first.id)).rejects.toThrow(`dispute_open`);
  await expect(open(second.id, 5_750n)).rejects.toThrow('amount_above_outstanding');
  await expect(open(second.id, 0n)).rejects.toThrow('amount_not_positive');
  const decide = (over: object) =>
    hub.act((tx) =>
      closeDispute(tx, { id: dispute.id, outcome: 'credited', note: 'panne confirmée', ...over }),
    );
  await expect(decide({})).rejects.toThrow('dispute_credit_note');
  const foreign = await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: second.id, chosen: [{ line: 1, amountCents: 100n }], reason: 'x' }),
  );
  await expect(decide({ creditNoteId: foreign.id })).rejects.toThrow('dispute_credit_note');
  await expect(decide({ outcome: 'upheld', creditNoteId: foreign.id })).rejects.toThrow(
    'dispute_credit_note',
  );
  const note = await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: first.id, chosen: [{ line: 1, amountCents: 3_479n }], reason: 'panne' }),
  );
  expect(await decide({ creditNoteId: note.id })).toMatchObject({ outcome: 'credited', closedBy: 'Testeur' });
  await expect(decide({ creditNoteId: note.id })).rejects.toThrow('dispute_closed');
  expect(await disputedCents(hub, customerId)).toBe(0n);
  expect((await listDisputes(hub, { limit: 5, show: 'open' })).rows).toEqual([]);
  expect((await listDisputes(hub, { limit: 5, show: 'all', customerId })).rows).toHaveLength(1);
  await booksAreRight(hub);
});

test('interest runs from the day after the due date, is carried once, and bears none itself', async () => {
  const hub = await testHub();
  const customerId = await newCustomer(hub);
  await hub.act((tx) =>
    changeInterest(tx, { from: '2026-11-02', residentialPercent: '18', businessPercent: '24', graceDays: 0 }),
  );
  const agreed = { source: 'CTR-1', from: '2026-11-01', yearlyPercent: '20' };
  await hub.act((tx) => agreeInterest(tx, { ...agreed, customerId })); // the house charges less
  const { id } = await issue(hub, customerId, [line(6_995n)]); // due on 22 November
  const charge = () => hub.act((tx) => chargeInterest(tx, { customerId }));
  await hub.moveTo(new Date('2026-11-22T15:00:00Z'));
  await expect(charge()).rejects.toThrow('nothing_to_bill');
  await hub.moveTo(new Date('2026-12-15T15:00:00Z')); // 23 days later
  expect(await interestDueOf(hub, customerId)).toEqual({
    lines: [
      {
        invoiceId: id,
        from: '2026-11-23',
        to: '2026-12-15',
        principalCents: 8_043n,
        yearlyPercent: '18',
        interestCents: 91n,
      },
    ],
    totalCents: 91n,
  });
  const invoice = await charge();
  expect(invoice).toMatchObject({ totalCents: 91n, taxes: [] });
  expect(invoice.lines[0]?.detailFr?.replaceAll(/\s/g, ' ')).toBe(
    '80,43 $ à 18 % par année, du 23 novembre au 15 décembre 2026',
  );
  expect(await postings(hub, 'invoice')).toContainEqual(['4100', -91n]);
  await expect(charge()).rejects.toThrow('nothing_to_bill');
  await hub.moveTo(new Date('2027-02-15T15:00:00Z')); // the interest itself is overdue by now
  const { lines } = await interestDueOf(hub, customerId);
  // 62 days of 80.43 and nothing of the 0.91.
  expect(lines).toMatchObject([{ invoiceId: id, from: '2026-12-16', interestCents: 246n }]);
  await booksAreRight(hub);
});

test('no interest without a rate of the contract, on what was credited, contested or waived, nor after a payment', async () => {
  const hub = await testHub();
  const [customerId, other] = [await newCustomer(hub), await newCustomer(hub)];
  const term = { residentialPercent: '36.5', businessPercent: null, graceDays: 10 };
  await expect(hub.act((tx) => changeInterest(tx, { ...term, from: '2026-11-02' }))).rejects.toThrow(
    'interest_above_law: A rate above 35%',
  );
  await expect(
    hub.act((tx) => changeInterest(tx, { ...term, residentialPercent: '10', from: '2026-11-01' })),
  ).rejects.toThrow('interest_in_the_past');
  await hub.act((tx) => changeInterest(tx, { ...term, residentialPercent: '10', from: '2026-11-02' }));
  await hub.act((tx) => changeInterest(tx, { ...term, residentialPercent: null, from: '2027-01-01' }));
  expect(await readInterestTerms(hub)).toHaveLength(2);
  const invoice = await issue(hub, customerId, [line(100_000n, { taxTreatment: 'outside' })]);
  const contested = await issue(hub, customerId, [line(100_000n, { taxTreatment: 'outside' })]);
  const company = await aCompany(hub);
  await issue(hub, company, [line(100_000n)]);
  await issue(hub, other, [line(100_000n)]);
  await hub.act((tx) => openDispute(tx, { id: contested.id, amountCents: 100n, reason: 'erreur' }));
  const unagreed = await newCustomer(hub);
  await issue(hub, unagreed, [line(100_000n)]);
  const saysNone = await newCustomer(hub);
  await issue(hub, saysNone, [line(100_000n)]);
  const agree = (customer: string, source: string, yearlyPercent: string | null) =>
    hub.act((tx) => agreeInterest(tx, { customerId: customer, source, from: '2026-11-02', yearlyPercent }));
  for (const one of [customerId, other, company, saysNone]) await agree(one, 'CTR-1', '18');
  await agree(saysNone, 'CTR-2', null);
  await hub.act((tx) =>
    waiveInterest(tx, { customerId: other, from: '2026-11-01', to: null, reason: 'contrat' }),
  );
  await hub.moveTo(new Date('2027-03-01T15:00:00Z'));
  await hub.act((tx) =>
    issueCreditNote(tx, { invoiceId: invoice.id, chosen: [{ line: 1, amountCents: 50_000n }], reason: 'x' }),
  );
  await pay(hub, customerId, 20_000n, '2026-12-12');
  // Grace of 10 days: 10 days of 500.00 (3 to 12 December), then 19 of 300.00, at 10 % until the new year.
  expect(await interestDueOf(hub, customerId)).toMatchObject({
    // And 29 days of 999.00: only what is contested is spared.
    lines: [
      { invoiceId: invoice.id, interestCents: 137n + 156n },
      { invoiceId: contested.id, interestCents: 794n },
    ],
  });
  for (const exempt of [company, other, unagreed, saysNone])
    expect((await interestDueOf(hub, exempt)).lines).toEqual([]);
  await expect(
    hub.act((tx) => waiveInterest(tx, { customerId, from: '2026-12-02', to: '2026-12-01', reason: 'x' })),
  ).rejects.toThrow('dates_reversed');
});

test('a consumer is charged no fee of any kind, whoever tries and however it is called; the law is named', async () => {
  const hub = await testHub();
  const [consumer, company] = [await newCustomer(hub), await aCompany(hub)];
  let underWay = 0n;
  const onItsWay = () => Promise.resolve(underWay);
  const charge = (customerId: string, fee: FeeKind, amountCents = 2_500n) =>
    hub.act((tx) => chargeFee(tx, { customerId, fee, amountCents, reason: 'contrat, art. 9', onItsWay }));
  for (const fee of Object.keys(FEES) as FeeKind[])
    await expect(charge(consumer, fee), fee).rejects.toThrow('fee_forbidden');
  await expect(charge(consumer, 'returned_payment')).rejects.toThrow('Consumer Protection Act, s. 13');
  await expect(charge(consumer, 'paper_bill')).rejects.toThrow('Telecommunications Act, s. 27.2');
  for (const revenueAccount of ['4110', '4120'])
    await expect(
      issue(hub, consumer, [line(2_500n, { description: { fr: 'Divers', en: 'Other' }, revenueAccount })]),
    ).rejects.toThrow('fee_forbidden');
  const allowed: FeeKind[] = [
    'late',
    'returned_payment',
    'reminder',
    'collection',
    'reconnection',
    'missed_visit',
  ];
  for (const fee of Object.keys(FEES) as FeeKind[])
    if (allowed.includes(fee)) expect((await charge(company, fee)).lines).toHaveLength(1);
    else await expect(charge(company, fee), fee).rejects.toThrow('fee_forbidden');
  expect((await charge(company, 'late')).taxes).toEqual([]);
  expect((await charge(company, 'reconnection')).taxes).toHaveLength(2);
  for (const cents of [0n, -2_500n])
    await expect(charge(company, 'late', cents)).rejects.toThrow('amount_not_positive');
  // While a debit may still pay, nothing for lateness.
  underWay = 1n;
  for (const fee of ['late', 'reminder', 'collection'] as const)
    await expect(charge(company, fee)).rejects.toThrow('fee_while_debited');
  expect((await charge(company, 'missed_visit')).lines).toHaveLength(1);
  await booksAreRight(hub);
});

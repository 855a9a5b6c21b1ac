// Every operation about an issued invoice through the door people use: HTTP, with their own rights.
import {
  billingOperations,
  billingRunsOperations as runs,
  creditNoteOperations as credits,
  interestOperations as interest,
  receivableOperations as receivables,
  statementOperations as statements,
  taxExemptionOperations as exemptions,
  portalOperations,
  type Operation,
} from '@gigafibre/contract';
import { newCustomer, serveHub, testHub, type Caller } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { agreeInterest } from './agreed-interest.ts';

const company = async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const portal = async (customerId: string) => {
    const link = await portalLink(hub.env, { customerIds: [customerId], now: hub.now, id: customerId });
    const browser = served.visitor('portal');
    await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
    return browser;
  };
  const [clerk, manager, csr] = [
    await served.as('billing'),
    await served.as('manager'),
    await served.as('csr'),
  ];
  const bill = (customerId: string, unitPriceCents = 6_995) =>
    clerk.call(billingOperations.issueInvoice, {
      customerId,
      reason: 'test',
      lines: [
        {
          descriptionFr: 'Travaux',
          unitPriceCents,
          taxTreatment: 'taxable',
          revenueAccount: '4060',
          quantity: 2,
        },
      ],
    });
  return { hub, served, portal, clerk, manager, csr, bill };
};

/** How a file begins that an operation answers with, or the status of its refusal. */
async function printed(by: Caller, operation: Operation, input: Record<string, string>): Promise<string> {
  const answer = await by.fetch(by.urlOf(operation, input as never)); // each test gives what its operation asks
  return answer.ok ? (await answer.text()).slice(0, 4) : String(answer.status);
}

test('an invoice is credited in part, then voided; the customer reads and prints both notes', async () => {
  const { hub, clerk, manager, csr, portal, bill } = await company();
  const customerId = await newCustomer(hub);
  const { id } = await bill(customerId);
  const lines = [{ line: 1, quantity: 1 }];
  const preview = await clerk.call(credits.previewCreditNote, { id, lines });
  expect(preview).toMatchObject({ totalCents: 8_043n, appliedCents: 8_043n, kind: 'partial' });
  await expect(csr.call(credits.issueCreditNote, { id, lines, reason: 'x' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  const note = await clerk.call(credits.issueCreditNote, { id, lines, reason: 'panne' });
  expect(note).toMatchObject({ id: 'CN-00001', totalCents: 8_043n });
  expect((await clerk.call(credits.readCreditable, { id })).leftCents).toBe(8_043n);
  expect((await manager.call(credits.voidInvoice, { id, reason: 'erreur' })).totalCents).toBe(8_043n);
  await expect(manager.call(credits.voidInvoice, { id, reason: 'encore' })).rejects.toMatchObject({
    code: 'invoice_credited',
    status: 409,
  });
  expect((await clerk.call(credits.listCreditNotes, { customerId })).rows).toHaveLength(2);
  expect((await clerk.call(credits.readCreditNote, { id: note.id })).reason).toBe('panne');
  expect(await printed(clerk, credits.readCreditNotePdf, { id: note.id })).toBe('%PDF');
  const mine = await portal(customerId);
  expect((await mine.call(credits.listMyCreditNotes, {})).rows).toHaveLength(2);
  expect((await mine.call(credits.readMyCreditNote, { id: note.id })).totalCents).toBe(8_043n);
  expect(await printed(mine, credits.readMyCreditNotePdf, { id: note.id })).toBe('%PDF');
  const stranger = await portal(await newCustomer(hub));
  await expect(stranger.call(credits.readMyCreditNote, { id: note.id })).rejects.toMatchObject({
    status: 404,
  });
  expect(await printed(stranger, credits.readMyCreditNotePdf, { id: note.id })).toBe('404');
});

test('amounts that are no amounts, and lines that are no lines, are refused and change nothing', async () => {
  const { hub, manager, bill } = await company();
  const { id } = await bill(await newCustomer(hub));
  const issue = (line: object) =>
    manager.call(credits.issueCreditNote, { id, lines: [line as { line: number }], reason: 'x' });
  for (const amountCents of [1.5, '100', 1e15, Number.NaN, null])
    await expect(issue({ line: 1, amountCents }), String(amountCents)).rejects.toMatchObject({
      code: 'invalid_input',
    });
  for (const line of [{ line: 0 }, { line: 1.5 }, { line: 1, quantity: 0 }, { line: 1, quantity: -1 }, {}])
    await expect(issue(line), JSON.stringify(line)).rejects.toMatchObject({ code: 'invalid_input' });
  for (const amountCents of [-1, 0, 13_991])
    await expect(issue({ line: 1, amountCents }), String(amountCents)).rejects.toMatchObject({
      code: 'credit_above_left',
    });
  await expect(issue({ line: 2 })).rejects.toMatchObject({ code: 'credit_line_unknown' });
  const writeOff = (amountCents: unknown) =>
    manager.call(receivables.writeOffInvoice, { id, amountCents: amountCents as number, reason: 'x' });
  for (const amountCents of [0.5, '1'])
    await expect(writeOff(amountCents)).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(writeOff(-100)).rejects.toMatchObject({ code: 'amount_not_positive' });
  const { rows } = await hub.pool.query('select count(*)::int as count from billing.credit_notes');
  expect(rows).toEqual([{ count: 0 }]);
});

test('a dispute is opened by the counter and decided by billing; what is left is written off and recovered', async () => {
  const { hub, clerk, manager, csr, bill } = await company();
  const customerId = await newCustomer(hub);
  const { id } = await bill(customerId);
  const dispute = await csr.call(receivables.openDispute, { id, amountCents: 1_000, reason: 'pas servi' });
  expect((await csr.call(receivables.listDisputes, {})).rows).toMatchObject([{ id: dispute.id }]);
  await expect(
    csr.call(receivables.closeDispute, { id: dispute.id, outcome: 'upheld', note: 'x' }),
  ).rejects.toMatchObject({ code: 'forbidden' });
  await clerk.call(receivables.closeDispute, { id: dispute.id, outcome: 'upheld', note: 'servi' });
  await expect(clerk.call(receivables.writeOffInvoice, { id, reason: 'x' })).rejects.toMatchObject({
    code: 'approval_needed',
    status: 403,
  });
  const given = await manager.call(receivables.writeOffInvoice, { id, reason: 'introuvable' });
  expect((await clerk.call(receivables.listWriteOffs, { customerId })).rows).toMatchObject([
    { id: given.id },
  ]);
  const back = await clerk.call(receivables.recoverWriteOff, { id: given.id, reason: 'retrouvé' });
  expect(back.recoveredCents).toBe(given.amountCents);
});

test('rules of interest and limits are set by administrators; interest is seen, charged, waived; fees are refused', async () => {
  const { hub, served, clerk, csr, bill } = await company();
  const admin = await served.as('admin');
  const customerId = await newCustomer(hub);
  const term = { from: '2026-11-02', residentialPercent: '18', businessPercent: null };
  await expect(clerk.call(interest.changeInterest, term)).rejects.toMatchObject({ code: 'forbidden' });
  await admin.call(interest.changeInterest, term);
  await expect(
    admin.call(interest.changeInterest, { ...term, residentialPercent: '35.01' }),
  ).rejects.toMatchObject({ code: 'interest_above_law' });
  await admin.call(interest.changeApprovalLimits, { creditCents: 1, writeOffCents: 2 });
  expect(await csr.call(interest.readBillingRules, {})).toMatchObject({
    interest: [{ residentialPercent: '18', graceDays: 0 }],
    limits: { creditCents: 1n, writeOffCents: 2n },
    pausedSince: null,
  });
  await admin.call(runs.pauseScheduler, { paused: true });
  const { pausedSince } = await csr.call(interest.readBillingRules, {});
  expect(pausedSince).toBe(hub.now.toISOString());
  await admin.call(runs.pauseScheduler, { paused: false });
  expect((await csr.call(interest.readBillingRules, {})).pausedSince).toBeNull();
  await hub.act((tx) =>
    agreeInterest(tx, { customerId, source: 'CTR-1', from: '2026-11-02', yearlyPercent: '18' }),
  );
  await bill(customerId);
  await hub.moveTo(new Date('2026-12-22T15:00:00Z')); // 30 days after the due date
  expect((await csr.call(interest.previewInterest, { customerId })).totalCents).toBe(238n);
  const charged = await clerk.call(interest.chargeInterest, { customerId });
  expect(charged.totalCents).toBe(238n);
  await clerk.call(interest.waiveInterest, { customerId, from: '2026-12-23', reason: 'entente' });
  await hub.passDays(30);
  expect((await csr.call(interest.previewInterest, { customerId })).lines).toEqual([]);
  const fee = { customerId, fee: 'returned_payment', amountCents: 2_500, reason: 'chèque' } as const;
  await expect(clerk.call(interest.chargeFee, fee)).rejects.toMatchObject({ code: 'fee_forbidden' });
});

test('an exemption is granted by who may approve; the statement is read by the office and by its customer', async () => {
  const { hub, clerk, manager, csr, portal, bill } = await company();
  const customerId = await newCustomer(hub);
  const asked = {
    customerId,
    taxes: ['GST', 'QST'] as ('GST' | 'QST')[],
    reason: 'Première Nation',
    certificate: '0700012345',
    evidence: 'copie au dossier',
    validFrom: '2026-11-01',
  };
  await expect(clerk.call(exemptions.grantTaxExemption, asked)).rejects.toMatchObject({ code: 'forbidden' });
  const { id } = await manager.call(exemptions.grantTaxExemption, asked);
  expect((await bill(customerId)).totalCents).toBe(13_990n);
  await manager.call(exemptions.endTaxExemption, { id, validTo: '2026-11-30', reason: 'déménagé' });
  expect((await csr.call(exemptions.listTaxExemptions, { customerId })).exemptions).toMatchObject([
    { validTo: '2026-11-30' },
  ]);
  const days = { from: '2026-11-01', to: '2026-11-30' };
  const mine = await portal(customerId);
  expect((await csr.call(statements.readStatement, { customerId, ...days })).closingCents).toBe(13_990n);
  expect((await mine.call(statements.readMyStatement, days)).movements).toHaveLength(1);
  expect(await printed(csr, statements.readStatementPdf, { customerId, ...days })).toBe('%PDF');
  expect(await printed(mine, statements.readMyStatementPdf, days)).toBe('%PDF');
  await expect(
    csr.call(statements.readStatement, { customerId, from: '2026-02-30', to: '2026-03-01' }),
  ).rejects.toMatchObject({ code: 'invalid_input' });
});

// Every operation about money and services through the door people use: HTTP, with their own rights.
import {
  billingOperations,
  chargesOperations,
  ledgerOperations,
  paymentsOperations,
  portalOperations,
  subscriptionsOperations,
} from '@gigafibre/contract';
import {
  activeService,
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  serveHub,
  stockCatalog,
  testHub,
  type Caller,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';

const company = async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const served = await serveHub(hub);
  const customerSession = async (customerId: string): Promise<Caller> => {
    const link = await portalLink(hub.env, { customerIds: [customerId], now: hub.now, id: customerId });
    const browser = served.visitor('portal');
    await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
    return browser;
  };
  return { hub, served, customerSession };
};

test('a service is sold, previewed, started, shown and revealed', async () => {
  const { hub, served, customerSession } = await company();
  const [csr, network] = [await served.as('csr'), await served.as('network')];
  const customerId = await newCustomer(hub);
  const locationId = await newLocation(hub, customerId);
  const id = await newSubscription(hub, { customerId, locationId });
  const preview = await csr.call(billingOperations.previewFirstInvoice, { id });
  expect(preview.totalCents).toBe(9_442n);
  await expect(csr.call(subscriptionsOperations.activateSubscription, { id })).rejects.toMatchObject({
    code: 'equipment_needed',
    status: 409,
  });
  await installOnt(hub, { customerId, locationId });
  const active = await csr.call(subscriptionsOperations.activateSubscription, { id });
  expect(active).toMatchObject({
    status: 'active',
    activatedOn: '2026-11-02',
    address: expect.stringContaining('Saint-Rémi'),
  });
  await hub.drain();
  const read = await csr.call(subscriptionsOperations.readSubscription, { id });
  expect(read.history.map(({ to }) => to)).toEqual(['pending', 'active']);
  expect((await csr.call(subscriptionsOperations.listSubscriptions, { customerId })).rows).toHaveLength(1);
  expect((await csr.call(subscriptionsOperations.listDrift, {})).rows.map(({ target }) => target)).toEqual([
    'acs',
    'olt',
  ]);
  await expect(csr.call(subscriptionsOperations.revealAccess, { id })).rejects.toMatchObject({ status: 403 });
  const access = await network.call(subscriptionsOperations.revealAccess, { id });
  expect(access).toEqual({
    radiusUser: active.radiusUser,
    radiusPassword: expect.stringMatching(/^[\w-]{24}$/),
  });
  const mine = await (await customerSession(customerId)).call(subscriptionsOperations.listMyServices, {});
  expect(mine.services).toMatchObject([{ id, status: 'active', downloadMbps: 500, monthlyCents: 8_495n }]);
  expect(
    JSON.stringify(mine, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)),
  ).not.toContain('radius');
  await expect(
    csr.call(subscriptionsOperations.cancelSubscription, { id, reason: 'trop tard' }),
  ).rejects.toMatchObject({ code: 'not_in_this_state' });
});

test('charges wait, are withdrawn or invoiced; invoices are previewed, issued, listed and printed', async () => {
  const { hub, served, customerSession } = await company();
  const billing = await served.as('billing');
  const customerId = await newCustomer(hub);
  const kept = await billing.call(chargesOperations.addCharge, { customerId, sku: 'VISITE' });
  const wrong = await billing.call(chargesOperations.addCharge, { customerId, sku: 'VISITE', quantity: 2 });
  await billing.call(chargesOperations.cancelCharge, { id: wrong.id, reason: 'doublon' });
  const open = await billing.call(chargesOperations.listCharges, { customerId });
  expect(open.rows.map(({ id }) => id)).toEqual([kept.id]);
  const input = { customerId, reason: 'visite', withOpenCharges: true, lines: [{ sku: 'INSTALLATION' }] };
  const preview = await billing.call(billingOperations.previewInvoice, input);
  const invoice = await billing.call(billingOperations.issueInvoice, input, { commandId: 'tap' });
  expect(await billing.call(billingOperations.issueInvoice, input, { commandId: 'tap' })).toEqual(invoice);
  expect([preview.totalCents, invoice.totalCents]).toEqual([19_540n, 19_540n]);
  expect((await billing.call(billingOperations.listInvoices, { search: invoice.id })).rows).toHaveLength(1);
  expect((await billing.call(billingOperations.readInvoice, { id: invoice.id })).reason).toBe('visite');
  const browser = await customerSession(customerId);
  expect((await browser.call(billingOperations.listMyInvoices, { show: 'open' })).rows).toMatchObject([
    { id: invoice.id },
  ]);
  for (const [caller, path] of [
    [billing, billingOperations.readInvoicePdf.path],
    [browser, billingOperations.readMyInvoicePdf.path],
  ] as const) {
    const answer = await caller.fetch(`${served.url}${path.replace('{id}', invoice.id)}?language=en`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect((await answer.text()).slice(0, 5)).toBe('%PDF-');
  }
});

test('money taken by hand is recorded, listed, receipted and in the journal', async () => {
  const { hub, served, customerSession } = await company();
  const billing = await served.as('billing');
  const { customerId } = await activeService(hub);
  await hub.drain();
  const owed = await billing.call(paymentsOperations.readBalance, { customer: customerId });
  expect(owed).toMatchObject({ balanceCents: 9_442n, openInvoices: 1, nextDueOn: '2026-11-22' });
  const cheque = { customerId, method: 'cheque', amountCents: 10_000, reference: '0042' } as const;
  const paid = await billing.call(paymentsOperations.recordPayment, cheque);
  expect(paid).toMatchObject({ creditCents: 558n, by: expect.any(String) });
  await expect(billing.call(paymentsOperations.recordPayment, cheque)).rejects.toMatchObject({
    code: 'reference_used',
    data: { payment: paid.id },
  });
  expect((await billing.call(paymentsOperations.readPayment, { id: paid.id })).allocations).toHaveLength(1);
  expect((await billing.call(paymentsOperations.listPayments, { customerId })).rows).toHaveLength(1);
  expect(await billing.call(paymentsOperations.applyCredit, { id: customerId })).toEqual({
    appliedCents: 0n,
    creditCents: 558n,
  });
  const browser = await customerSession(customerId);
  for (const [caller, path] of [
    [billing, paymentsOperations.readReceipt.path],
    [browser, paymentsOperations.readMyReceipt.path],
  ] as const) {
    const answer = await caller.fetch(`${served.url}${path.replace('{id}', paid.id)}`);
    expect([answer.status, (await answer.text()).slice(0, 5)]).toEqual([200, '%PDF-']);
  }
  const stranger = await customerSession(await newCustomer(hub));
  expect((await stranger.fetch(`${served.url}/api/me/payments/${paid.id}/receipt`)).status).toBe(404);
  const journal = await billing.call(ledgerOperations.listEntries, { customerId });
  expect(journal.rows.map(({ document }) => document.kind)).toEqual(['payment', 'invoice']);
  const { accounts } = await billing.call(ledgerOperations.listAccounts, {});
  expect(accounts.reduce((sum, { balanceCents }) => sum + balanceCents, 0n)).toBe(0n);
});

test('coming back from the payment page leads to the result or to the cancelled page, and nowhere else', async () => {
  const { served } = await company();
  const back = served.visitor('portal');
  const to = async (query: string) =>
    (await back.fetch(`${served.url}${paymentsOperations.returnFromProvider.path}?${query}`)).headers.get(
      'location',
    );
  expect(await to('checkout=CHK-10001&session=cs_1')).toBe('/portal/#/payment-success?checkout=CHK-10001');
  expect(await to('checkout=CHK-10001&cancelled=1')).toBe('/portal/#/payment-cancel?checkout=CHK-10001');
  expect(await to('checkout=https://evil.example')).toBeNull();
});

test('who may not is refused by name, and nobody at all is asked to sign in', async () => {
  const { hub, served } = await company();
  const customerId = await newCustomer(hub);
  const reader = await served.as('readonly');
  const refusals: [() => Promise<unknown>, string][] = [
    [() => reader.call(billingOperations.issueInvoice, { customerId, reason: 'x' }), 'billing.write'],
    [() => reader.call(chargesOperations.addCharge, { customerId, sku: 'VISITE' }), 'billing.write'],
    [
      () => reader.call(paymentsOperations.recordPayment, { customerId, method: 'cash', amountCents: 5 }),
      'payments.take',
    ],
    [
      () => reader.call(subscriptionsOperations.cancelSubscription, { id: 'SUB-1', reason: 'x' }),
      'subscriptions.write',
    ],
    [() => reader.call(billingOperations.readMyBalance, {}), 'portal.self'],
  ];
  for (const [call, capability] of refusals)
    await expect(call(), capability).rejects.toMatchObject({ status: 403, data: { capability } });
  await expect(served.visitor('portal').call(billingOperations.readMyBalance, {})).rejects.toMatchObject({
    status: 401,
  });
  // A key may be given the customers' right, but it is no customer.
  const key = await served.as(['portal.self']);
  await expect(key.call(billingOperations.readMyBalance, {})).rejects.toMatchObject({ status: 403 });
});

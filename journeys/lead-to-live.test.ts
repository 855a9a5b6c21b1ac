import {
  dispatchOperations,
  billingOperations,
  fieldOperations,
  messagesOperations,
  paymentsOperations,
  plantOperations,
  portalOperations,
  salesOperations,
  subscriptionsOperations,
  viewsOperations,
  visionOperations,
  customersOperations,
} from '@gigafibre/contract';
import { ontLabelPng } from '@gigafibre/simulators';
import { answerChecklist, testWorld, type Caller, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { layFoundations } from '../apps/hub/src/imports/demo/open-company.ts';
import { verifyBilling } from '../apps/hub/src/domains/billing/index.ts';
import { verifyLedger } from '../apps/hub/src/domains/ledger/index.ts';

// The whole thread over HTTP, each person with their own credentials, in virtual time: from an address somebody
// reads out on the phone to the receipt of their first payment.

const HELENE = {
  name: 'Hélène Tremblay',
  emailId: 'helene.tremblay@courriel.example',
  cellPhone: '+14505550141',
};
/** The visit: Thursday 5 November 2026; the story starts on the Monday before, at nine. */
const VISIT = { date: '2026-11-05', startsAt: '2026-11-05T13:30:00.000Z' };
const SIGNATURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** The newest message to somebody, as the sandbox shows it. */
async function read(staff: Caller, template: string): Promise<string> {
  const { rows } = await staff.call(messagesOperations.listMessages, { limit: 50 });
  const message = rows.find((row) => row.template === template);
  if (!message) throw new Error(`no message ${template} among ${rows.map((row) => row.template).join(', ')}`);
  return message.text;
}
/** What a pattern finds in the link of the newest message, whether it stands there or behind a short one. */
async function linked(
  world: TestWorld,
  { csr, template, pattern }: { csr: Caller; template: string; pattern: RegExp },
): Promise<string> {
  const text = await read(csr, template);
  const short = /(https?:\S+\/l\/\w+)/.exec(text)?.[1];
  if (short === undefined) return match(text, pattern);
  const { headers } = await world.visitor('portal').fetch(short);
  return match(headers.get('location') ?? '', pattern);
}
const match = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`nothing like ${String(pattern)} in: ${text}`);
  return found;
};

async function company(): Promise<
  TestWorld & { technicianIds: string[]; ont: { serial: string; mac: string } }
> {
  const world = await testWorld();
  const { technicianIds, onts } = await world.act((tx) =>
    layFoundations(tx, { managementAddress: () => world.world.addresses.olt }),
  );
  const [ont] = onts;
  if (!ont) throw new Error('no ONT');
  world.world.addOnt({ ...ont, rxDbm: -19.4, state: 'online' });
  return {
    ...world,
    get now() {
      return world.now;
    },
    technicianIds,
    ont,
  };
}

async function sell(world: TestWorld, csr: Caller) {
  const { addresses } = await csr.call(plantOperations.searchAddresses, {
    q: '1002 principale ste clotilde',
  });
  const address = addresses.find(({ serviceability }) => serviceability === 'serviceable');
  if (!address) throw new Error(`not serviceable: ${JSON.stringify(addresses)}`);
  const lines = [{ sku: 'FIBRE-500' }, { sku: 'WIFI-MAILLE' }, { sku: 'INSTALLATION' }];
  const preview = await csr.call(salesOperations.previewQuote, { lines });
  const { slots } = await csr.call(dispatchOperations.suggestSlots, { from: VISIT.date, days: 1 });
  const slot = slots.find(({ date }) => date === VISIT.date);
  if (!slot) throw new Error('no slot');
  const quote = await csr.call(salesOperations.createQuote, {
    contact: { ...HELENE, language: 'fr' },
    addressId: address.id,
    lines,
    slot: { date: slot.date, from: slot.from, to: slot.to },
  });
  expect(quote.totals, 'what was previewed is what was made, to the cent').toEqual(preview.totals);
  await csr.call(salesOperations.sendQuote, {
    id: quote.id,
    version: quote.version,
    channels: ['email', 'sms'],
  });
  await world.settle();
  return quote;
}

async function sign(world: TestWorld, csr: Caller) {
  const token = await linked(world, { csr, template: 'quote_signing', pattern: /\/accept\/(\S+)/ });
  const prospect = world.visitor('portal');
  const page = await prospect.fetch(`${world.url}/accept/${token}`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('Hélène Tremblay');
  await prospect.call(salesOperations.requestAcceptanceCode, { token, channel: 'sms' });
  await world.settle();
  const code = match(await read(csr, 'acceptance_code'), /(\d{6})/);
  const signing = {
    token,
    name: HELENE.name,
    language: 'fr' as const,
    signature: { kind: 'typed' as const },
    consents: { contract: true as const, electronic: true as const },
    code,
  };
  const signed = await prospect.call(salesOperations.signAcceptance, signing);
  await expect(
    prospect.call(salesOperations.signAcceptance, signing),
    'a second press makes no second order',
  ).rejects.toMatchObject({ status: 409 });
  await world.settle();
  return signed;
}

async function dispatchVisit(
  world: TestWorld,
  { dispatcher, technicianId, jobId }: { dispatcher: Caller; technicianId: string; jobId: string },
) {
  const { pool } = await dispatcher.call(dispatchOperations.readDay, { date: VISIT.date });
  const job = pool.find(({ id }) => id === jobId);
  if (!job) throw new Error('the installation is not in the pool');
  const placed = await dispatcher.call(dispatchOperations.scheduleJob, {
    id: jobId,
    version: job.version,
    technicianId,
    startsAt: VISIT.startsAt,
  });
  expect(placed.conflicts).toEqual([]);
  await dispatcher.call(dispatchOperations.publishDay, { date: VISIT.date });
  await world.settle();
}

async function install(
  world: TestWorld,
  { csr, jobId, ont }: { csr: Caller; jobId: string; ont: { serial: string; mac: string } },
) {
  const token = await linked(world, { csr, template: 'technician_day', pattern: /#\/j\/(\S+)/ });
  await world.moveTo(new Date(VISIT.startsAt));
  const phone = world.visitor('field');
  await phone.call(fieldOperations.signIn, { token });
  const day = await phone.call(fieldOperations.listMyDay, {});
  expect(day.jobs.map(({ id }) => id)).toEqual([jobId]);
  const at = () => world.now.toISOString();
  await phone.call(fieldOperations.startTravel, { id: jobId, at: at() });
  await phone.call(fieldOperations.arrive, { id: jobId, at: at() });
  await expect(phone.call(fieldOperations.complete, { id: jobId, at: at() })).rejects.toMatchObject({
    code: 'install_gate_open',
  });
  const photo = await ontLabelPng({
    serial: ont.serial,
    mac: ont.mac,
    model: 'XX230v',
    seed: 7,
    photo: true,
  });
  const label = await phone.call(visionOperations.readLabel, {
    image: Buffer.from(photo).toString('base64'),
  });
  expect(label.fields.serial).toBe(ont.serial);
  await phone.call(fieldOperations.attachEquipment, {
    id: jobId,
    at: at(),
    serial: ont.serial,
    mac: ont.mac,
    how: 'scan',
  });
  const { reading } = await phone.call(fieldOperations.takeReading, {
    id: jobId,
    at: at(),
    readingId: crypto.randomUUID(),
  });
  expect(reading.rxDbm).toBeCloseTo(-19.4, 1);
  await phone.call(fieldOperations.saveSignature, { id: jobId, at: at(), name: HELENE.name, png: SIGNATURE });
  await expect(phone.call(fieldOperations.complete, { id: jobId, at: at() })).rejects.toMatchObject({
    code: 'checklist_open',
  });
  await answerChecklist(phone, { id: jobId, at: at() });
  const done = await phone.call(
    fieldOperations.complete,
    { id: jobId, at: at(), summary: 'Installé' },
    { commandId: 'complete' },
  );
  const again = await phone.call(
    fieldOperations.complete,
    { id: jobId, at: at(), summary: 'Installé' },
    { commandId: 'complete' },
  );
  expect(again, 'the phone sends again when the answer was lost').toEqual(done);
  await world.settle();
}

async function signInToPortal(world: TestWorld, csr: Caller): Promise<Caller> {
  await world.visitor('portal').call(portalOperations.requestPortalLink, { identifier: '(450) 555-0141' });
  await world.settle();
  const portal = world.visitor('portal');
  await portal.call(portalOperations.openPortalLink, {
    token: await linked(world, { csr, template: 'portal_link', pattern: /token=(\S+)/ }),
  });
  return portal;
}

const pay = (url: string, cardNumber: string) =>
  fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ cardNumber, cardExpiry: '12/30', cardCvc: '123' }),
    redirect: 'manual',
  });

test('from an address to a paid invoice, through every hand', async () => {
  const world = await company();
  const [csr, dispatcher, admin] = await Promise.all([
    world.as('admin'),
    world.as('dispatcher'),
    world.as('admin'),
  ]);

  const quote = await sell(world, csr);
  await sign(world, csr);
  const accepted = await csr.call(salesOperations.readQuote, { id: quote.id });
  expect(accepted).toMatchObject({ status: 'accepted', order: { portReserved: true, contractReady: true } });
  const jobId = accepted.order?.jobId ?? '';
  const customerId = accepted.customerId ?? '';

  await dispatchVisit(world, { dispatcher, technicianId: world.technicianIds[0] ?? '', jobId });
  await install(world, { csr, jobId, ont: world.ont });

  const { rows: services } = await csr.call(subscriptionsOperations.listSubscriptions, { customerId });
  expect(services).toMatchObject([{ status: 'active', activatedOn: VISIT.date }]);
  const radius = await world.pool.query(`select attribute, op from radius.radcheck where username = $1`, [
    services[0]?.radiusUser,
  ]);
  expect(radius.rows).toContainEqual({ attribute: 'Cleartext-Password', op: ':=' });

  const portal = await signInToPortal(world, csr);
  const { rows: invoices } = await portal.call(billingOperations.listMyInvoices, {});
  const [invoice] = invoices;
  if (!invoice) throw new Error('no invoice');
  expect(invoices).toHaveLength(1);
  const whole = await portal.call(billingOperations.readMyInvoice, { id: invoice.id });
  // 26 of the 30 days of November: 64.95 → 56.29; the node rented with it likewise; the installation once.
  expect(whole.lines.find(({ sku }) => sku === 'FIBRE-500')).toMatchObject({
    period: { from: '2026-11-05', to: '2026-11-30' },
    amountCents: 5_629n,
  });
  const pdf = await portal.fetch(`${world.url}/api/me/invoices/${invoice.id}/pdf`);
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  const refused = await portal.call(paymentsOperations.checkoutInvoice, { invoiceId: invoice.id });
  await pay(refused.url, '4000000000000002');
  const started = await portal.call(paymentsOperations.checkoutInvoice, { invoiceId: invoice.id });
  await pay(started.url, '4242424242424242');
  await world.settle();
  expect(await portal.call(paymentsOperations.readMyCheckout, { id: started.checkoutId })).toMatchObject({
    state: 'paid',
  });
  expect((await portal.call(billingOperations.readMyBalance, {})).balanceCents).toBe(0n);
  await expect(
    portal.call(paymentsOperations.checkoutInvoice, { invoiceId: invoice.id }),
    'paid is paid',
  ).rejects.toMatchObject({ code: 'invoice_already_paid' });
  expect(await read(admin, 'payment_receipt')).toContain('Nous avons reçu votre paiement');
  expect(await read(admin, 'welcome')).toContain('est en fonction');

  const found = await csr.call(customersOperations.listCustomers, { search: 'helene tramblay' });
  expect(found.rows.map(({ id }) => id)).toContain(customerId);
  for (const said of ['(450) 555-0141', invoice.id, world.ont.serial]) {
    expect(
      (await csr.call(customersOperations.listCustomers, { search: said })).rows.map(({ id }) => id),
      said,
    ).toEqual([customerId]);
  }
  const view = await csr.call(viewsOperations.customer360, { id: customerId });
  expect(view).toMatchObject({
    balanceCents: 0n,
    subscriptions: [{ status: 'active' }],
    invoices: [{ status: 'paid' }],
    jobs: [{ status: 'completed' }],
    equipment: [{ serial: world.ont.serial }],
  });
  const figures = await admin.call(viewsOperations.dashboard, {});
  expect(figures).toMatchObject({
    services: { active: 1, pending: 0 },
    money: { receivableCents: 0n, receivedThisMonthCents: invoice.totalCents },
  });
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
});

import { customersOperations, refusalWords, salesOperations } from '@gigafibre/contract';
import type { Fault } from '@gigafibre/simulators';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityTroubles } from './src/accessibility.ts';
import { pageSettled, pageTroubles } from './src/page-troubles.ts';
import { takePicture } from './src/pictures.ts';
import { setStage, taken, type Stage } from './src/stage.ts';
import { wordsIn } from './src/words.ts';

// What people see when something is wrong: a sentence, and a way on.

const words = wordsIn('fr');
/** The hub waits this long for the payment service before it says that it does not answer. */
const PROVIDER_WAIT_MS = 40_000;
const RECOVERY_MS = 30_000;

test('a payment service that is down, slow or raving says so, and the customer pays all the same', async () => {
  const stage = await setStage();
  const [patient, other] = await owingCustomers(stage);
  const slow = await atPortal(stage, patient);
  stage.world.stripe.orderFault('hang');
  await payButton(slow).click();
  await expect.poll(() => stage.world.stripe.state()['faults'], { timeout: 60_000 }).toEqual([]);

  const page = await atPortal(stage, other);
  for (const fault of ['http500', 'http429', 'garbage', 'reset'] satisfies Fault[]) {
    stage.world.stripe.orderFault(fault);
    await payButton(page).click();
    await said(page, refusalWords('outside_unavailable', { system: 'stripe' }, 'fr'));
    await look(page, `trouble-payment-${fault}`);
  }
  await payButton(page).click();
  await page.locator('#cardNumber').waitFor();

  await slow
    .getByText(refusalWords('outside_unavailable', { system: 'stripe' }, 'fr'))
    .waitFor({ timeout: PROVIDER_WAIT_MS });
  await payButton(slow).click();
  await slow.locator('#cardNumber').waitFor();
  expect(stage.complaints).toEqual([]);
});

test('without the hub both apps say so and find their way back, also when the session is over', async () => {
  const stage = await setStage();
  const [customer] = await owingCustomers(stage);
  const office = await atOffice(stage, 'admin');
  const portal = await atPortal(stage, customer);
  // The portal keeps its screens on the device; the office fetches one when it is first opened.
  await portal.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await withoutNetwork(office, async () => {
    await office.getByRole('link', { name: words.ops('nav.clients'), exact: true }).click();
    await office.getByText(words.ops('shell.notLoaded')).waitFor();
    await look(office, 'trouble-offline-office');
  });
  // The browser may remember that the file did not come: then the way on is offered again.
  const search = office.getByLabel(words.ops('clients.search'));
  const retry = office.getByRole('button', { name: words.ops('actions.retry') });
  await office.getByRole('link', { name: words.ops('nav.clients'), exact: true }).click();
  await search.or(retry.last()).first().waitFor();
  if (!(await search.isVisible())) await retry.last().click();
  await search.waitFor({ timeout: RECOVERY_MS });
  await withoutNetwork(portal, async () => {
    await portal.getByRole('link', { name: words.portal('nav.invoices'), exact: true }).click();
    await portal.getByText(words.portal('views.offline')).waitFor();
    await look(portal, 'trouble-offline-portal');
  });
  await portal
    .getByText(/INV-\d+/)
    .first()
    .waitFor({ timeout: RECOVERY_MS });

  await office.context().clearCookies();
  await office.goto(`${stage.url}/ops/#/invoices?show=open`);
  await office.getByRole('heading', { name: words.ops('login.title') }).waitFor();
  await look(office, 'trouble-session-office');
  await portal.context().clearCookies();
  await portal.goto(`${stage.url}/portal/#/me`);
  await portal.getByRole('heading', { name: words.portal('login.title') }).waitFor();
  await look(portal, 'trouble-session-portal');
  expect(stage.complaints).toEqual([]);
});

test('a record that is not there, and a screen one may not open, say which and why', async () => {
  const stage = await setStage();
  const [customer] = await owingCustomers(stage);
  const office = await atOffice(stage, 'admin');
  for (const [name, path] of Object.entries({
    client: 'clients/C-999999',
    invoice: 'invoices/INV-99999999',
    quote: 'sales/QTN-999999',
  })) {
    await office.goto(`${stage.url}/ops/#/${path}`);
    await office
      .getByRole('alert')
      .filter({ hasText: /Introuvable/ })
      .waitFor();
    await look(office, `trouble-missing-${name}`);
  }
  const portal = await atPortal(stage, customer);
  await portal.goto(`${stage.url}/portal/#/invoices/INV-99999999`);
  await portal
    .getByRole('alert')
    .filter({ hasText: /Introuvable/ })
    .waitFor();
  await look(portal, 'trouble-missing-portal');

  const technician = await atOffice(stage, 'tech');
  for (const path of ['', 'clients', 'invoices', 'sales', 'dispatch', 'equipe', 'settings']) {
    await technician.goto(`${stage.url}/ops/#/${path}`);
    await technician.getByText(words.ops('shell.notAllowed')).first().waitFor();
    await look(technician, `trouble-forbidden-${path === '' ? 'home' : path}`);
  }
  expect(stage.complaints).toEqual([]);
});

test('SQL and HTML that somebody types are text wherever they are shown', async () => {
  const stage = await setStage();
  const name = `<img src=x onerror=alert(1)> Robert'); drop table customers; --`;
  const { id } = await stage.behind.call(customersOperations.createCustomer, {
    name,
    notes: '<script>alert(2)</script>',
    emailId: 'robert@courriel.example',
  });
  const quote = await stage.behind.call(salesOperations.createQuote, {
    customerId: id,
    contact: null,
    addressId: await freeAddress(stage),
    lines: [{ sku: 'FIBRE-500', quantity: 1 }],
    notes: name,
  });
  await stage.behind.call(salesOperations.sendQuote, {
    id: quote.id,
    version: quote.version,
    channels: ['email'],
  });
  const office = await atOffice(stage, 'admin');
  const asked: string[] = [];
  office.on('dialog', (dialog) => asked.push(dialog.message()));
  for (const path of [
    `clients/${id}`,
    `clients?q=${encodeURIComponent(name)}`,
    `sales/${quote.id}`,
    'sales',
  ]) {
    // By way of a page that does not show it: what was there before must not be taken for what is there now.
    await office.goto(`${stage.url}/ops/#/equipe`);
    await office.getByRole('heading', { level: 1, name: words.ops('staff.title') }).waitFor();
    await office.goto(`${stage.url}/ops/#/${path}`);
    await shownAsText(office, name);
  }
  await office.goto(`${stage.url}/ops/#/clients?q=${encodeURIComponent("' or 1=1 --")}`);
  await office.getByText(words.ops('clients.none')).waitFor();
  const portal = await atPortal(stage, id);
  await shownAsText(portal, name);
  const accept = await stage.person({ size: 'phone' });
  await accept.goto(taken(await stage.message('quote_signing'), /(https?:\S+\/(?:accept|l)\/\S+)/));
  await shownAsText(accept, name);
  expect([...asked, ...stage.complaints]).toEqual([]);
});

/** Cuts the network of a page, which says so, and gives it back, which it notices. */
async function withoutNetwork(page: Page, act: () => Promise<void>): Promise<void> {
  const away = page.getByText(words.ops('connection.away')).first();
  await page.context().setOffline(true);
  await away.waitFor();
  await act();
  await page.context().setOffline(false);
  await away.waitFor({ state: 'hidden', timeout: RECOVERY_MS });
}

/** The words are on the page as they were typed, and nothing of them became an element. */
async function shownAsText(page: Page, typed: string): Promise<void> {
  await page.getByText(typed.slice(0, 40)).first().waitFor();
  expect(await page.locator('img[src="x"], main script').count()).toBe(0);
}

const said = (page: Page, sentence: string): Promise<void> =>
  page.getByRole('alert').filter({ hasText: sentence }).waitFor();

const payButton = (page: Page) => page.getByRole('button', { name: words.portal('home.pay'), exact: true });

/** The page in trouble holds as any other: readable, usable, nothing cut. */
async function look(page: Page, name: string): Promise<void> {
  await pageSettled(page);
  expect([...(await pageTroubles(page, 'fr')), ...(await accessibilityTroubles(page))], name).toEqual([]);
  await takePicture(page, name);
}

async function atPortal(stage: Stage, customerId: string): Promise<Page> {
  const page = await stage.person({ size: 'phone', chosen: true });
  await page.goto(await stage.customerLink(customerId));
  await page.getByRole('heading', { name: words.portal('home.hello') }).waitFor();
  return page;
}

async function atOffice(stage: Stage, role: 'admin' | 'tech'): Promise<Page> {
  const page = await stage.person({ size: 'desktop' });
  await page.goto(await stage.staffLink({ role }));
  await page.getByRole('navigation').first().waitFor();
  return page;
}

/** Customers with something to pay. */
async function owingCustomers({ pool }: Stage): Promise<[string, string]> {
  const { rows } = await pool.query<{ customer_id: string }>(
    'select distinct customer_id from billing.invoices where outstanding_cents > 0 order by customer_id limit 2',
  );
  const [one, two] = rows;
  if (!one || !two) throw new Error('nobody owes anything');
  return [one.customer_id, two.customer_id];
}

/** An address fibre reaches and where nobody is served. */
async function freeAddress({ pool }: Stage): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    `select a.id from plant.addresses a
      where a.civic_number = 193 and not exists (select from plant.locations l where l.address_id = a.id) limit 1`,
  );
  return rows[0]?.id ?? '';
}

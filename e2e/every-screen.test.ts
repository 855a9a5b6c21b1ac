import { civilDateOf } from '@gigafibre/calendar';
import {
  billingRunsOperations,
  creditNoteOperations,
  messagesOperations,
  paymentsOperations,
  receivableOperations,
  type Language,
} from '@gigafibre/contract';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { accessibilityTroubles } from './src/accessibility.ts';
import { SIZES, type Size } from './src/browser.ts';
import { pageSettled, pageTroubles } from './src/page-troubles.ts';
import { takePicture } from './src/pictures.ts';
import { everyRoute, type Records, type Route, type Viewer } from './src/routes.ts';
import { setStage, taken, type Stage } from './src/stage.ts';

// Every screen at every size, in both languages, light and dark: nothing cut, nothing untranslated, usable by all.

const ALL_SIZES = Object.keys(SIZES) as Size[]; // keys of a literal
/** Some fifty screens, eight looks each, on a machine that does other things too. */
const LOOKING_MS = 900_000;

const ALL = 'every screen holds at every size, in both languages, light and dark';
test(ALL, { timeout: LOOKING_MS }, async () => {
  const stage = await setStage();
  const records = await recordsOf(stage);
  const routes = everyRoute(records);
  const troubles: string[] = [];
  for (const language of ['fr', 'en'] as const)
    for (const viewer of ['office', 'field', 'customer', 'nobody'] as const) {
      const page = await openAs(stage, { viewer, language, customer: records.customer });
      const plain = viewer === 'nobody' ? await plainPages(stage, language) : [];
      for (const route of [...routes.filter((one) => one.viewer === viewer), ...plain]) {
        await openScreen(page, stage.url + route.address);
        troubles.push(...(await lookAt(page, route, language)));
      }
      await page.context().close();
    }
  expect([...troubles, ...stage.complaints]).toEqual([]);
});

/**
 * Every size in the language; axe on a desktop by day in French and on a phone by night in English: labels do not
 * depend on hues, nor hues on words, and it is half of the time.
 */
async function lookAt(page: Page, { name }: Route, language: Language): Promise<string[]> {
  const troubles: string[] = [];
  const note = (how: string, found: readonly string[]) =>
    troubles.push(...found.map((trouble) => `${name}, ${language}, ${how}: ${trouble}`));
  for (const size of ALL_SIZES) {
    await page.setViewportSize(SIZES[size]);
    await pageSettled(page);
    note(size, await pageTroubles(page, language));
    if (size === 'desktop' && language === 'fr') note('light', await accessibilityTroubles(page));
    await takePicture(page, `${language}-${size}-${name}`);
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  if (language === 'en') note('dark', await accessibilityTroubles(page));
  await takePicture(page, `${language}-dark-${name}`);
  await page.emulateMedia({ colorScheme: 'light' });
  return troubles;
}

/** Opens an address and waits until its screen stands there: a screen of an app writes its title when it does. */
async function openScreen(page: Page, url: string): Promise<void> {
  await page.evaluate(() => (document.title = ''));
  await page.goto(url);
  await page.waitForFunction(() => document.title !== '');
}

/** Somebody signed in as the screens ask; nobody has no session. */
async function openAs(
  stage: Stage,
  { viewer, language, customer }: { viewer: Viewer; language: Language; customer: string },
): Promise<Page> {
  const page = await stage.person({ size: 'desktop', language, chosen: true });
  if (viewer === 'office') await page.goto(await stage.staffLink({ role: 'admin', language }));
  if (viewer === 'field') await page.goto((await stage.technicianLink(stage.technicianIds[0] ?? '')).url);
  if (viewer === 'customer') await page.goto(await stage.customerLink(customer));
  if (viewer !== 'nobody') await page.waitForURL((url) => !/login|\/j\/./.test(url.hash));
  return page;
}

/** A technician whose own language it is: their plain page has no other way to choose. */
async function technicianOf({ pool }: Stage, language: Language): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'select id from dispatch.technicians where language = $1 order by id limit 1',
    [language],
  );
  return rows[0]?.id ?? '';
}

/** Records that fill their screens: a customer in arrears, money that went back, a sent quote, a job, a run. */
async function recordsOf({ pool, ont, behind, now }: Stage): Promise<Records> {
  const one = async (sql: string): Promise<Record<string, string>> =>
    (await pool.query<Record<string, string>>(sql)).rows[0] ?? {};
  const owing = await one(
    `select customer_id, id from billing.invoices where outstanding_cents > 0 order by due_on, id limit 1`,
  );
  const { id: quote = '' } = await one(
    `select id from sales.quotes where status = 'sent' order by id limit 1`,
  );
  const { id: job = '' } = await one(
    `select id from dispatch.jobs where status = 'published' order by starts_at limit 1`,
  );
  const { customer_id: customer = '', id: invoice = '' } = owing;
  const { id: run } = await behind.call(billingRunsOperations.startRun, { through: civilDateOf(now) });
  const payment = await moneyMoves(behind, { customer, invoice });
  const { id: supplierBill = '' } = await one(
    `select id from purchases.bills where state = 'paid' order by id limit 1`,
  );
  const { id: draftBill = '' } = await one(
    `select id from purchases.bills where state = 'draft' order by id limit 1`,
  );
  const records = { customer, invoice, myInvoice: invoice, payment, quote, job, run, serial: ont.serial };
  return { ...records, supplierBill, draftBill };
}

/** A credit, a dispute and a refund, so that what is seldom seen is on the screens too; answers the payment. */
async function moneyMoves(
  behind: Stage['behind'],
  { customer, invoice }: Pick<Records, 'customer' | 'invoice'>,
): Promise<string> {
  const reason = 'INC-1043';
  await behind.call(creditNoteOperations.issueCreditNote, {
    id: invoice,
    lines: [{ line: 1, amountCents: 100 }],
    reason,
  });
  await behind.call(receivableOperations.openDispute, { id: invoice, amountCents: 500, reason });
  const paid = { customerId: customer, method: 'transfer', amountCents: 2_000 } as const;
  const { id } = await behind.call(paymentsOperations.recordPayment, paid);
  const back = { paymentId: id, amountCents: 500, destination: 'transfer', reason: 'mistake' } as const;
  await behind.call(paymentsOperations.refundPayment, back);
  return id;
}

/** The pages that are not of an app: the contract to sign, a link that is not right, and a technician's plain day. */
async function plainPages(stage: Stage, language: Language): Promise<Route[]> {
  const { rows } = await stage.behind.call(messagesOperations.listMessages, { limit: 50 });
  const letter =
    rows.find(({ template, channel }) => template === 'quote_signing' && channel === 'email')?.text ?? '';
  const accept = new URL(taken(letter, /(https?:\S+\/accept\/\S+)/)).pathname;
  const { pageUrl } = await stage.technicianLink(await technicianOf(stage, language));
  const viewer = 'nobody' as const;
  return [
    { name: 'accept', viewer, address: `${accept}?lang=${language}` },
    { name: 'accept-refused', viewer, address: `/accept/${'x'.repeat(40)}?lang=${language}` },
    { name: 'tech-page', viewer, address: new URL(pageUrl).pathname },
  ];
}

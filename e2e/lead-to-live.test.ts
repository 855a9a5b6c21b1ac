import { dispatchOperations, salesOperations, type Language } from '@gigafibre/contract';
import { ontLabelPng } from '@gigafibre/simulators';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { sayIn } from '../apps/hub/src/doors/accept/words.ts';
import { formatClock } from '../packages/ui/src/format/format-date.ts';
import { formatMoney } from '../packages/ui/src/format/format-money.ts';
import { SIZES, type Size } from './src/browser.ts';
import { pageSettled, pageTroubles } from './src/page-troubles.ts';
import { pictureName, sizesOf, STEPS, takePicture, type Step } from './src/pictures.ts';
import { setStage, taken, type Stage } from './src/stage.ts';
import { wordsIn, type Words } from './src/words.ts';

// A newcomer's whole day in the browser: sell, sign, plan, install, pay; every step looked at on a desktop and a phone.

/** The customer of the day, and how it goes in their language. */
type Thread = Readonly<{
  stage: Stage;
  language: Language;
  words: Words;
  customer: Readonly<{ name: string; email: string; phone: string; search: string }>;
  /** Looks at a step at every size, keeps its pictures, and comes back to the size of the person. */
  picture: (page: Page, step: Step) => Promise<void>;
}>;

const CUSTOMERS = {
  fr: {
    name: 'Hélène Tremblay',
    email: 'helene@courriel.example',
    phone: '(450) 555-0178',
    search: 'helene tramblay',
  },
  en: { name: 'Emily Clarke', email: 'emily@mail.example', phone: '(450) 555-0178', search: 'emilie clark' },
} as const;
/** What 500 Mbps cost a month with taxes, in the catalogue of the demo. */
const MONTHLY_CENTS = 7_468n;
/** The technician who is free that day, and whose van holds the ONT. */
const TECHNICIAN = /Maxime Yelle/;
/** A window of arrival that begins at noon, in either language. */
const NOON = /de\s12\sh|12:00\sp\.m\.\sto/;

test.each(['fr', 'en'] as const)(
  'a sale, from the address to the paid invoice, through the real screens, in %s',
  async (language) => {
    const stage = await setStage();
    const pictured = new Set<Step>();
    const thread: Thread = {
      stage,
      language,
      words: wordsIn(language),
      customer: CUSTOMERS[language],
      picture: async (page, step) => {
        pictured.add(step);
        stage.complaints.push(...(await lookAt(page, { language, step })));
      },
    };
    const office = await stage.person({ size: 'desktop', language });
    const quoteId = await sell(thread, office);
    await sign(thread, await stage.person({ size: 'phone', language }));
    await plan(thread, office, quoteId);
    await install(thread, await stage.person({ size: 'phone', language, chosen: true }));
    await pay(thread, await stage.person({ size: 'phone', language, chosen: true }));
    await seeAll(thread, office);
    expect(stage.complaints).toEqual([]);
    expect([...pictured]).toEqual(STEPS);
  },
);

async function lookAt(page: Page, { language, step }: { language: Language; step: Step }): Promise<string[]> {
  const own = page.viewportSize();
  const troubles: string[] = [];
  for (const size of sizesOf(step)) {
    const wanted = SIZES[size];
    if (page.viewportSize()?.width !== wanted.width) await page.setViewportSize(wanted);
    await pageSettled(page);
    // The payment page is the provider's.
    if (step !== '19-card') troubles.push(...named(step, size, await pageTroubles(page, language)));
    await takePicture(page, pictureName(language, size, step));
  }
  if (own && page.viewportSize()?.width !== own.width) await page.setViewportSize(own);
  return troubles;
}

const named = (step: Step, size: Size, troubles: readonly string[]): string[] =>
  troubles.map((trouble) => `${step}, ${size}: ${trouble}`);

/** The seller finds the address, writes who it is, chooses a plan and a window, and sends the quote; its number. */
async function sell({ stage, language, words, customer, picture }: Thread, office: Page): Promise<string> {
  const button = (name: string) => office.getByRole('button', { name, exact: true });
  await office.goto(await stage.staffLink({ role: 'admin', language }));
  await office.getByRole('heading', { name: words.ops('home.title') }).waitFor();
  await picture(office, '01-today');
  await office.goto(`${stage.url}/ops/#/sales/new`);
  await office.getByLabel(words.ops('sale.address')).fill('193 jardinier ste clotilde');
  const served = words.ops('states.serviceability.serviceable');
  const address = office.getByRole('button', { name: new RegExp(`193.*${served}`, 's') }).first();
  await address.waitFor();
  await picture(office, '02-address');
  await address.click();
  const someone = office.getByRole('group', { name: words.ops('sale.someoneNew') });
  await someone.getByLabel(words.ops('clients.name')).fill(customer.name);
  await someone.getByLabel(words.ops('sale.language')).selectOption(language);
  await someone.getByLabel(words.ops('clients.email')).fill(customer.email);
  await someone.getByLabel(words.ops('clients.cell')).fill(customer.phone);
  await picture(office, '03-customer');
  await button(words.ops('sale.next')).click();
  await office.getByText(/^(Fibre 500 Mbit\/s|Fibre 500 Mbps)$/).click();
  await office.getByText(formatMoney(MONTHLY_CENTS, language)).first().waitFor();
  await picture(office, '04-plan');
  await button(words.ops('sale.next')).click();
  const windows = office.getByRole('group', { name: words.ops('sale.slot') });
  await windows.getByRole('button', { name: NOON }).first().click();
  await picture(office, '05-window');
  await button(words.ops('sale.next')).click();
  await button(words.ops('sale.make')).click();
  await office.getByRole('heading', { name: /QTN-/ }).waitFor();
  await button(words.ops('sale.send')).click();
  await office.getByText(words.ops('states.quote.sent'), { exact: true }).waitFor();
  await picture(office, '06-quote');
  return taken(office.url(), /sales\/(QTN-\d+)/);
}

/** The customer reads (in French first, as the law has it), agrees, types their name, asks for the code and signs. */
async function sign({ stage, language, picture }: Thread, customer: Page): Promise<void> {
  const say = sayIn(language);
  await customer.goto(taken(await stage.message('quote_signing'), /(https?:\S+\/(?:accept|l)\/\S+)/));
  if (language === 'en') await customer.getByRole('link', { name: say('continueInEnglish') }).click();
  await customer.getByRole('heading', { name: say('agree') }).waitFor();
  await picture(customer, '07-contract');
  await customer.getByRole('link', { name: say('goSign') }).click();
  for (const name of ['contract', 'electronic']) await customer.locator(`input[name="${name}"]`).check();
  await customer.locator('input[name="mark"][value="typed"]').check({ force: true });
  await customer.getByRole('button', { name: say('sendCode') }).click();
  await customer.getByLabel(say('sixDigits')).fill(taken(await stage.message('acceptance_code'), /(\d{6})/));
  await picture(customer, '08-signature');
  await customer.getByRole('button', { name: say('submit') }).click();
  await customer.getByRole('heading', { name: say('thanks') }).waitFor();
  await picture(customer, '09-thanks');
}

/** The dispatcher drags the installation to a technician's row on the day it was promised for, and publishes. */
async function plan(thread: Thread, office: Page, quoteId: string): Promise<void> {
  const { stage, words, picture } = thread;
  const { slot } = await stage.behind.call(salesOperations.readQuote, { id: quoteId });
  if (!slot) throw new Error('no day was wished');
  await office.goto(`${stage.url}/ops/#/dispatch?date=${slot.date}`);
  await dragToBoard(thread, office);
  await picture(office, '11-planned');
  await office.getByRole('button', { name: words.ops('dispatch.publish'), exact: true }).click();
  await office.getByRole('button', { name: words.ops('dispatch.publishNow') }).click();
  await office.getByText(words.ops('states.job.published')).first().waitFor();
  await picture(office, '12-published');
}

/** Drags the customer's job from the pool to noon on the technician's row. */
async function dragToBoard({ customer, picture, language }: Thread, office: Page): Promise<void> {
  const theirs = { name: new RegExp(customer.name) };
  const row = office.getByRole('row', { name: TECHNICIAN });
  const job = office.getByRole('button', theirs).first();
  await job.waitFor();
  const atNoon = formatClock('12:00', language).replace(':00', '');
  const noon = office.getByText(atNoon, { exact: true }).first();
  const [from, to, hour] = [await job.boundingBox(), await row.boundingBox(), await noon.boundingBox()];
  if (!from || !to || !hour) throw new Error('nothing to drag, or nowhere to');
  // By its edge: that is what comes to lie on the hour.
  await office.mouse.move(from.x + 2, from.y + 10);
  await office.mouse.down();
  await office.mouse.move(hour.x + 4, to.y + to.height / 2, { steps: 8 });
  await picture(office, '10-drag');
  await office.mouse.up();
  await row.getByRole('button', theirs).waitFor();
}

/** The visit on the phone: with the network cut in the middle, and everything sent when it comes back. */
async function install(thread: Thread, phone: Page): Promise<void> {
  const { stage, words, customer, picture } = thread;
  await phone.goto(taken(await stage.message('technician_day'), /(https?:\S+\/l\/\w+)/));
  await phone.getByText(customer.name).first().waitFor();
  await picture(phone, '13-day');
  await openJob(phone, thread);
  await phone.getByRole('button', { name: words.ops('visit.act.startTravel') }).click();
  await phone.getByRole('button', { name: words.ops('visit.act.arrive') }).click();
  await phone.context().setOffline(true);
  const note = phone.getByLabel(words.ops('visit.newNote'));
  await note.fill(
    thread.language === 'fr' ? 'Boîtier posé à côté du compteur.' : 'Box set beside the meter.',
  );
  await saveForm(phone, { words, having: words.ops('visit.newNote') });
  await phone.getByText(pendingWords(words)).first().waitFor();
  await picture(phone, '14-offline');
  await phone.context().setOffline(false);

  await phone
    .getByRole('link', { name: words.ops('field.scan'), exact: true })
    .first()
    .click();
  await phone.waitForURL(/\/j\/scan/);
  const label = await ontLabelPng({ ...stage.ont, model: 'XX230v', seed: 7, photo: true });
  await phone
    .locator('input[type="file"]')
    .setInputFiles({ name: 'ont.png', mimeType: 'image/png', buffer: Buffer.from(label) });
  await phone.getByRole('button', { name: stage.ont.serial, exact: true }).click();
  await picture(phone, '15-scanned');
  await phone.getByRole('button', { name: words.ops('visit.attach') }).click();
  await phone.getByRole('button', { name: words.ops('visit.ask') }).click();
  await phone
    .getByText(/[-−]19[.,]4/)
    .first()
    .waitFor();
  await phone.getByLabel(words.ops('visit.signer')).fill(customer.name);
  await phone.getByRole('button', { name: words.ops('signature.type') }).click();
  await phone.getByLabel(words.ops('signature.name')).fill(customer.name);
  await saveForm(phone, { words, having: words.ops('visit.signer') });
  await phone.getByText(words.ops('visit.signed')).waitFor();
  await answerChecklist(phone, thread, label);
  await phone.getByRole('button', { name: words.ops('visit.act.complete'), exact: true }).click();
  await phone.getByText(words.ops('visit.done')).waitFor();
  await picture(phone, '16-finished');
}

/** Opens the customer's job: the one that comes now, or one of the others of the day. */
const openJob = (phone: Page, { words, customer }: Thread): Promise<void> =>
  phone
    .getByRole('link', { name: new RegExp(customer.name) })
    .or(
      phone
        .locator('section', { hasText: customer.name })
        .getByRole('link', { name: words.ops('visit.open') }),
    )
    .first()
    .click();

/** Answers every required point of the job on the screen: a tap, a measure, words or a photograph. */
async function answerChecklist(
  phone: Page,
  { stage, language, words }: Thread,
  photo: Uint8Array,
): Promise<void> {
  const id = taken(phone.url(), /j\/job\/([\w-]+)/);
  const { checklist } = await stage.behind.call(dispatchOperations.readJob, { id });
  const save = words.ops('visit.save');
  for (const { kind, label, unit } of checklist.filter(({ required }) => required)) {
    // « 9-1-1 » is shown with hyphens that do not break.
    const name = new RegExp(
      label[language].replaceAll(/[.*+?()[\]]/g, String.raw`\$&`).replaceAll('-', '[-\u2011]'),
    );
    if (kind === 'check') await phone.getByRole('checkbox', { name }).click();
    else if (kind === 'photo')
      await phone
        .locator('div', { hasText: name })
        .filter({ has: phone.locator('input[type="file"]') })
        .last()
        .locator('input[type="file"]')
        .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from(photo) });
    else {
      const field = phone.getByRole('textbox', { name });
      await field.fill(kind === 'text' ? 'T-12, 3' : unit === 'dBm' ? '-19.4' : '480');
      await phone.locator('form', { has: field }).getByRole('button', { name: save }).click();
    }
  }
}

/** One action waits, or several: the message has a form for each. */
const pendingWords = (words: Words): RegExp =>
  new RegExp(words.ops('field.pending', { n: '\\d+' }).split(' | ').join('|'));

const saveForm = (phone: Page, { words, having }: { words: Words; having: string }): Promise<void> =>
  phone
    .locator('form', { has: phone.getByLabel(having) })
    .getByRole('button', { name: words.ops('visit.save') })
    .click();

/** The portal by magic link, the invoice, the provider's page, and the result that turns by itself. */
async function pay({ stage, words, customer, picture }: Thread, portal: Page): Promise<void> {
  await portal.goto(`${stage.url}/portal/`);
  await portal.getByLabel(words.portal('login.identifier')).fill(customer.phone);
  await portal.getByRole('button', { name: words.portal('login.send') }).click();
  await portal.getByText(words.portal('login.sent')).waitFor();
  await picture(portal, '17-link');
  await portal.goto(taken(await stage.message('portal_link'), /(https?:\S+(?:token=|\/l\/)\S+)/));
  await portal.getByRole('heading', { name: words.portal('home.hello') }).waitFor();
  await portal.getByRole('button', { name: words.portal('home.pay') }).waitFor();
  await picture(portal, '18-portal');
  await portal.getByRole('button', { name: words.portal('home.pay') }).click();
  await portal.locator('#cardNumber').fill('4242 4242 4242 4242');
  await portal.locator('#cardExpiry').fill('12/30');
  await portal.locator('#cardCvc').fill('123');
  await picture(portal, '19-card');
  await portal.locator('#pay').click();
  await portal.getByText(words.portal('payment.paid.title')).waitFor();
  await picture(portal, '20-receipt');
}

/** The office finds the customer, misspelt, and sees all of it. */
async function seeAll({ stage, words, customer, picture }: Thread, office: Page): Promise<void> {
  await office.goto(`${stage.url}/ops/#/clients?q=${encodeURIComponent(customer.search)}`);
  await office.getByLabel(words.ops('clients.search')).waitFor();
  await office.getByText(customer.name).first().click();
  await office.getByText(words.ops('happenings.invoice_paid')).waitFor();
  await picture(office, '21-customer');
}

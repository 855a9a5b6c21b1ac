import { addDays, civilDateOf, instantOf, weekday } from '@gigafibre/calendar';
import { messagesOperations, type Language, type Role } from '@gigafibre/contract';
import { testWorld, type Caller, type TestWorld } from '@gigafibre/testing';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { portalLink } from '../../apps/hub/src/doors/portal-sign-in/index.ts';
import { mintTechLink } from '../../apps/hub/src/domains/dispatch/index.ts';
import { inviteStaff, staffLink } from '../../apps/hub/src/domains/staff/index.ts';
import { SIZES as COMPANIES, writeHistory } from '../../apps/hub/src/imports/demo/history/write-history.ts';
import { liveToday } from '../../apps/hub/src/imports/demo/living-day.ts';
import { demoOnt, layFoundations } from '../../apps/hub/src/imports/demo/open-company.ts';
import { openBrowser, openPerson, type Person } from './browser.ts';
import { takePicture } from './pictures.ts';

const apps = join(import.meta.dirname, '../../apps');

/** The product as a person meets it: built apps, real hub with its worker, simulated world, a real browser. */
export type Stage = TestWorld &
  Readonly<{
    technicianIds: string[];
    /** On the van of Maxime Yelle, who works that day. */
    ont: { serial: string; mac: string };
    /** An API caller who may do everything, to look behind the screens. */
    behind: Caller;
    /** A person at a screen; each has their own cookies. What the page complains about fails the test. */
    person: (who: Person) => Promise<Page>;
    /** Links that sign in: a member of the staff, a technician, a customer. */
    staffLink: (who: { role: Role; language?: Language }) => Promise<string>;
    technicianLink: (technicianId: string) => Promise<{ url: string; pageUrl: string }>;
    customerLink: (customerId: string) => Promise<string>;
    /** Waits for the newest message by template and gives its text. */
    message: (template: string) => Promise<string>;
    complaints: string[];
  }>;

/**
 * A Monday morning, in the hub, the simulators and every browser: whoever works on Mondays works. The next one that
 * comes, because a browser throws cookies away by the machine's clock.
 */
const NOW = nextMonday(new Date());
const WAIT_MS = 60_000;
/** Number of the first ONT of the second van. */
const MAXIMES_FIRST = 7;
/** Light at the ONT of the thread, dBm: good. */
const RX_DBM = -19.4;

function nextMonday(now: Date): Date {
  const today = civilDateOf(now);
  const days = Array.from({ length: 7 }, (_, index) => addDays(today, index + 1));
  return instantOf({ date: days.find((day) => weekday(day) === 1) ?? today, time: '09:00' });
}

/** Sets the stage, with the small demo company on it; everything is taken down when the test ends. */
export async function setStage(): Promise<Stage> {
  const world = await testWorld({ start: NOW, apps });
  const { technicianIds, ont } = await openCompany(world);
  await world.settle();
  const worker = await world.hub.work();
  onTestFinished(() => worker.stop());
  const browser = await openBrowser();
  const pages: Page[] = [];
  onTestFinished(async ({ task }) => {
    // How each screen stood when the test failed says more than a selector.
    if (task.result?.state === 'fail')
      for (const [index, page] of pages.entries()) await takePicture(page, `failed-${index}`);
    await browser.close();
  });
  const complaints: string[] = [];
  const behind = await world.as('admin');
  // What the company wrote before the play began is not part of it.
  const before = new Set((await readMessages(behind)).map(({ id }) => id));
  return {
    ...world,
    get now() {
      return world.now;
    },
    technicianIds,
    ont,
    behind,
    complaints,
    person: async (who) => {
      const page = await openPage(browser, who, complaints);
      pages.push(page);
      return page;
    },
    ...linksOf(world),
    message: (template) => newestMessage(behind, { template, before }),
  };
}

/** The demo company with its two years of history and its day of today. */
async function openCompany(world: TestWorld): Promise<Pick<Stage, 'technicianIds' | 'ont'>> {
  const { technicianIds, onts } = await world.act((tx) =>
    layFoundations(tx, { managementAddress: () => world.world.addresses.olt }),
  );
  const ont = onts.find(({ serial }) => serial === demoOnt(MAXIMES_FIRST).serial);
  if (!ont) throw new Error('the company has no ONT');
  world.world.addOnt({ ...ont, rxDbm: RX_DBM, state: 'online' });
  const today = civilDateOf(world.now);
  await writeHistory(world.pool, { size: COMPANIES.small, endsOn: addDays(today, -1) });
  await liveToday(world.env, { technicianIds, today });
  return { technicianIds, ont };
}

type Links = Pick<Stage, 'staffLink' | 'technicianLink' | 'customerLink'>;

const linksOf = (world: TestWorld): Links => ({
  staffLink: async ({ role, language = 'fr' }) => {
    const email = `${role}.${language}@gigafibre.example`;
    const name = language === 'fr' ? 'Annie Bergevin' : 'Annie Baxter';
    const member = await world.act((tx) => inviteStaff(tx, { name, email, role, language }));
    return staffLink(world.env, { memberId: member.id, now: world.now });
  },
  technicianLink: (technicianId) =>
    world.act((tx) => mintTechLink(tx, world.env, { technicianId, jobId: null })),
  customerLink: (customerId) =>
    portalLink(world.env, { customerIds: [customerId], now: world.now, id: crypto.randomUUID() }),
});

async function openPage(browser: Browser, who: Person, complaints: string[]): Promise<Page> {
  const page = await (await openPerson(browser, who)).newPage();
  await page.clock.setFixedTime(NOW);
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

const readMessages = async (behind: Caller) =>
  (await behind.call(messagesOperations.listMessages, { limit: 50 })).rows;

async function newestMessage(
  behind: Caller,
  { template, before }: { template: string; before: ReadonlySet<string> },
): Promise<string> {
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    const found = (await readMessages(behind)).find(
      (row) => row.template === template && !before.has(row.id),
    );
    if (found) return found.text;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no message ${template} within ${WAIT_MS} ms`);
}

/** The first thing in a text that a pattern's group matches; a text without it fails. */
export function taken(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`nothing like ${String(pattern)} in: ${text}`);
  return found;
}

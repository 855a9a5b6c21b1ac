import { messagesOperations } from '@gigafibre/contract';
import { testWorld, type Caller, type TestWorld } from '@gigafibre/testing';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { layFoundations } from '../../apps/hub/src/imports/demo/open-company.ts';
import { inviteStaff, staffLink } from '../../apps/hub/src/domains/staff/index.ts';
import { DESKTOP, openBrowser, openPerson, PHONE } from './browser.ts';

const apps = join(import.meta.dirname, '../../apps');
const pictures = join(import.meta.dirname, '../screenshots');

/** The product as a person meets it: built apps, real hub with its worker, simulated world, a real browser. */
export type Stage = TestWorld &
  Readonly<{
    technicianIds: string[];
    ont: { serial: string; mac: string };
    /** An API caller who may do everything, to look behind the screens. */
    behind: Caller;
    /** A person at a screen; each has their own cookies. What the page complains about fails the test. */
    person: (screen: 'desktop' | 'phone', language?: 'fr' | 'en') => Promise<Page>;
    /** A link that signs an administrator in. */
    adminLink: () => Promise<string>;
    /** Waits for a message by template and gives its text. */
    message: (template: string) => Promise<string>;
    complaints: string[];
  }>;

const WAIT_MS = 15_000;

/** Sets the stage; everything is taken down when the test ends. */
export async function setStage(): Promise<Stage> {
  const world = await testWorld({ realTime: true, apps });
  const { technicianIds, onts } = await world.act((tx) =>
    layFoundations(tx, { managementAddress: () => world.world.addresses.olt }),
  );
  const [ont] = onts;
  if (!ont) throw new Error('the company has no ONT');
  world.world.addOnt({ ...ont, rxDbm: -19.4, state: 'online' });
  const worker = await world.hub.work();
  onTestFinished(() => worker.stop());
  const browser = await openBrowser();
  const pages: Page[] = [];
  onTestFinished(async ({ task }) => {
    // How each screen stood when the test failed says more than a selector.
    if (task.result?.state === 'fail')
      for (const [index, page] of pages.entries()) await picture(page, `failed-${index}`);
    await browser.close();
  });
  const complaints: string[] = [];
  const behind = await world.as('admin');
  return {
    ...world,
    get now() {
      return world.now;
    },
    technicianIds,
    ont,
    behind,
    complaints,
    person: async (screen, language = 'fr') => {
      const page = await openPage(browser, { screen, language, complaints });
      pages.push(page);
      return page;
    },
    adminLink: async () => {
      const member = await world.act((tx) =>
        inviteStaff(tx, {
          name: 'Annie Admin',
          email: 'annie@gigafibre.example',
          role: 'admin',
          language: 'fr',
        }),
      );
      return staffLink(world.env, { memberId: member.id, now: world.now });
    },
    message: (template) => newestMessage(behind, template),
  };
}

async function openPage(
  browser: Browser,
  {
    screen,
    language,
    complaints,
  }: { screen: 'desktop' | 'phone'; language: 'fr' | 'en'; complaints: string[] },
): Promise<Page> {
  const context: BrowserContext = await openPerson(browser, {
    viewport: screen === 'desktop' ? DESKTOP : PHONE,
    language,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      complaints.push(`${page.url()}: ${message.text()}`);
  });
  return page;
}

/** Keeps a picture of a step, for the README and for whoever reviews the screens. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), animations: 'disabled' });
}

async function newestMessage(behind: Caller, template: string): Promise<string> {
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    const { rows } = await behind.call(messagesOperations.listMessages, { limit: 50 });
    const found = rows.find((row) => row.template === template);
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

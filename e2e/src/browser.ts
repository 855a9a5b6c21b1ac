import chromium from '@sparticuz/chromium';
import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser, type BrowserContext } from 'playwright-core';

/** A Chromium of the system is used when there is one; otherwise the one that comes in a package. */
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--hide-scrollbars',
];

/** Starts a browser that talks to nobody by itself. */
export async function openBrowser(): Promise<Browser> {
  const own = SYSTEM.find((path) => existsSync(path));
  return playwright.launch({
    executablePath: own ?? (await chromium.executablePath()),
    args: QUIET,
    headless: true,
  });
}

export const DESKTOP = { width: 1440, height: 900 } as const;
export const PHONE = { width: 390, height: 844 } as const;

/** A fresh person at a screen: own cookies, own language. */
export const openPerson = (
  browser: Browser,
  { viewport, language }: { viewport: { width: number; height: number }; language: 'fr' | 'en' },
): Promise<BrowserContext> =>
  browser.newContext({
    viewport,
    locale: language === 'fr' ? 'fr-CA' : 'en-CA',
    timezoneId: 'America/Toronto',
    deviceScaleFactor: 1,
    hasTouch: viewport.width < 500,
    reducedMotion: 'reduce',
  });

import chromium from '@sparticuz/chromium';
import type { Language } from '@gigafibre/contract';
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

/** The screens at which every page is looked at, by name. */
export const SIZES = {
  desktop: { width: 1440, height: 900 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 390, height: 844 },
} as const;

export type Size = keyof typeof SIZES;

/** Someone at a screen: `chosen` has picked the language on this device, otherwise the account decides. */
export type Person = Readonly<{ size: Size; language?: Language; chosen?: boolean; dark?: boolean }>;

/** A fresh person at a screen: own cookies, own language. */
export async function openPerson(
  browser: Browser,
  { size, language = 'fr', chosen = false, dark = false }: Person,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale: language === 'fr' ? 'fr-CA' : 'en-CA',
    timezoneId: 'America/Toronto',
    deviceScaleFactor: 1,
    colorScheme: dark ? 'dark' : 'light',
    hasTouch: size === 'phone',
    reducedMotion: 'reduce',
  });
  if (chosen)
    await context.addInitScript((wanted) => localStorage.setItem('gigafibre.language', wanted), language);
  return context;
}

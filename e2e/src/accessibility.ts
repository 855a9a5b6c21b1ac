import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What keeps somebody from using the page as it stands, by axe: rule, where, and what it says. */
export async function accessibilityTroubles(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script: the pages' own policy lets no other script in.
  // A window as tall as the page: nothing lies behind a bar only because one has not scrolled.
  const own = page.viewportSize();
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (own && height > own.height) await page.setViewportSize({ ...own, height });
  await page.evaluate(`typeof axe === 'undefined' && ${axe.source}`);
  const troubles = await page.evaluate(async (rules) => {
    const run = (window as unknown as { axe: typeof axe }).axe.run; // put there just above
    const { violations } = await run(document, { runOnly: rules, resultTypes: ['violations'] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => {
        const why = failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200);
        return `axe ${id}: ${target.join(' ')}: ${why}`;
      }),
    );
  }, RULES);
  if (own) await page.setViewportSize(own);
  return troubles;
}

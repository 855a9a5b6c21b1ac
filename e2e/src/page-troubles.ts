import type { Language } from '@gigafibre/contract';
import type { Page } from 'playwright-core';
import { wordsOnlyIn } from './words.ts';

/** A layout that still follows a new size is not wrong yet. */
const SETTLING_MS = 3_000;

/** What a reader would complain about on the page as it stands; empty when nothing. */
export async function pageTroubles(page: Page, language: Language): Promise<string[]> {
  const foreign = wordsOnlyIn(language === 'fr' ? 'en' : 'fr');
  const deadline = performance.now() + SETTLING_MS;
  let troubles = await page.evaluate(lookOver, { language, foreign });
  while (troubles.length > 0 && performance.now() < deadline)
    troubles = await page.evaluate(lookOver, { language, foreign });
  return troubles;
}

/** Waits until the page shows what it is about: nothing on its way, fonts there. */
export async function pageSettled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.fonts.status === 'loaded' &&
      document.querySelector('main, body > section, article, h1') !== null &&
      document.querySelector('.skeleton, [aria-busy="true"]') === null,
  );
  // Two frames: the layout that followed the last answer is on the screen.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** Runs in the page, so it stands alone: it sees nothing of this file but its argument. */
function lookOver({ language, foreign }: { language: string; foreign: readonly string[] }): string[] {
  type Box = { left: number; top: number; right: number; bottom: number };
  type Piece = { box: Box; element: Element; layer: Element | null; words: string };
  const troubles: string[] = [];
  const wide = window.innerWidth;
  const SLACK = 1.5;
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const widest = [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1)
      .at(-1);
    troubles.push(
      `the page scrolls sideways: ${root.scrollWidth} in ${root.clientWidth}, by ${widest?.outerHTML.slice(0, 120)}`,
    );
  }
  if (!root.lang.startsWith(language)) troubles.push(`the page says it is in ${root.lang}`);

  /** Kept for screen readers only. */
  const clipped = (element: Element): boolean => {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true;
    return false;
  };
  const shown = (element: Element): boolean =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.unseen, .skip, [aria-hidden="true"], noscript, svg') === null &&
    !clipped(element);
  const layerOf = (element: Element): Element | null => {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (/fixed|sticky|absolute/.test(getComputedStyle(at).position)) return at;
    return null;
  };
  const brief = (words: string): string => `« ${words.replaceAll(/\s+/g, ' ').trim().slice(0, 60)} »`;
  /** What of a box its frames let through; says so when a frame cuts it without scrolling or an ellipsis. */
  const throughFrames = (given: Box, element: Element, words: string): Box | null => {
    // Written out: the sides of a DOMRect are not its own and a spread would lose them.
    let box: Box = { left: given.left, top: given.top, right: given.right, bottom: given.bottom };
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const frame = at.getBoundingClientRect();
      const scrolls = (overflow: string): boolean => /auto|scroll/.test(overflow);
      if (box.right > frame.right + SLACK && !scrolls(style.overflowX) && style.textOverflow !== 'ellipsis')
        troubles.push(`cut on the right: ${brief(words)}`);
      if (box.bottom > frame.bottom + box.bottom - box.top - 4 && !scrolls(style.overflowY))
        troubles.push(`cut below: ${brief(words)}`);
      box = {
        left: Math.max(box.left, frame.left),
        right: Math.min(box.right, frame.right),
        top: Math.max(box.top, frame.top),
        bottom: Math.min(box.bottom, frame.bottom),
      };
      if (box.right - box.left < 1 || box.bottom - box.top < 1) return null;
    }
    return box;
  };

  const pieces: Piece[] = [];
  const keep = (box: Box, element: Element, words: string): void => {
    const seen = throughFrames(box, element, words);
    // Wholly aside is put away on purpose: a drawer that is closed.
    if (!seen || seen.right <= 0) return;
    if (seen.right > wide + SLACK || seen.left < -SLACK) troubles.push(`outside the page: ${brief(words)}`);
    pieces.push({ box: seen, element, layer: layerOf(element), words });
  };
  const said: [string, string][] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const words = text.textContent?.trim() ?? '';
    const element = text.parentElement;
    if (words === '' || !element || /^(SCRIPT|STYLE|OPTION)$/.test(element.tagName)) continue;
    // What says it is in another language is.
    if (element.closest('[lang]') === root) said.push(['text', words]);
    if (!shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects())
      if (line.width > 1 && line.height > 1) keep(line, element, words);
  }
  for (const element of document.querySelectorAll('button, a[href], input, select, textarea')) {
    const box = element.getBoundingClientRect();
    if (shown(element) && box.width > 1 && box.height > 1)
      keep(box, element, element.getAttribute('aria-label') ?? element.textContent ?? element.tagName);
  }
  for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
      said.push([name, element.getAttribute(name) ?? '']);

  const strange = new Set(foreign);
  for (const [where, words] of said) {
    if (/^[a-z][A-Za-z]*(\.[A-Za-z_]+)+$/.test(words)) troubles.push(`a key as ${where}: ${brief(words)}`);
    if (/\{\w+\}|\bundefined\b|\bNaN\b|\[object/.test(words))
      troubles.push(`not filled in, as ${where}: ${brief(words)}`);
    if (strange.has(words)) troubles.push(`in the other language, as ${where}: ${brief(words)}`);
  }

  for (const [index, one] of pieces.entries())
    for (const other of pieces.slice(index + 1)) {
      if (
        one.layer !== other.layer ||
        one.element.contains(other.element) ||
        other.element.contains(one.element)
      )
        continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      const low = Math.min(one.box.bottom - one.box.top, other.box.bottom - other.box.top);
      if (across > 3 && down > Math.max(3, low * 0.3))
        troubles.push(`one over the other: ${brief(one.words)} and ${brief(other.words)}`);
    }
  return [...new Set(troubles)];
}

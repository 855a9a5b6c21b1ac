import { expect, test } from 'vitest';
import type { Gray } from './gray.ts';
import type { ReadCode } from './port.ts';
import { searchCodes, type Look } from './search.ts';

const WORK: Gray = { width: 40, height: 30, pixels: new Uint8Array(1_200).fill(200) };

function code(
  text: string,
  place: { format?: ReadCode['format']; x?: number; lean?: number } = {},
): ReadCode {
  const { format = 'code128', x = 2, lean = 0 } = place;
  const [dx, dy] = [10 * Math.cos((lean * Math.PI) / 180), 10 * Math.sin((lean * Math.PI) / 180)];
  const corners = [
    { x, y: 2 },
    { x: x + dx, y: 2 + dy },
    { x: x + dx - dy, y: 2 + dy + dx },
    { x: x - dy, y: 2 + dx },
  ] as const;
  return { text, format, corners };
}

/** Looks that see what `script` says, in order, then nothing; each takes 10 ms. */
function scripted(script: readonly (readonly ReadCode[])[]): {
  look: Look;
  looks: () => number;
  elapsedMs: () => number;
} {
  let looks = 0;
  return {
    look: async () => script[looks++] ?? [],
    looks: () => looks,
    elapsedMs: () => looks * 10,
  };
}

const PLENTY = { budgetMs: 10_000, contentMs: 0 };
/** The gentle looks come first: plain, threshold, double. */
const GENTLE_LOOKS = [[], [], []] as const;

test('three codes are enough', async () => {
  const three = [code('A'), code('B', { x: 14 }), code('C', { x: 28 })];
  const { look, looks, elapsedMs } = scripted([three]);
  expect(await searchCodes(WORK, look, { ...PLENTY, elapsedMs })).toHaveLength(3);
  expect(looks()).toBe(1);
});

test('once something is found, it looks no longer than it is content with', async () => {
  const { look, looks, elapsedMs } = scripted([[], [code('A')]]);
  expect(await searchCodes(WORK, look, { budgetMs: 10_000, contentMs: 60, elapsedMs })).toHaveLength(1);
  expect(looks()).toBeLessThanOrEqual(6);
});

test('with nothing found it stops within the budget', async () => {
  const { look, elapsedMs } = scripted([]);
  expect(await searchCodes(WORK, look, { budgetMs: 95, contentMs: 95, elapsedMs })).toEqual([]);
  expect(elapsedMs()).toBeLessThanOrEqual(95);
});

test('a line code seen once in a picture bent hard does not count; seen again aslant it does', async () => {
  const once = scripted([...GENTLE_LOOKS, [code('12345')]]);
  expect(await searchCodes(WORK, once.look, { ...PLENTY, elapsedMs: once.elapsedMs })).toEqual([]);
  const twice = scripted([...GENTLE_LOOKS, [code('12345')], [code('12345')]]);
  expect(await searchCodes(WORK, twice.look, { ...PLENTY, elapsedMs: twice.elapsedMs })).toMatchObject([
    { text: '12345' },
  ]);
});

test('a code that corrects its own errors counts at once', async () => {
  const { look, elapsedMs } = scripted([...GENTLE_LOOKS, [code('hello', { format: 'qrcode' })]]);
  expect(await searchCodes(WORK, look, { ...PLENTY, elapsedMs })).toMatchObject([{ text: 'hello' }]);
});

test('of two texts read at one place, equally often, neither counts', async () => {
  const [one, other] = [code('111'), code('222')];
  const { look, elapsedMs } = scripted([...GENTLE_LOOKS, [one], [one], [other], [other]]);
  const found = await searchCodes(WORK, look, { budgetMs: 10_000, contentMs: 10_000, elapsedMs });
  expect(found).toEqual([]);
});

test('when a found code leans, the picture is levelled at once, and places are still those of the picture', async () => {
  const leaning = code('QR', { format: 'qrcode', x: 12, lean: 14 });
  const { look, looks, elapsedMs } = scripted([[leaning], [code('SN'), code('MAC', { x: 20 })]]);
  const found = await searchCodes(WORK, look, { ...PLENTY, elapsedMs });
  expect(looks()).toBe(2);
  expect(found.map(({ text }) => text)).toEqual(['QR', 'SN', 'MAC']);
  const [from, to] = found[1]?.corners ?? [];
  const lean = (Math.atan2((to?.y ?? 0) - (from?.y ?? 0), (to?.x ?? 0) - (from?.x ?? 0)) * 180) / Math.PI;
  expect(lean).toBeCloseTo(14, 5);
});

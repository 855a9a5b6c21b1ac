import type { Gray } from './gray.ts';
import { levelledPass, passesFor, turnedView, type Pass, type View } from './passes.ts';
import type { CodeFormat, Point, ReadCode } from './port.ts';
import { CODES_LIMIT } from './port.ts';

/** One look of the engine at one prepared picture. */
export type Look = (gray: Gray, pass: Pick<Pass, 'binarizer' | 'denoise'>) => Promise<readonly ReadCode[]>;

/**
 * How long to look: `budgetMs` in all, `contentMs` once something was found. `elapsedMs` tells the time spent.
 * After every look `tell` hears what is sure so far.
 */
export type Patience = {
  readonly budgetMs: number;
  readonly contentMs: number;
  readonly elapsedMs: () => number;
  readonly tell?: (codes: readonly ReadCode[]) => void;
};

/**
 * Looks at a picture in one way after another until it has found enough, or its time is up. Codes with weak
 * checks, seen only where the picture was bent hard, count when two looks agree; a misread serial number would
 * cost more than a missing one. When a code that was found leans, the picture is levelled by it at once: the
 * lines beside a leaning QR code lean the same, and are too short to be read aslant.
 */
export async function searchCodes(work: Gray, look: Look, patience: Patience): Promise<readonly ReadCode[]> {
  const found = new Map<string, Found>();
  const waiting = [...passesFor(work)];
  const levelled: number[] = [];
  let slowestMs = 0;
  for (let pass = waiting.shift(); pass !== undefined; pass = waiting.shift()) {
    const spentMs = patience.elapsedMs();
    const sure = sureOf(found);
    const isContent = sure.length > 0 && !pass.name.startsWith('levelled');
    if (
      sure.length >= CODES_LIMIT ||
      spentMs + slowestMs > (isContent ? patience.contentMs : patience.budgetMs)
    )
      break;
    await lookOnce(found, pass, look);
    patience.tell?.(sureOf(found));
    const lean = leanOf(sureOf(found), levelled);
    if (lean !== undefined) {
      levelled.push(lean);
      waiting.unshift(levelledPass(work, lean));
    }
    slowestMs = Math.max(slowestMs, patience.elapsedMs() - spentMs);
  }
  return sureOf(found);
}

async function lookOnce(found: Map<string, Found>, pass: Pass, look: Look): Promise<void> {
  const view = pass.prepare();
  const count = async (seen: View): Promise<void> => {
    for (const code of await look(seen.gray, pass))
      vote(found, placed(code, seen.back), votesOf(code.format, pass.trust));
  };
  await count(view);
  // Something was seen that is not sure yet: the same view, a little turned, shows it along other lines.
  if (pass.trust === 'strained' && sureOf(found).length < found.size)
    await count(turnedView(view, CONFIRMING_TURN));
}

/** Times a picture is levelled, and the lean in degrees below which it is not worth it. */
const LEVELLED_LIMIT = 2;
const LEAN_DEGREES = 4;

/** By how much a found code leans, between −45 and 45 degrees, when that was not levelled yet. */
function leanOf(codes: readonly ReadCode[], levelled: readonly number[]): number | undefined {
  if (levelled.length >= LEVELLED_LIMIT) return undefined;
  return codes
    .map(leanOfOne)
    .find((lean) => [0, ...levelled].every((known) => Math.abs(lean - known) > LEAN_DEGREES));
}

function leanOfOne({ corners: [from, to] }: ReadCode): number {
  const degrees = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return degrees - 90 * Math.round(degrees / 90);
}

/** A text seen at a place, and how often. */
type Found = { readonly code: ReadCode; votes: number };

const VOTES_NEEDED = 2;

/** Degrees by which a view is turned to look again. */
const CONFIRMING_TURN = 3;

function vote(found: Map<string, Found>, code: ReadCode, votes: number): void {
  const key = `${code.format} ${code.text}`;
  const known = found.get(key);
  if (known === undefined) found.set(key, { code, votes });
  else known.votes += votes;
}

/** Codes with votes enough, and more of them than any other text read at the same place. */
function sureOf(found: ReadonlyMap<string, Found>): readonly ReadCode[] {
  const all = [...found.values()];
  return all
    .filter((one) => one.votes >= VOTES_NEEDED)
    .filter(
      (one) =>
        !all.some((other) => other !== one && other.votes >= one.votes && overlaps(one.code, other.code)),
    )
    .map(({ code }) => code);
}

/** Codes that correct their own errors prove themselves; a line code seen strained is half a proof. */
function votesOf(format: CodeFormat, trust: Pass['trust']): number {
  if (SELF_CORRECTING.includes(format)) return 2 * VOTES_NEEDED;
  return trust === 'gentle' ? 2 * VOTES_NEEDED : 1;
}

const SELF_CORRECTING: readonly CodeFormat[] = ['qrcode', 'microqr', 'datamatrix', 'aztec', 'pdf417'];

/** Whether the middle of one code lies within the other's bounds. */
function overlaps(one: ReadCode, other: ReadCode): boolean {
  const xs = other.corners.map(({ x }) => x);
  const ys = other.corners.map(({ y }) => y);
  const middle = { x: mean(one.corners.map(({ x }) => x)), y: mean(one.corners.map(({ y }) => y)) };
  const slack = 2;
  return (
    middle.x >= Math.min(...xs) - slack &&
    middle.x <= Math.max(...xs) + slack &&
    middle.y >= Math.min(...ys) - slack &&
    middle.y <= Math.max(...ys) + slack
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}

function placed(code: ReadCode, back: (x: number, y: number) => Point): ReadCode {
  const [a, b, c, d] = code.corners;
  return { ...code, corners: [back(a.x, a.y), back(b.x, b.y), back(c.x, c.y), back(d.x, d.y)] };
}

import { COLOR, CONTENT_WIDTH, PAGE, SIZE } from '../look.ts';
import type { Party } from '../parties.ts';
import type { Sheet } from './open-sheet.ts';
import { ensureRoom, putText } from './text.ts';

/** A line of a block; a pair has its name on the left and its value at the right edge. */
export type FactLine = string | { readonly name: string; readonly value: string };

/** A small titled block: « Facturé à » and its lines. The first line may stand out. */
export type Fact = {
  readonly label: string;
  readonly lines: readonly FactLine[];
  readonly strongFirst?: boolean;
};

const GAP = 16;
/** Part of a block's width kept for the name of a pair. */
const NAME_SHARE = 0.4;
/** A block of pairs is wider than one of lines by this much. */
const PAIR_WEIGHT = 1.25;
/** Lines of a block that are printed; an address has six at most. */
const LINE_LIMIT = 12;
/** Characters of a line of a block: a name longer than this is not one. */
const LINE_LENGTH_LIMIT = 160;

/** Blocks side by side, sharing the width, top-aligned; the pen ends below the longest. */
export function drawFacts(sheet: Sheet, facts: readonly Fact[]): void {
  const weights = facts.map((fact) =>
    fact.lines.some((line) => typeof line !== 'string') ? PAIR_WEIGHT : 1,
  );
  const unit = (CONTENT_WIDTH - GAP * (facts.length - 1)) / weights.reduce((sum, weight) => sum + weight, 0);
  ensureRoom(sheet, 70);
  const top = sheet.doc.y;
  let x: number = PAGE.left;
  const bottoms = facts.map((fact, index) => {
    const width = unit * (weights[index] ?? 1);
    const bottom = drawFact(sheet, fact, { x, y: top, width });
    x += width + GAP;
    return bottom;
  });
  sheet.doc.y = Math.max(top, ...bottoms) + 14;
}

/** Draws one block and says where it ends. */
export function drawFact(sheet: Sheet, fact: Fact, box: { x: number; y: number; width: number }): number {
  const { doc } = sheet;
  const label = { size: SIZE.fine, font: 'medium', color: COLOR.muted, width: box.width } as const;
  let { y } = box;
  sheet.body.add(
    doc.struct('P', {}, () => {
      y += putText(sheet, fact.label, { ...label, x: box.x, y }) + 2;
      for (const [index, line] of fact.lines.slice(0, LINE_LIMIT).entries()) {
        const font = index === 0 && fact.strongFirst === true ? 'semibold' : 'regular';
        y += drawLine(sheet, line, { font, x: box.x, y, width: box.width });
      }
    }),
  );
  return y;
}

type LineBox = { font: 'regular' | 'semibold'; x: number; y: number; width: number };

function drawLine(sheet: Sheet, line: FactLine, { font, ...box }: LineBox): number {
  const look = { ...box, size: SIZE.body, font } as const;
  if (typeof line === 'string') return putText(sheet, shortened(line), look);
  const nameWidth = box.width * NAME_SHARE;
  const valueWidth = box.width - nameWidth;
  const value = { ...look, x: box.x + nameWidth, width: valueWidth, align: 'right' } as const;
  const height = putText(sheet, shortened(line.name), { ...look, color: COLOR.muted, width: nameWidth });
  return Math.max(height, putText(sheet, shortened(line.value), value));
}

function shortened(line: string): string {
  return line.length > LINE_LENGTH_LIMIT ? `${line.slice(0, LINE_LENGTH_LIMIT)}…` : line;
}

/** The lines of a customer as an envelope shows them. */
export function partyLines(party: Party): readonly string[] {
  const first = party.organization === undefined ? [party.name] : [party.organization, party.name];
  return [...first, ...party.addressLines];
}

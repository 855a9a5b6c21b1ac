import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkit from 'fontkit';
import type { Font } from 'fontkit';
import { INK, type Canvas } from './canvas.ts';

const require = createRequire(import.meta.url);

const FILES = {
  regular: '@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf',
  bold: '@expo-google-fonts/inter/700Bold/Inter_700Bold.ttf',
} as const;

const opened = new Map<string, Font>();

function fontOf(weight: keyof typeof FILES): Font {
  const known = opened.get(weight);
  if (known !== undefined) return known;
  const found = fontkit.create(readFileSync(require.resolve(FILES[weight])));
  if (!('layout' in found)) throw new Error('a collection of fonts where one font was expected');
  opened.set(weight, found);
  return found;
}

/** Where and how a line of text is printed; `y` is the line it stands on, `size` in pixels. */
export type TextPlace = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight?: keyof typeof FILES;
};

/** An edge of a letter's outline, in pixels. */
type Edge = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** Samples per pixel, down and across: sixteen shades of edge. */
const SAMPLES = 4;

/** Characters of a line at most. */
const TEXT_LIMIT = 120;

/** Prints a line of text, its edges smoothed. */
export function printText(canvas: Canvas, text: string, place: TextPlace): void {
  const font = fontOf(place.weight ?? 'regular');
  const run = font.layout(text.slice(0, TEXT_LIMIT));
  const scale = place.size / font.unitsPerEm;
  let pen = place.x;
  for (const [index, glyph] of run.glyphs.entries()) {
    const edges = edgesOf(glyph.path.commands, (x, y) => ({ x: pen + x * scale, y: place.y - y * scale }));
    fillEdges(canvas, edges);
    pen += (run.positions[index]?.xAdvance ?? 0) * scale;
  }
}

type Command = { readonly command: string; readonly args: readonly number[] };
type Point = { readonly x: number; readonly y: number };

/** Outlines as straight edges; a curve is eight of them. */
function edgesOf(commands: readonly Command[], map: (x: number, y: number) => Point): readonly Edge[] {
  const edges: Edge[] = [];
  let start: Point = { x: 0, y: 0 };
  let at: Point = start;
  const lineTo = (to: Point): void => {
    edges.push({ x1: at.x, y1: at.y, x2: to.x, y2: to.y });
    at = to;
  };
  for (const { command, args } of commands) {
    const points = Array.from({ length: args.length / 2 }, (_, index) =>
      map(args[2 * index] ?? 0, args[2 * index + 1] ?? 0),
    );
    const [first, second, third] = points;
    if (command === 'moveTo' && first !== undefined) {
      start = first;
      at = first;
    } else if (command === 'closePath') {
      lineTo(start);
    } else if (first !== undefined && second === undefined) {
      lineTo(first);
    } else if (first !== undefined && second !== undefined) {
      const from = at;
      for (let step = 1; step <= CURVE_STEPS; step += 1)
        lineTo(onCurve([from, first, second, third], step / CURVE_STEPS));
    }
  }
  return edges;
}

const CURVE_STEPS = 8;

function onCurve([a, b, c, d]: readonly [Point, Point, Point, Point | undefined], t: number): Point {
  const mix = (one: Point, other: Point): Point => ({
    x: one.x + (other.x - one.x) * t,
    y: one.y + (other.y - one.y) * t,
  });
  const [ab, bc] = [mix(a, b), mix(b, c)];
  if (d === undefined) return mix(ab, bc);
  return mix(mix(ab, bc), mix(bc, mix(c, d)));
}

/** Fills what the edges wind around, counting samples per pixel. */
function fillEdges(canvas: Canvas, edges: readonly Edge[]): void {
  if (edges.length === 0) return;
  const top = Math.max(0, Math.floor(Math.min(...edges.map((edge) => Math.min(edge.y1, edge.y2)))));
  const bottom = Math.min(
    canvas.height - 1,
    Math.ceil(Math.max(...edges.map((edge) => Math.max(edge.y1, edge.y2)))),
  );
  const covered = new Uint8Array(canvas.width);
  for (let y = top; y <= bottom; y += 1) {
    covered.fill(0);
    for (let sample = 0; sample < SAMPLES; sample += 1)
      coverRow(covered, edges, y + (sample + 0.5) / SAMPLES);
    for (let x = 0; x < canvas.width; x += 1) {
      const share = (covered[x] ?? 0) / (SAMPLES * SAMPLES);
      if (share === 0) continue;
      const at = y * canvas.width + x;
      canvas.pixels[at] = (canvas.pixels[at] ?? 0) * (1 - share) + INK * share;
    }
  }
}

function coverRow(covered: Uint8Array, edges: readonly Edge[], y: number): void {
  const crossings = edges
    .filter((edge) => edge.y1 <= y !== edge.y2 <= y)
    .map((edge) => ({
      x: edge.x1 + ((y - edge.y1) / (edge.y2 - edge.y1)) * (edge.x2 - edge.x1),
      turn: edge.y2 > edge.y1 ? 1 : -1,
    }))
    .sort((one, other) => one.x - other.x);
  let winding = 0;
  for (const [index, crossing] of crossings.entries()) {
    winding += crossing.turn;
    const next = crossings[index + 1];
    if (winding === 0 || next === undefined) continue;
    const last = Math.min(covered.length * SAMPLES, Math.ceil(next.x * SAMPLES - 0.5));
    for (let sample = Math.max(0, Math.ceil(crossing.x * SAMPLES - 0.5)); sample < last; sample += 1) {
      const x = Math.floor(sample / SAMPLES);
      covered[x] = (covered[x] ?? 0) + 1;
    }
  }
}

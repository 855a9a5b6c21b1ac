/** A signature: a PNG picture in base64, and how it was made. */
export type Signature = Readonly<{ how: 'drawn' | 'typed'; png: string }>;

/** A point on the pad, in pad pixels. */
export type Point = Readonly<{ x: number; y: number }>;

/** A scribble shorter than this (in pad pixels) is a slip of the finger, not a signature. */
const STROKES_LENGTH_MIN = 40;

/** Whether strokes are enough to be somebody's signature. */
export function isSigned(strokes: readonly (readonly Point[])[]): boolean {
  return strokes.reduce((sum, stroke) => sum + strokeLength(stroke), 0) >= STROKES_LENGTH_MIN;
}

/** Length of a stroke along its points. */
export function strokeLength(stroke: readonly Point[]): number {
  return stroke.reduce((sum, point, index) => {
    const previous = stroke[index - 1];
    return previous ? sum + Math.hypot(point.x - previous.x, point.y - previous.y) : sum;
  }, 0);
}

/** Draws strokes as ink: curves through the middles of the points, so that a quick hand stays round. */
export function drawStrokes(pen: CanvasRenderingContext2D, strokes: readonly (readonly Point[])[]): void {
  for (const stroke of strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    pen.beginPath();
    pen.moveTo(first.x, first.y);
    let last = first;
    for (const point of rest) {
      pen.quadraticCurveTo(last.x, last.y, (last.x + point.x) / 2, (last.y + point.y) / 2);
      last = point;
    }
    pen.lineTo(last.x, last.y);
    pen.stroke();
  }
}

/** The picture on a canvas as base64 without its prefix. */
export function pngOf(canvas: HTMLCanvasElement): string {
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}

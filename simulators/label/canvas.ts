/** A picture being painted: one byte per pixel, 0 black to 255 white. */
export type Canvas = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** A rectangle in pixels. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/** A sheet of one shade. */
export function newCanvas(width: number, height: number, shade: number): Canvas {
  return { width, height, pixels: new Uint8Array(width * height).fill(shade) };
}

/** Paints a rectangle with round corners. */
export function fillBox(
  canvas: Canvas,
  box: Box & { readonly shade: number; readonly radius?: number },
): void {
  const radius = box.radius ?? 0;
  for (let y = 0; y < box.height; y += 1) {
    // How far the sides come in on this row, for the quarter circles at the corners.
    const rise = Math.max(0, radius - y - 0.5, y + 0.5 - (box.height - radius));
    const inset = Math.round(radius - Math.sqrt(Math.max(0, radius * radius - rise * rise)));
    const start = (box.y + y) * canvas.width + box.x + inset;
    canvas.pixels.fill(box.shade, start, start + box.width - 2 * inset);
  }
}

/** Modules of a code, one byte each, 0 for dark. */
export type Modules = { readonly width: number; readonly height: number; readonly data: ArrayLike<number> };

/** Prints a code with square modules of `side` pixels, or bars of `barHeight` when given. */
export function printModules(
  canvas: Canvas,
  modules: Modules,
  at: { readonly x: number; readonly y: number; readonly side: number; readonly barHeight?: number },
): void {
  const rows = at.barHeight === undefined ? modules.height : 1;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < modules.width; column += 1) {
      if ((modules.data[row * modules.width + column] ?? 255) > 127) continue;
      const place = { x: at.x + column * at.side, y: at.y + row * at.side };
      fillBox(canvas, { ...place, width: at.side, height: at.barHeight ?? at.side, shade: INK });
    }
  }
}

/** Thermal print is never quite black. */
export const INK = 22;

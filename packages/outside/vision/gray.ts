/** A picture of one byte per pixel, 0 black to 255 white, row by row. */
export type Gray = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Pixels of four bytes, as decoders give them. */
export type Rgba = { readonly width: number; readonly height: number; readonly data: Uint8ClampedArray };

/**
 * Luminance of a picture (Rec. 601); what is transparent is paper, white. With `side` over 1, squares of that
 * many pixels a side become one, their mean; a last row or column that fills no square is left out.
 */
export function grayOf({ width, height, data }: Rgba, side = 1): Gray {
  const [columns, rows] = [Math.max(1, Math.floor(width / side)), Math.max(1, Math.floor(height / side))];
  const pixels = new Uint8Array(columns * rows);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let sum = 0;
      for (let dy = 0; dy < side; dy += 1) {
        const start = ((row * side + dy) * width + column * side) * 4;
        for (let at = start; at < start + side * 4; at += 4) sum += shadeAt(data, at);
      }
      pixels[row * columns + column] = sum / (side * side);
    }
  }
  return { width: columns, height: rows, pixels };
}

function shadeAt(data: Uint8ClampedArray, at: number): number {
  const luminance = (306 * value(data, at) + 601 * value(data, at + 1) + 117 * value(data, at + 2)) >> 10;
  const alpha = value(data, at + 3);
  return alpha === 255 ? luminance : (luminance * alpha + 255 * (255 - alpha)) / 255;
}

/** The same picture in four bytes per pixel, as the reader wants it. */
export function rgbaOf({ width, height, pixels }: Gray): Rgba {
  const data = new Uint8ClampedArray(width * height * 4);
  const words = new Uint32Array(data.buffer);
  // Three equal bytes under an opaque fourth; the order of bytes does not matter for a grey.
  for (let index = 0; index < pixels.length; index += 1)
    words[index] = 0xff000000 | (value(pixels, index) * 0x010101);
  return { width, height, data };
}

/** The picture in another size, `factor` times each side, by cubic interpolation that averages when shrinking. */
export function scaled(gray: Gray, factor: number): Gray {
  const width = Math.max(1, Math.round(gray.width * factor));
  const height = Math.max(1, Math.round(gray.height * factor));
  const rows = resampledRows(gray, width);
  const down = tapsOf(gray.height, height);
  const pixels = new Uint8Array(width * height);
  const sums = new Float32Array(width);
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let tap = 0; tap < down.count; tap += 1) {
      const weight = value(down.weights, y * down.count + tap);
      const start = value(down.sources, y * down.count + tap) * width;
      for (let x = 0; x < width; x += 1) sums[x] = value(sums, x) + weight * value(rows, start + x);
    }
    for (let x = 0; x < width; x += 1) pixels[y * width + x] = byte(value(sums, x));
  }
  return { width, height, pixels };
}

/** Edges made stronger: each pixel moves away from the mean of its neighbourhood, `strength` times. */
export function sharpened(gray: Gray, radius: number, strength: number): Gray {
  const means = meansOf(gray, radius);
  const pixels = gray.pixels.map((pixel, index) => byte(pixel + strength * (pixel - value(means, index))));
  return { ...gray, pixels };
}

/** Uneven light taken out: every neighbourhood gets the same mean and the same contrast. */
export function evened(gray: Gray, radius: number): Gray {
  const means = meansOf(gray, radius);
  const squares = meansOf(
    { ...gray, pixels: Float32Array.from(gray.pixels, (pixel) => pixel * pixel) },
    radius,
  );
  const pixels = gray.pixels.map((pixel, index) => {
    const mean = value(means, index);
    const deviation = Math.sqrt(Math.max(1, value(squares, index) - mean * mean));
    return byte(128 + ((pixel - mean) * EVEN_CONTRAST) / Math.max(LEAST_CONTRAST, deviation));
  });
  return { ...gray, pixels };
}

/** Deviation every neighbourhood is brought to, and the one below which it is flat and left flat. */
const EVEN_CONTRAST = 60;
const LEAST_CONTRAST = 8;

/** The picture turned clockwise by `degrees` about its middle, on a larger white sheet. */
export function turned(gray: Gray, degrees: number): Gray {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.ceil(Math.abs(gray.width * cos) + Math.abs(gray.height * sin));
  const height = Math.ceil(Math.abs(gray.width * sin) + Math.abs(gray.height * cos));
  const pixels = new Uint8Array(width * height).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = (x - width / 2) * cos + (y - height / 2) * sin + gray.width / 2;
      const v = (y - height / 2) * cos - (x - width / 2) * sin + gray.height / 2;
      const inside = u >= 0 && v >= 0 && u < gray.width - 1 && v < gray.height - 1;
      if (inside) pixels[y * width + x] = between(gray, u, v);
    }
  }
  return { width, height, pixels };
}

/** A part of the picture; it must lie inside. */
export function cropped(gray: Gray, box: { x: number; y: number; width: number; height: number }): Gray {
  const pixels = new Uint8Array(box.width * box.height);
  for (let row = 0; row < box.height; row += 1) {
    const start = (box.y + row) * gray.width + box.x;
    pixels.set(gray.pixels.subarray(start, start + box.width), row * box.width);
  }
  return { width: box.width, height: box.height, pixels };
}

/** Value at a place between pixels, from the four around it. */
export function between({ width, pixels }: Gray, u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const at = y * width + x;
  const top = value(pixels, at) * (1 - u + x) + value(pixels, at + 1) * (u - x);
  const bottom = value(pixels, at + width) * (1 - u + x) + value(pixels, at + width + 1) * (u - x);
  return top * (1 - v + y) + bottom * (v - y);
}

type Samples = Pick<Gray, 'width' | 'height'> & { readonly pixels: Uint8Array | Float32Array };

/** The mean of the square of side 2 × radius + 1 round each pixel, by sums that slide along rows, then columns. */
function meansOf(samples: Samples, radius: number): Float32Array {
  const { width, height } = samples;
  const rows = slidRows(samples, radius);
  const means = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let y = -radius; y < height; y += 1) {
    const [enters, leaves] = [(y + radius) * width, (y - radius - 1) * width];
    for (let x = 0; x < width; x += 1) {
      let sum = value(sums, x);
      if (y + radius < height) sum += value(rows, enters + x);
      if (leaves >= 0) sum -= value(rows, leaves + x);
      sums[x] = sum;
    }
    if (y < 0) continue;
    const count = Math.min(height, y + radius + 1) - Math.max(0, y - radius);
    for (let x = 0; x < width; x += 1) means[y * width + x] = value(sums, x) / count;
  }
  return means;
}

/** The mean of the 2 × radius + 1 pixels round each pixel of its row. */
function slidRows({ width, height, pixels }: Samples, radius: number): Float32Array {
  const means = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    let sum = 0;
    for (let x = -radius; x < width; x += 1) {
      if (x + radius < width) sum += value(pixels, start + x + radius);
      if (x - radius - 1 >= 0) sum -= value(pixels, start + x - radius - 1);
      if (x < 0) continue;
      means[start + x] = sum / (Math.min(width, x + radius + 1) - Math.max(0, x - radius));
    }
  }
  return means;
}

/** For each new sample `count` sources and their weights, which add up to one. */
type Taps = { readonly count: number; readonly sources: Int32Array; readonly weights: Float32Array };

function tapsOf(from: number, to: number): Taps {
  const ratio = from / to;
  const widen = Math.max(1, ratio);
  const count = Math.ceil(4 * widen) + 1;
  const sources = new Int32Array(to * count);
  const weights = new Float32Array(to * count);
  for (let index = 0; index < to; index += 1) {
    const centre = (index + 0.5) * ratio - 0.5;
    const first = Math.ceil(centre - 2 * widen);
    let total = 0;
    for (let tap = 0; tap < count; tap += 1) total += cubic((first + tap - centre) / widen);
    for (let tap = 0; tap < count; tap += 1) {
      sources[index * count + tap] = Math.min(from - 1, Math.max(0, first + tap));
      weights[index * count + tap] = cubic((first + tap - centre) / widen) / total;
    }
  }
  return { count, sources, weights };
}

function resampledRows({ width, height, pixels }: Gray, to: number): Float32Array {
  const { count, sources, weights } = tapsOf(width, to);
  const rows = new Float32Array(to * height);
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    for (let x = 0; x < to; x += 1) {
      let sum = 0;
      for (let tap = x * count; tap < (x + 1) * count; tap += 1) {
        sum += value(weights, tap) * value(pixels, start + value(sources, tap));
      }
      rows[y * to + x] = sum;
    }
  }
  return rows;
}

/** The cubic kernel of Keys, a = −½. */
function cubic(distance: number): number {
  const d = Math.abs(distance);
  if (d < 1) return 1.5 * d * d * d - 2.5 * d * d + 1;
  return d < 2 ? -0.5 * d * d * d + 2.5 * d * d - 4 * d + 2 : 0;
}

function byte(amount: number): number {
  return amount < 0 ? 0 : amount > 255 ? 255 : amount;
}

/** A sample; outside the samples there is none, which callers never ask for. */
function value(samples: ArrayLike<number>, index: number): number {
  return samples[index] ?? 0;
}

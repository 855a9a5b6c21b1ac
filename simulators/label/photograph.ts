import { newCanvas, type Canvas } from './canvas.ts';

/** Size of a photograph, in pixels: a phone's picture as the field app shrinks it before sending. */
export const PHOTO = { width: 1280, height: 960 } as const;

/** How far the hand may stray from a straight picture. */
const HAND = { rollDegrees: 14, tiltDegrees: 20, shiftShare: 0.05, zoom: [0.6, 0.78] } as const;

/**
 * A photograph of a label stuck on a device: seen aslant and a little turned, unevenly lit with a patch of
 * glare, slightly out of focus, with the noise of a small sensor. The same `random` gives the same photograph.
 */
export function photograph(label: Canvas, random: () => number): Canvas {
  const scene = sceneAround(label, random);
  const seen = lensBlur(aslant(scene, label.width, random), 0.45 + random() * 0.5);
  return exposed(seen, random);
}

/** The label on dark plastic with a seam and a few scratches, with room all round. */
function sceneAround(label: Canvas, random: () => number): Canvas {
  const margin = label.width;
  const scene = newCanvas(label.width + 2 * margin, label.height + 2 * margin, 0);
  for (let y = 0; y < scene.height; y += 1) {
    const seam = Math.abs(y - margin * 0.7) < 3 ? -25 : 0;
    for (let x = 0; x < scene.width; x += 1) scene.pixels[y * scene.width + x] = 74 + seam + random() * 10;
  }
  for (let row = 0; row < label.height; row += 1) {
    const from = label.pixels.subarray(row * label.width, (row + 1) * label.width);
    scene.pixels.set(from, (row + margin) * scene.width + margin);
  }
  return scene;
}

/** The scene through a pinhole camera held at an angle. */
function aslant(scene: Canvas, labelWidth: number, random: () => number): Canvas {
  const either = (most: number): number => (random() * 2 - 1) * most;
  const [roll, pitch, yaw] = [
    either(HAND.rollDegrees),
    either(HAND.tiltDegrees),
    either(HAND.tiltDegrees),
  ].map((degrees) => (degrees * Math.PI) / 180) as [number, number, number];
  const zoom = HAND.zoom[0] + random() * (HAND.zoom[1] - HAND.zoom[0]);
  const distance = 2.2 * labelWidth;
  const focal = (zoom * PHOTO.width * distance) / labelWidth;
  const shift = { x: either(HAND.shiftShare) * PHOTO.width, y: either(HAND.shiftShare) * PHOTO.height };
  const photo = newCanvas(PHOTO.width, PHOTO.height, 0);
  const meet = planeOf({ roll, pitch, yaw, focal, distance });
  for (let y = 0; y < PHOTO.height; y += 1) {
    for (let x = 0; x < PHOTO.width; x += 1) {
      const point = meet(x - PHOTO.width / 2 - shift.x, y - PHOTO.height / 2 - shift.y);
      photo.pixels[y * PHOTO.width + x] = sample(
        scene,
        point.x + scene.width / 2,
        point.y + scene.height / 2,
      );
    }
  }
  return photo;
}

type Pose = {
  readonly roll: number;
  readonly pitch: number;
  readonly yaw: number;
  readonly focal: number;
  readonly distance: number;
};

/** Where rays of the camera meet the plane of the label: the plane's axes are the turned camera's. */
function planeOf(pose: Pose): (x: number, y: number) => { x: number; y: number } {
  const [cosRoll, sinRoll] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const [cosYaw, sinYaw] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const [cosPitch, sinPitch] = [Math.cos(pose.pitch), Math.sin(pose.pitch)];
  // Axes of the plane in the camera's frame, and its normal.
  const u = { x: cosYaw, y: 0, z: sinYaw };
  const v = { x: -sinYaw * sinPitch, y: cosPitch, z: cosYaw * sinPitch };
  const normal = { x: -sinYaw * cosPitch, y: -sinPitch, z: cosYaw * cosPitch };
  return (x, y) => {
    const rx = (x * cosRoll + y * sinRoll) / pose.focal;
    const ry = (y * cosRoll - x * sinRoll) / pose.focal;
    const reach = (normal.z * pose.distance) / (normal.x * rx + normal.y * ry + normal.z);
    const hit = { x: rx * reach, y: ry * reach, z: reach - pose.distance };
    return { x: hit.x * u.x + hit.z * u.z, y: hit.x * v.x + hit.y * v.y + hit.z * v.z };
  };
}

/** The scene between its pixels; beyond its edge there is a dark table. */
function sample({ width, height, pixels }: Canvas, u: number, v: number): number {
  const [x, y] = [Math.floor(u), Math.floor(v)];
  if (x < 0 || y < 0 || x >= width - 1 || y >= height - 1) return 38;
  const at = y * width + x;
  const top = (pixels[at] ?? 0) * (1 - u + x) + (pixels[at + 1] ?? 0) * (u - x);
  const bottom = (pixels[at + width] ?? 0) * (1 - u + x) + (pixels[at + width + 1] ?? 0) * (u - x);
  return top * (1 - v + y) + bottom * (v - y);
}

/** A lens a little out of focus: a bell curve of `sigma` pixels, along rows and then columns. */
function lensBlur(photo: Canvas, sigma: number): Canvas {
  const reach = Math.ceil(3 * sigma);
  const bell = Float64Array.from({ length: 2 * reach + 1 }, (_, tap) =>
    Math.exp(-((tap - reach) ** 2) / (2 * sigma * sigma)),
  );
  const total = bell.reduce((sum, weight) => sum + weight, 0);
  const weights = bell.map((weight) => weight / total);
  const { width, height } = photo;
  const rows = blurredAlong(photo.pixels, weights, { length: width, lines: height, step: 1, next: width });
  return {
    ...photo,
    pixels: blurredAlong(rows, weights, { length: height, lines: width, step: width, next: 1 }),
  };
}

/** Lines of pixels: how many, how long, the step from pixel to pixel and from line to line. */
type Lines = {
  readonly length: number;
  readonly lines: number;
  readonly step: number;
  readonly next: number;
};

function blurredAlong(
  source: Uint8Array,
  weights: Float64Array,
  { length, lines, step, next }: Lines,
): Uint8Array {
  const out = new Uint8Array(source.length);
  const reach = (weights.length - 1) / 2;
  for (let line = 0; line < lines; line += 1) {
    for (let at = 0; at < length; at += 1) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap += 1) {
        const from = Math.min(length - 1, Math.max(0, at + tap - reach));
        sum += (weights[tap] ?? 0) * (source[line * next + from * step] ?? 0);
      }
      out[line * next + at * step] = sum;
    }
  }
  return out;
}

/** Light that falls off to one side, a soft patch of glare, and the grain of the sensor. */
function exposed(photo: Canvas, random: () => number): Canvas {
  const angle = random() * 2 * Math.PI;
  const slope = 0.18 + random() * 0.2;
  const glare = {
    x: random() * PHOTO.width,
    y: random() * PHOTO.height,
    size: 120 + random() * 160,
    light: 25 + random() * 45,
  };
  const grain = 2 + random() * 3;
  const pixels = photo.pixels.map((pixel, index) => {
    const [x, y] = [index % PHOTO.width, Math.floor(index / PHOTO.width)];
    const across =
      ((x / PHOTO.width - 0.5) * Math.cos(angle) + (y / PHOTO.height - 0.5) * Math.sin(angle)) * slope;
    const away = ((x - glare.x) ** 2 + (y - glare.y) ** 2) / (2 * glare.size ** 2);
    // Three uniform numbers make a bell curve near enough.
    const noise = (random() + random() + random() - 1.5) * 2 * grain;
    const light = pixel * (0.82 + across) + glare.light * Math.exp(-away) + noise;
    return Math.min(255, Math.max(0, Math.round(light)));
  });
  return { ...photo, pixels };
}

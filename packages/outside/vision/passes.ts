import { cropped, evened, scaled, sharpened, turned, type Gray } from './gray.ts';

/** A way of looking at a picture: how it is prepared and how it is made black and white. */
export type Pass = {
  readonly name: string;
  /** `gentle`: what it finds is there. `strained`: the picture was bent hard, so weak codes must be seen twice. */
  readonly trust: 'gentle' | 'strained';
  readonly binarizer: 'LocalAverage' | 'GlobalHistogram' | 'FixedThreshold';
  readonly denoise?: boolean;
  /** The picture as looked at, and how its places map back to the working picture. */
  readonly prepare: () => View;
};

/** A prepared picture; `back` takes a point of it to the working picture. */
export type View = { readonly gray: Gray; readonly back: (x: number, y: number) => { x: number; y: number } };

/** Pixels of the working picture at most: a phone's twelve megapixels as they are, more than that shrunk. */
export const WORK_LIMIT_PIXELS = 13_000_000;

/** Pixels of a prepared picture at most. */
const VIEW_LIMIT_PIXELS = 5_000_000;

/**
 * The passes for a picture, best first. The order comes from measuring on photographs: plain looks find nine in
 * ten; enlarging finds small codes, evening the light finds glare and shadow, sharpening finds blur; turned and
 * cropped looks find what is slanted or small in a large picture.
 */
export function passesFor(work: Gray): readonly Pass[] {
  const isLarge = work.width * work.height > LARGE_PIXELS;
  // Bending a large picture is done to a shrunk one; the parts at the end look at all its pixels.
  const base = once(() => atMost(work, LARGE_PIXELS));
  const double = once(() => resized(base(), 2));
  const triple = once(() => resized(base(), 3));
  const sharp = (radius: number, strength: number) => () =>
    changed(triple(), (gray) => sharpened(gray, radius, strength));
  const even = (radius: number) => () => changed(triple(), (gray) => evened(gray, radius));
  return [
    look('plain', base, GENTLE),
    ...(isLarge ? [look('whole', () => same(work), GENTLE)] : []),
    look('threshold', base, { ...GENTLE, binarizer: 'FixedThreshold' }),
    look('double', double, GENTLE),
    look('histogram', double, { binarizer: 'GlobalHistogram' }),
    look('even', () => changed(double(), (gray) => evened(gray, 20))),
    look('sharp', sharp(5, 2)),
    look('sharp threshold', sharp(3, 2), { binarizer: 'FixedThreshold' }),
    look('sharper', sharp(7, 4)),
    look('half', () => resized(base(), 0.5), { denoise: true }),
    look('even wide', even(30)),
    look('even sharp', () => changed(even(30)(), (gray) => sharpened(gray, 5, 2))),
    ...TURNS.map((degrees) => look(`turned ${degrees}`, () => leaning(base(), degrees))),
    ...(isLarge ? cropPasses(work) : []),
    look('sharpest', sharp(9, 6)),
    look('sharper threshold', sharp(6, 4), { binarizer: 'FixedThreshold' }),
    look('fine histogram', triple, { binarizer: 'GlobalHistogram' }),
  ];
}

const GENTLE = { trust: 'gentle' } as const;

/** A look with the picture turned so that what leans by `degrees` stands upright. */
export function levelledPass(work: Gray, degrees: number): Pass {
  return look(
    `levelled ${Math.round(degrees)}`,
    () => leaning(atMost(work, VIEW_LIMIT_PIXELS), -degrees),
    GENTLE,
  );
}

/** From here on a picture is worth shrinking first, and cutting up later. */
const LARGE_PIXELS = 2_000_000;

/** Below this a picture is enlarged before it is turned. */
const SMALL_PIXELS = 500_000;

/** Codes a little off the level and the plumb are read as they are; these turns bring the rest within reach. */
const TURNS = [13, -13, 26, -26, 45] as const;

function look(name: string, prepare: () => View, how: Partial<Pass> = {}): Pass {
  return { name, trust: 'strained', binarizer: 'LocalAverage', prepare, ...how };
}

/** Several passes start from the same enlarged picture: it is made when the first of them needs it. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function same(gray: Gray): View {
  return { gray, back: (x, y) => ({ x, y }) };
}

/** Enlarged or shrunk as asked; enlarged no further than the limit of a view allows. */
function resized(from: View, factor: number): View {
  const { width, height } = from.gray;
  const used = Math.min(factor, Math.max(1, Math.sqrt(VIEW_LIMIT_PIXELS / (width * height))));
  if (used === 1) return from;
  return { gray: scaled(from.gray, used), back: (x, y) => from.back(x / used, y / used) };
}

function atMost(gray: Gray, pixels: number): View {
  const factor = Math.sqrt(pixels / (gray.width * gray.height));
  return factor < 1 ? resized(same(gray), factor) : same(gray);
}

function changed(from: View, change: (gray: Gray) => Gray): View {
  return { gray: change(from.gray), back: from.back };
}

/** Turned, and enlarged before when small: turning blurs. */
function leaning(from: View, degrees: number): View {
  const isSmall = from.gray.width * from.gray.height < SMALL_PIXELS;
  return turnedView(isSmall ? resized(from, 2) : from, degrees);
}

/** A view turned clockwise. */
export function turnedView(from: View, degrees: number): View {
  const sheet = turned(from.gray, degrees);
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const back = (x: number, y: number): { x: number; y: number } => {
    const [dx, dy] = [x - sheet.width / 2, y - sheet.height / 2];
    return from.back(dx * cos + dy * sin + from.gray.width / 2, dy * cos - dx * sin + from.gray.height / 2);
  };
  return { gray: sheet, back };
}

/** Nine overlapping parts, half as wide and as high as the whole, each evened and enlarged. */
function cropPasses(work: Gray): readonly Pass[] {
  const [width, height] = [Math.floor(work.width / 2), Math.floor(work.height / 2)];
  const starts = [0.25, 0, 0.5];
  return starts.flatMap((down) =>
    starts.map((across) => {
      const [x, y] = [Math.floor(work.width * across), Math.floor(work.height * down)];
      return look(`part ${across} ${down}`, () => {
        const part = resized(same(cropped(work, { x, y, width, height })), 2);
        return { gray: evened(part.gray, 25), back: (u, v) => shifted(part.back(u, v), x, y) };
      });
    }),
  );
}

function shifted(point: { x: number; y: number }, x: number, y: number): { x: number; y: number } {
  return { x: point.x + x, y: point.y + y };
}

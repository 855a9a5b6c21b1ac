import { parentPort } from 'node:worker_threads';
import { decodeImage } from './decode-image.ts';
import { grayOf, type Gray } from './gray.ts';
import type { ImageHeader } from './image-header.ts';
import { WORK_LIMIT_PIXELS } from './passes.ts';
import type { Point, ReadCode } from './port.ts';
import { searchCodes } from './search.ts';
import { lookAtFile, lookWithZxing, prepareZxing } from './zxing-reader.ts';

/** A picture to read, already known to be one of ours by its header. */
export type ReadRequest = {
  readonly id: number;
  readonly kind: ImageHeader['kind'];
  readonly bytes: Uint8Array;
  readonly budgetMs: number;
  /** Time after which it stops looking for more, once something was found. */
  readonly contentMs: number;
};

/**
 * What came of it: after each look what is sure so far, then the end. `damaged` when the picture could not be
 * decoded.
 */
export type ReadReply = {
  readonly id: number;
  readonly state: 'looking' | 'done' | 'damaged';
  readonly codes: readonly ReadCode[];
};

parentPort?.on('message', (request: ReadRequest) => {
  void read(request).then(post);
});
void prepareZxing();

function post(reply: ReadReply): void {
  parentPort?.postMessage(reply, []);
}

async function read({ id, kind, bytes, budgetMs, contentMs }: ReadRequest): Promise<ReadReply> {
  const start = performance.now();
  const elapsedMs = (): number => performance.now() - start;
  if (kind === 'gif')
    return { id, state: 'done', codes: await lookAtFile(bytes, { binarizer: 'LocalAverage' }) };
  const work = await open(kind, bytes);
  if (work === undefined) return { id, state: 'damaged', codes: [] };
  const { gray, side } = work;
  const tell = (codes: readonly ReadCode[]): void =>
    post({ id, state: 'looking', codes: grown(codes, side) });
  const codes = await searchCodes(gray, lookWithZxing, { budgetMs, contentMs, elapsedMs, tell });
  return { id, state: 'done', codes: grown(codes, side) };
}

/** The working picture, and how many pixels of the picture itself make a side of one of its own. */
type Work = { readonly gray: Gray; readonly side: number };

/** Opens a picture. Its colours, four times as large, are gone when this returns. */
async function open(kind: Exclude<ReadRequest['kind'], 'gif'>, bytes: Uint8Array): Promise<Work | undefined> {
  const picture = await decodeImage(kind, bytes).catch(() => undefined);
  if (picture === undefined || picture.width * picture.height === 0) return undefined;
  const side = Math.ceil(Math.sqrt((picture.width * picture.height) / WORK_LIMIT_PIXELS));
  return { gray: grayOf(picture, side), side };
}

/** Places of the working picture as places of the picture itself. */
function grown(codes: readonly ReadCode[], side: number): readonly ReadCode[] {
  const point = ({ x, y }: Point): Point => ({ x: x * side, y: y * side });
  return codes.map((code) => {
    const [a, b, c, d] = code.corners;
    return { ...code, corners: [point(a), point(b), point(c), point(d)] };
  });
}

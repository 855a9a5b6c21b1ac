import { Worker } from 'node:worker_threads';
import { broken, declined, done, retry, type Outcome } from '../outcome/index.ts';
import { imageHeader, type ImageHeader } from './image-header.ts';
import { rankCodes } from './label-fields.ts';
import {
  CODES_LIMIT,
  IMAGE_LIMIT_BYTES,
  IMAGE_LIMIT_PIXELS,
  type ImageRefusal,
  type ReadCode,
  type Vision,
} from './port.ts';
import type { ReadReply, ReadRequest } from './zxing-worker.ts';

/** The local engine: no key, no network, no GPU. It owns a thread; `close` ends it. */
export type LocalVision = Vision & { readonly close: () => Promise<void> };

/** Pictures waiting at most: at half a second each, those behind would miss any deadline. */
export const WAITING_LIMIT = 16;

/** Part of the deadline kept for handing over, and for ending by itself before being ended. */
const MARGIN_MS = 400;

/** After this many pixels the thread is replaced: decoders keep the most memory they ever needed. */
const RETIRE_PIXELS = 20_000_000;

/** When the queue is full or a picture took too long, how soon to come back. */
const RETRY_MS = 30_000;

const REFUSALS: Readonly<Record<ImageRefusal, string>> = {
  empty: 'The file is empty.',
  not_an_image: 'The file is not a PNG, JPEG, WebP or GIF picture.',
  too_large: 'The picture is larger than 50 megapixels or 15 MB.',
  damaged: 'The picture is cut short or damaged.',
};

/** Time spent looking for more codes once one was found: a label shows several, a parcel one. */
const CONTENT_MS = 400;

/**
 * Reads codes with zxing in a thread of its own, one picture at a time. A picture that exceeds its deadline ends
 * the thread and answers `retry`; the next picture gets a new thread. The caller's bytes stay the caller's.
 */
export function createLocalVision(options: { readonly contentMs?: number } = {}): LocalVision {
  const contentMs = options.contentMs ?? CONTENT_MS;
  let thread: Thread | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let closed = false;

  const read = async (picture: Picture, deadlineAt: number): Promise<Outcome<readonly ReadCode[]>> => {
    const leftMs = deadlineAt - performance.now();
    if (closed || leftMs < MARGIN_MS)
      return retry(RETRY_MS, 'no time left before the picture could be looked at');
    if (thread?.isSpent() !== false) thread = startThread();
    const answer = await thread.ask({ ...picture, contentMs }, leftMs);
    if (thread.isSpent() || answer.is !== 'done' || picture.pixels > RETIRE_PIXELS) {
      const old = thread;
      thread = undefined;
      await old.end();
    }
    return outcomeOf(answer);
  };

  return {
    vendor: 'local',
    async readCodes(image, { deadlineMs }) {
      const header = judge(image);
      if (typeof header === 'string') return declined(header, REFUSALS[header]);
      if (waiting >= WAITING_LIMIT) return retry(RETRY_MS, `${WAITING_LIMIT} pictures are waiting already`);
      const deadlineAt = performance.now() + deadlineMs;
      const picture = {
        kind: header.kind,
        bytes: Uint8Array.from(image),
        pixels: header.width * header.height,
      };
      waiting += 1;
      const turn = tail.then(() => read(picture, deadlineAt));
      tail = turn.catch(() => undefined);
      return turn.finally(() => {
        waiting -= 1;
      });
    },
    async close() {
      closed = true;
      await thread?.end();
      await tail;
    },
  };
}

function outcomeOf(answer: Answer): Outcome<readonly ReadCode[]> {
  switch (answer.is) {
    case 'done':
      return done(rankCodes(answer.codes).slice(0, CODES_LIMIT));
    case 'damaged':
      return declined('damaged', REFUSALS.damaged);
    case 'overdue':
      return retry(RETRY_MS, 'the picture could not be opened in time');
    case 'crashed':
      return broken(`the engine stopped: ${answer.reason}`);
  }
}

/** What can be said of a picture without opening it. */
function judge(image: Uint8Array): ImageHeader | ImageRefusal {
  if (image.length === 0) return 'empty';
  const header = imageHeader(image.subarray(0, IMAGE_LIMIT_BYTES));
  if (header === 'unknown') return 'not_an_image';
  if (image.length > IMAGE_LIMIT_BYTES) return 'too_large';
  if (header === 'damaged') return 'damaged';
  return header.width * header.height > IMAGE_LIMIT_PIXELS ? 'too_large' : header;
}

type Picture = Pick<ReadRequest, 'kind'> & {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly pixels: number;
};
type Asked = Picture & Pick<ReadRequest, 'contentMs'>;

/** What came of a picture. `overdue` when its time was up before it was looked at once. */
type Answer =
  | { readonly is: 'done'; readonly codes: readonly ReadCode[] }
  | { readonly is: 'damaged' }
  | { readonly is: 'overdue' }
  | { readonly is: 'crashed'; readonly reason: string };

/** A thread that reads one picture at a time. One that did not finish by itself is spent. */
type Thread = {
  ask(picture: Asked, timeoutMs: number): Promise<Answer>;
  isSpent(): boolean;
  end(): Promise<void>;
};

function startThread(): Thread {
  const worker = new Worker(new URL('./zxing-worker.ts', import.meta.url));
  // An idle thread must not keep the process alive.
  worker.unref();
  let asked = 0;
  let hear: (reply: ReadReply | { readonly crash: string }) => void = () => undefined;
  worker.on('message', (reply: ReadReply) => {
    if (reply.id === asked) hear(reply);
  });
  let spent = false;
  worker.on('error', (error) => hear({ crash: String(error) }));
  worker.on('exit', () => {
    spent = true;
    hear({ crash: 'its thread ended' });
  });
  return {
    ask({ kind, bytes, contentMs }, timeoutMs) {
      asked += 1;
      const request: ReadRequest = { id: asked, kind, bytes, contentMs, budgetMs: timeoutMs - MARGIN_MS };
      return new Promise((resolve) => {
        let soFar: readonly ReadCode[] | undefined;
        const settle = (answer: Answer): void => {
          clearTimeout(timer);
          worker.unref();
          resolve(answer);
        };
        const timer = setTimeout(() => {
          // What was found in the time there was is an answer; the thread is ended all the same.
          const answer: Answer = soFar === undefined ? { is: 'overdue' } : { is: 'done', codes: soFar };
          spent = true;
          settle(answer);
        }, timeoutMs);
        hear = (reply) => {
          if ('crash' in reply) settle({ is: 'crashed', reason: reply.crash });
          else if (reply.state === 'looking') soFar = reply.codes;
          else settle(reply.state === 'damaged' ? { is: 'damaged' } : { is: 'done', codes: reply.codes });
        };
        worker.ref();
        worker.postMessage(request, [bytes.buffer]);
      });
    },
    isSpent: () => spent,
    async end() {
      await worker.terminate();
    },
  };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vision } from './port.ts';

/** How well an engine reads pictures with known answers, for one kind of code. */
export type Accuracy = {
  readonly symbology: string;
  readonly pictures: number;
  readonly read: number;
  /** What an independent reader got of the same pictures. */
  readonly referenceRead: number;
  /** Pictures where a text came back that is not on them. */
  readonly misread: number;
  readonly medianMs: number;
  readonly slowestMs: number;
};

/** A picture of the collection and its answer. */
type Known = {
  readonly file: string;
  readonly symbology: string;
  readonly expected: string;
  readonly kind: string;
  readonly reference_reader_ok: boolean;
  readonly hard: boolean;
};

/** What became of one picture. */
export type Reading = {
  readonly file: string;
  readonly symbology: string;
  readonly isPhoto: boolean;
  readonly isHard: boolean;
  readonly referenceRead: boolean;
  readonly read: boolean;
  readonly misread: boolean;
  readonly ms: number;
};

/** Pictures read in one measuring at most. */
const PICTURE_LIMIT = 10_000;

/** Reads every picture listed in `index.json` of a folder, one after another. `nowMs` is a steady clock. */
export async function readCollection(
  vision: Vision,
  folder: string,
  options: { readonly deadlineMs: number; readonly nowMs: () => number },
): Promise<readonly Reading[]> {
  // The index is test material of known form.
  const known = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')) as readonly Known[];
  const readings: Reading[] = [];
  for (const { file, symbology, expected, kind, hard, reference_reader_ok } of known.slice(
    0,
    PICTURE_LIMIT,
  )) {
    const image = await readFile(join(folder, file));
    const start = options.nowMs();
    const outcome = await vision.readCodes(image, { deadlineMs: options.deadlineMs });
    const texts = outcome.is === 'done' ? outcome.value.map(({ text }) => text) : [];
    const right = texts.filter((text) => isAnswer(symbology, expected, text));
    readings.push({
      file,
      symbology,
      isPhoto: kind === 'photo',
      isHard: hard,
      referenceRead: reference_reader_ok,
      read: right.length > 0,
      misread: texts.length > right.length,
      ms: options.nowMs() - start,
    });
  }
  return readings;
}

/** The table of a measuring, a row for each kind of code. */
export function accuracyOf(readings: readonly Reading[]): readonly Accuracy[] {
  const kinds = [...new Set(readings.map(({ symbology }) => symbology))];
  return kinds.map((symbology) => {
    const own = readings.filter((reading) => reading.symbology === symbology);
    const times = own.map(({ ms }) => ms).sort((one, other) => one - other);
    return {
      symbology,
      pictures: own.length,
      read: own.filter(({ read }) => read).length,
      referenceRead: own.filter(({ referenceRead }) => referenceRead).length,
      misread: own.filter(({ misread }) => misread).length,
      medianMs: times[Math.floor(times.length / 2)] ?? 0,
      slowestMs: times.at(-1) ?? 0,
    };
  });
}

/** UPC-A is EAN-13 with a leading zero, and Codabar's start and stop letters are sometimes counted as text. */
function isAnswer(symbology: string, expected: string, text: string): boolean {
  if (text === expected) return true;
  if (symbology === 'upca') return text === `0${expected}`;
  return symbology === 'codabar' && text.replaceAll(/^[A-D]|[A-D]$/gi, '') === expected;
}

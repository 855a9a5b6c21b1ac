import type { Problem } from '../problem/problem.ts';
import { readProblem } from './problem-json.ts';
import { readSolomon } from './solomon.ts';
import { TEXT_MAX } from './text-limits.ts';
import { readTrsp } from './trsp.ts';
import { Unreadable } from './unreadable.ts';
import { readVroom } from './vroom.ts';

/** Reads a problem in whichever of the formats of one text it is written. */
export function readAny(text: string): Problem {
  if (text.length > TEXT_MAX) throw new Unreadable(`The text is longer than ${TEXT_MAX} characters.`);
  if (/^\s*\{/.test(text)) return /"vehicles"\s*:/.test(text) ? readVroom(text) : readProblem(text);
  if (/SPARE PARTS/.test(text)) return readTrsp(text);
  if (/CUST NO/i.test(text)) return readSolomon(text);
  throw new Unreadable('The text is in none of the formats known here: JSON, VROOM, Solomon, TRSP.');
}

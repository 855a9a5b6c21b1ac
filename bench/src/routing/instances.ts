import type { Problem } from '@gigafibre/dispatch';
import { readSolomon, readTrsp } from '@gigafibre/dispatch/formats';
import { sharedData } from '@gigafibre/testing/shared-data';
import { readFileSync } from 'node:fs';

/** Sets of instances by name; every one with what the best known solution costs. */
export const SETS = ['solomon', 'homberger_200', 'homberger_400', 'homberger_1000', 'trsp'] as const;
export type SetName = (typeof SETS)[number];

/** An instance and how a cost of ours compares with the best known value. */
export type Instance = Readonly<{
  name: string;
  set: SetName;
  read: () => Problem;
  bestKnown: number;
  /** Our units in one of those of the best known value. */
  scale: number;
}>;

type BestKnown = Readonly<{
  vrptw: readonly Readonly<{
    instance: string;
    cls: string;
    file: string;
    dimacs: Readonly<{ bks: number }> | null;
  }>[];
  trsp_pillac: readonly Readonly<{ instance: string; file: string; bks_thesis_duration: number | null }>[];
}>;

/** Distances cut to one decimal and the DIMACS values go together; TRSP counts working time. */
const VRPTW_SCALE = 10;
const TRSP_SCALE = 1_000;

/** All instances of the sets, undefined when the collection is not on this machine. */
export function instancesOf(sets: readonly SetName[]): readonly Instance[] | undefined {
  const index = sharedData('routing', 'best_known.json');
  if (index === undefined) return undefined;
  // The collection's own index, as its README describes it.
  const known = JSON.parse(readFileSync(index, 'utf8')) as BestKnown;
  const vrptw = known.vrptw.flatMap(({ instance, cls, file, dimacs }) => {
    const set = SETS.find((name) => name === cls.toLowerCase());
    const path = sharedData('routing', file);
    if (set === undefined || path === undefined || dimacs === null) return [];
    const read = (): Problem => readSolomon(readFileSync(path, 'utf8'));
    return [{ name: instance, set, read, bestKnown: dimacs.bks, scale: VRPTW_SCALE }];
  });
  const trsp = known.trsp_pillac.flatMap(({ instance, file, bks_thesis_duration: best }) => {
    const path = sharedData('routing', file);
    if (best === null || path === undefined) return [];
    const read = (): Problem => readTrsp(readFileSync(path, 'utf8'));
    return [{ name: instance, set: 'trsp' as const, read, bestKnown: best, scale: TRSP_SCALE }];
  });
  return [...vrptw, ...trsp].filter(({ set }) => sets.includes(set));
}

import type { RouteColumns } from '../model.ts';
import type { Break, Problem, Shift, Technician } from './problem.ts';
import { VALUE_MAX } from './limits.ts';

type Row = Readonly<{
  technician: Technician;
  owner: number;
  shift: Shift;
  index: number;
  breaks: readonly Pause[];
}>;

/** A break with its number in the shift. */
type Pause = Break & Readonly<{ number: number }>;

/** Names of things that are counted, in the order of their columns. */
export type Columns = Readonly<{
  parts: readonly string[];
  tools: readonly string[];
  loads: number;
  nowhere: number;
}>;

/** Every shift of every technician as a route. Without restocking, parts count as loads and none as stock. */
export function compileRoutes(problem: Problem, columns: Columns): RouteColumns & { routes: number } {
  const rows: Row[] = problem.technicians.flatMap((technician, owner) =>
    technician.shifts.map((shift, index) => ({ technician, owner, shift, index, breaks: breaksOf(shift) })),
  );
  const ints = (of: (row: Row) => number): Int32Array => Int32Array.from(rows, of);
  const reals = (of: (row: Row) => number): Float64Array => Float64Array.from(rows, of);
  const breaks = rows.flatMap((row) => row.breaks);
  const restocked = problem.restock !== undefined;
  const columnsPerRow = columns.loads + (restocked ? 0 : columns.parts.length);
  return {
    routes: rows.length,
    from: ints((row) => row.shift.from),
    to: ints((row) => row.shift.to ?? columns.nowhere),
    open: ints((row) => row.shift.start),
    close: ints((row) => row.shift.end + (row.shift.overtimeMax ?? 0)),
    overtimeFrom: ints((row) => row.shift.end),
    perDistance: reals((row) => row.technician.perDistance ?? 0),
    perTime: reals((row) => row.technician.perTime ?? 0),
    perOvertime: reals((row) => row.technician.perOvertime ?? 0),
    fixed: reals((row) => row.technician.fixed ?? 0),
    capacity: Int32Array.from({ length: rows.length * columnsPerRow }, (_, at) =>
      capacityOf(rows[Math.floor(at / columnsPerRow)], at % columnsPerRow, columns),
    ),
    stock: Int32Array.from(
      restocked
        ? rows.flatMap(({ technician }) => columns.parts.map((part) => technician.parts?.[part] ?? 0))
        : [],
    ),
    tools: ints((row) => toolBits(row.technician.tools, columns.tools)),
    breakFirst: Int32Array.from(running(rows.map((row) => row.breaks.length))),
    breakEarliest: Int32Array.from(breaks, (pause) => pause.earliest),
    breakLatest: Int32Array.from(breaks, (pause) => pause.latest),
    breakDuration: Int32Array.from(breaks, (pause) => pause.duration),
    breakNumber: Int32Array.from(breaks, (pause) => pause.number),
    restockPlace: problem.restock?.place ?? -1,
    restockDuration: problem.restock?.duration ?? 0,
    kind: kindsOf(rows),
    owner: ints((row) => row.owner),
    shift: ints((row) => row.index),
    richRoute: Uint8Array.from(rows, (row) => (isRich(row) || restocked ? 1 : 0)),
  };
}

/** Running totals, beginning with 0: where each one's entries begin. */
export function running(counts: readonly number[]): number[] {
  const totals = [0];
  for (const count of counts) totals.push((totals.at(-1) ?? 0) + count);
  return totals;
}

/** The tools as bits, in the order of the columns. */
export function toolBits(tools: readonly string[] | undefined, names: readonly string[]): number {
  return (tools ?? []).reduce((bits, tool) => bits | (1 << names.indexOf(tool)), 0);
}

/** Breaks that fall into the shift, in order. */
function breaksOf(shift: Shift): readonly Pause[] {
  const end = shift.end + (shift.overtimeMax ?? 0);
  return (shift.breaks ?? [])
    .map((pause, number) => ({ ...pause, number }))
    .filter((pause) => pause.latest > shift.start && pause.latest < end)
    .sort((a, b) => a.earliest - b.earliest);
}

function capacityOf(row: Row | undefined, column: number, columns: Columns): number {
  if (row === undefined) return 0;
  if (column < columns.loads) return row.technician.capacity?.[column] ?? VALUE_MAX;
  return row.technician.parts?.[columns.parts[column - columns.loads] ?? ''] ?? 0;
}

function isRich({ technician, shift, breaks }: Row): boolean {
  return (
    breaks.length > 0 ||
    (technician.perTime ?? 0) > 0 ||
    ((technician.perOvertime ?? 0) > 0 && (shift.overtimeMax ?? 0) > 0)
  );
}

/** Shifts that differ in nothing but the technician's name are of one kind. */
function kindsOf(rows: readonly Row[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(rows, ({ technician, shift }) => {
    const { id: _, shifts: __, ...rest } = technician;
    const key = JSON.stringify([rest, shift]);
    const kind = known.get(key) ?? known.size;
    known.set(key, kind);
    return kind;
  });
}

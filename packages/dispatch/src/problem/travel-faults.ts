import type { Travel } from './problem.ts';
import type { Tell } from './refusals.ts';
import { VALUE_MAX } from './limits.ts';

/** Tells of travel that cannot be planned with. A hole in a matrix is no fault: there is no road. */
export function travelFaults(travel: Travel, tell: Tell): void {
  if (travel.kind === 'matrix') {
    squareFaults(travel.times, { name: 'times', size: travel.times.length }, tell);
    if (travel.distances)
      squareFaults(travel.distances, { name: 'distances', size: travel.times.length }, tell);
    return;
  }
  for (const [place, point] of travel.points.entries()) {
    if (!(Number.isFinite(point[0]) && Number.isFinite(point[1]))) {
      tell('not-a-number', `place ${place}`, `Place ${place} has no coordinates.`);
    }
  }
  const factors = travel.kind === 'plane' ? [travel.scale] : [travel.detour, travel.metresPerSecond];
  for (const factor of factors) {
    if (!(Number.isFinite(factor) && factor > 0))
      tell('not-a-number', 'travel', `A factor of the travel is ${factor}; it must be above 0.`);
  }
}

function squareFaults(
  matrix: readonly (readonly (number | null)[])[],
  expected: Readonly<{ name: string; size: number }>,
  tell: Tell,
): void {
  const { name, size } = expected;
  if (matrix.length !== size)
    tell('matrix-shape', name, `The matrix of ${name} has ${matrix.length} rows, not ${size}.`);
  for (const [row, entries] of matrix.entries()) {
    if (entries.length !== size) {
      tell(
        'matrix-shape',
        name,
        `Row ${row} of the matrix of ${name} has ${entries.length} entries, not ${size}.`,
      );
    }
    const wrong = entries.find(
      (entry) => entry !== null && entry !== undefined && (entry < 0 || entry > VALUE_MAX),
    );
    if (wrong !== undefined && wrong !== null) {
      tell(
        wrong < 0 ? 'negative' : 'too-large',
        name,
        `Row ${row} of the matrix of ${name} has the entry ${wrong}.`,
      );
    }
  }
}

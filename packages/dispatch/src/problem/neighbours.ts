import type { TaskColumns } from '../model.ts';
import type { CompiledTravel } from './compile-travel.ts';

/** How many neighbours each task knows. */
const NEAR_MAX = 200;

/** For each task the nearest by road, itself first: `near` of them for each. */
export function neighboursOf(
  travel: CompiledTravel,
  tasks: TaskColumns & { tasks: number },
): { near: number; neighbours: Int32Array } {
  const count = tasks.tasks;
  const near = Math.min(count, NEAR_MAX);
  const neighbours = new Int32Array(count * near);
  const keys = new Float64Array(count);
  for (let task = 0; task < count; task++) {
    const row = (tasks.place[task] ?? 0) * travel.places;
    // Length and number in one key, so that a plain sort of numbers orders the tasks.
    for (let other = 0; other < count; other++) {
      const length = other === task ? 0 : (travel.distance[row + (tasks.place[other] ?? 0)] ?? 0) + 1;
      keys[other] = length * count + other;
    }
    smallestFirst(keys, near);
    keys.subarray(0, near).sort();
    for (let at = 0; at < near; at++) neighbours[task * near + at] = (keys[at] ?? 0) % count;
  }
  return { near, neighbours };
}

/** Brings the `most` smallest keys to the front, in any order. */
function smallestFirst(keys: Float64Array, most: number): void {
  let low = 0;
  let high = keys.length - 1;
  while (low < high) {
    const pivot = keys[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((keys[left] ?? 0) < pivot) left++;
      while ((keys[right] ?? 0) > pivot) right--;
      if (left > right) break;
      const key = keys[left] ?? 0;
      keys[left++] = keys[right] ?? 0;
      keys[right--] = key;
    }
    if (most <= right) high = right;
    else if (most >= left) low = left;
    else return;
  }
}

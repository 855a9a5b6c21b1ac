import type { Model } from '../model.ts';
import type { Random } from '../random.ts';

const keys = { values: new Float64Array(64) };

/** Puts the tasks that are out into one of several orders, by chance: which comes first finds most room. */
export function arrange(model: Model, list: Int32Array, count: number, random: Random): void {
  if (keys.values.length < count) keys.values = new Float64Array(count * 2);
  const { values } = keys;
  const rule = random.below(16);
  const hub = (model.from[0] ?? 0) * model.places;
  for (let at = 0; at < count; at++) {
    const task = list[at] ?? 0;
    let key;
    if (rule < 4) key = random.unit();
    else if (rule < 8) key = -(model.weight[task] ?? 0);
    else if (rule < 10) key = -(model.distance[hub + (model.place[task] ?? 0)] ?? 0);
    else if (rule < 11) key = model.distance[hub + (model.place[task] ?? 0)] ?? 0;
    else if (rule < 13) key = (model.due[task] ?? 0) - (model.ready[task] ?? 0);
    else if (rule < 15) key = model.ready[task] ?? 0;
    else key = -(model.due[task] ?? 0);
    values[at] = key;
  }
  for (let at = 1; at < count; at++) {
    const task = list[at] ?? 0;
    const key = values[at] ?? 0;
    let to = at;
    while (to > 0 && (values[to - 1] ?? 0) > key) {
      values[to] = values[to - 1] ?? 0;
      list[to] = list[to - 1] ?? 0;
      to--;
    }
    values[to] = key;
    list[to] = task;
  }
}

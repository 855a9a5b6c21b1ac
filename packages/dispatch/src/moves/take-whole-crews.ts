import { takeOut, type State } from '../search/state.ts';

/**
 * A crew works at one moment: when one of its tasks was taken out, the others are too, wherever they are. Writes them
 * after the `count` first of `taken` and returns the new count.
 */
export function takeWholeCrews(
  state: State,
  taken: Int32Array,
  how: Readonly<{ count: number; touch: (route: number) => void }>,
): number {
  const { model, routeOf } = state;
  let { count } = how;
  for (let at = 0; at < how.count; at++) {
    const task = taken[at] ?? 0;
    if (model.crew[task] === 1) continue;
    const leader = model.leader[task] ?? 0;
    for (let partner = leader; partner < leader + (model.crew[leader] ?? 0); partner++) {
      if ((routeOf[partner] ?? 0) < 0) continue;
      how.touch(routeOf[partner] ?? 0);
      takeOut(state, partner);
      taken[count++] = partner;
    }
  }
  return count;
}

/** Where a step of a wizard stands: `open` comes after the current one and can already be gone to, `next` cannot yet. */
export type StepState = 'done' | 'current' | 'open' | 'next';

/** The state of each step: all before `reached` (the furthest the person has come) can be visited. */
export function stepStates<Key extends string>(
  keys: readonly Key[],
  current: Key,
  reached: Key,
): readonly StepState[] {
  const here = keys.indexOf(current);
  const furthest = Math.max(here, keys.indexOf(reached));
  return keys.map((key, index) => {
    if (key === current) return 'current';
    if (index < here) return 'done';
    return index <= furthest ? 'open' : 'next';
  });
}

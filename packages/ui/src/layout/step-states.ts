/** Where a step of a wizard stands: `done` and `current` can be gone to, `next` cannot yet. */
export type StepState = 'done' | 'current' | 'next';

/** The state of each step: all before `reached` (the furthest the person has come) can be visited. */
export function stepStates<Key extends string>(
  keys: readonly Key[],
  current: Key,
  reached: Key,
): readonly StepState[] {
  const furthest = Math.max(keys.indexOf(current), keys.indexOf(reached));
  return keys.map((key, index) => (key === current ? 'current' : index <= furthest ? 'done' : 'next'));
}

import type { PendingAction } from '@gigafibre/client';

/** The photograph an action carries a piece of; null for any other action. */
export function photoOf({ operation, input }: Pick<PendingAction, 'operation' | 'input'>): string | null {
  if (operation !== 'field.addPhoto') return null;
  return (input as { photoId: string }).photoId; // the operation's own input, kept as it was sent
}

/**
 * What must wait behind a refused action: the rest of the same visit, which may build on it. A photograph and a note
 * are evidence of their own, welcome even from a visit that was cancelled or went to somebody else: they never wait.
 * Nor does anything wait for a reading the network could not give.
 */
export function laneOf(action: Pick<PendingAction, 'id' | 'operation' | 'input' | 'about'>): string {
  if (action.operation === 'field.addNote') return `note:${action.id}`;
  if (action.operation === 'field.takeReading') return `reading:${action.id}`;
  const photoId = photoOf(action);
  return photoId === null ? action.about : `photo:${photoId}`;
}

/** What a person decides about a refused action; `discardAll` takes what waits behind it along. */
export type Decision = 'retry' | 'discard' | 'discardAll';

/** What waits behind an action. */
export const behind = (action: PendingAction, actions: readonly PendingAction[]): PendingAction[] =>
  actions.filter(
    (other) => other.id !== action.id && other.state === 'waiting' && laneOf(other) === laneOf(action),
  );

/** One line of the queue: an action, or all pieces of one photograph. */
export type QueueLine = Readonly<{
  /** The refused action when there is one, otherwise the first. */
  action: PendingAction;
  /** How many requests it still takes. */
  pieces: number;
  /** Waits behind something the hub refused. */
  held: boolean;
}>;

/** The queue as a person sees it: refused first, a photograph on one line. */
export function queueLines(actions: readonly PendingAction[]): QueueLine[] {
  const stuck = new Set(actions.filter(({ state }) => state === 'refused').map(laneOf));
  const groups = Map.groupBy(actions, (action) => photoOf(action) ?? action.id);
  const lines = [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const action = group.find(({ state }) => state === 'refused') ?? first;
    return [{ action, pieces: group.length, held: action.state === 'waiting' && stuck.has(laneOf(action)) }];
  });
  return lines.toSorted(
    (one, other) => Number(other.action.state === 'refused') - Number(one.action.state === 'refused'),
  );
}

import type { Outbox, PendingAction } from '@gigafibre/client';
import { behind, photoOf, type Decision } from './lanes.ts';
import { photoStore } from './photo-store.ts';

/** Whether the first piece of a photograph still waits; its input is kept as it was queued. */
const startsAtZero = ({ input }: PendingAction): boolean => (input as { offset?: number }).offset === 0;

/** Does what the person decided about a refused action. A photograph goes with all its pieces. */
export async function decideAbout(
  outbox: Outbox,
  { id, decision }: { id: string; decision: Decision },
): Promise<void> {
  const actions = await outbox.list();
  const action = actions.find((one) => one.id === id);
  if (!action) return;
  const photoId = photoOf(action);
  const after = decision === 'discardAll' ? behind(action, actions) : [];
  const together = photoId === null ? [action, ...after] : actions.filter((one) => photoOf(one) === photoId);
  for (const each of together) await outbox[decision === 'retry' ? 'retry' : 'discard'](each.id);
  if (photoId !== null && decision !== 'retry') await photoStore.drop(photoId);
}

/** Takes a photograph off this phone and out of the queue. True when some of it has already left. */
export async function takePhotoBack(outbox: Outbox, photoId: string): Promise<boolean> {
  const pieces = (await outbox.list()).filter((action) => photoOf(action) === photoId);
  for (const { id } of pieces) await outbox.discard(id);
  await photoStore.drop(photoId);
  const [first] = pieces;
  return first === undefined || !startsAtZero(first);
}

import type { Outbox, PendingAction, Whole } from '@gigafibre/client';
import { fieldOperations, type InputOf } from '@gigafibre/contract';
import { photoOf } from './lanes.ts';
import { offsetsOf, PIECE_BYTES, pieceAt } from './photo-pieces.ts';
import { photoStore, type KeptPhoto } from './photo-store.ts';

type Piece = InputOf<typeof fieldOperations.addPhoto>;

/** The refusal of this phone itself: the photograph is no longer on it. */
export const PHOTO_LOST = 'photo_lost';

/** Puts all pieces of a kept photograph in the queue, from the start; their bytes stay in the store of photographs. */
export async function queuePhoto(outbox: Outbox, photo: KeptPhoto): Promise<void> {
  const { id: photoId, jobId, takenAt, whole, about } = photo;
  if (whole === null) return;
  const { label, ...said } = about;
  for (const old of await outbox.list()) if (photoOf(old) === photoId) await outbox.discard(old.id);
  for (const offset of offsetsOf(whole.length)) {
    const piece = { id: jobId, at: takenAt, photoId, totalBytes: whole.length, offset, ...said };
    await outbox.add(fieldOperations.addPhoto, piece as Piece, { label, about: jobId }); // the bytes come when it is sent
  }
  await photoStore.keep({ ...photo, queued: true });
}

/** An action as it is sent: a piece of a photograph with its bytes. */
export async function wholeInput(action: PendingAction): Promise<Whole> {
  const photoId = photoOf(action);
  const piece = action.input as Partial<Piece>; // the operation's own input, kept as it was queued
  if (photoId === null || piece.chunk !== undefined) return { is: 'whole', input: action.input };
  const photo = await photoStore.read(photoId);
  if (!photo?.whole) return { is: 'lost', refusal: { code: PHOTO_LOST, message: '' } };
  return { is: 'whole', input: { ...piece, chunk: pieceAt(photo.whole, piece.offset ?? 0) } };
}

/** The hub has this piece; with the last one the phone lets go of the whole photograph. */
export async function photoAcknowledged(action: PendingAction): Promise<void> {
  const photoId = photoOf(action);
  const { offset = 0, totalBytes = 0 } = action.input as Partial<Piece>; // as above
  if (photoId !== null && offset + PIECE_BYTES >= totalBytes) await photoStore.sent(photoId);
}

import { Refusal, type FileAnswer, type PhotoPhase } from '@gigafibre/contract';
import type { Reading, Tx } from '../../../platform/acting.ts';
import * as evidence from '../evidence-store.ts';
import type { JobRow } from '../job.ts';
import { happenedAt, jobOnceMine } from './my-job.ts';
import { tellRecorded } from './record-evidence.ts';
import type { Reported } from './report-state.ts';
import { sniffPhoto } from './sniff-photo.ts';

/** A visit with more photographs than this is a mistake of the phone. */
const PHOTOS_OF_A_JOB_MAX = 100;

export type Piece = Readonly<{
  id: string;
  at: string;
  /** Made on the phone; all pieces of one photograph carry it. */
  photoId: string;
  checklistItemId: string | null;
  phase: PhotoPhase | null;
  totalBytes: number;
  /** Where in the photograph this piece begins. */
  offset: number;
  /** Base64. */
  chunk: string;
}>;
export type Received = Readonly<{ photoId: string; receivedBytes: number; complete: boolean }>;

/**
 * Takes the next piece of a photograph. A piece that is already there changes nothing; one too far ahead is
 * refused `photo_gap` with the byte to go on at. The first piece must begin like a photograph.
 */
export async function addPhoto(tx: Tx, piece: Piece): Promise<Received> {
  const job = await jobOnceMine(tx, piece.id);
  const bytes = Buffer.from(piece.chunk, 'base64');
  const known = await evidence.photoForUpdate(tx.db, piece.photoId);
  const photo = known ?? (await begin(tx, job, { piece, bytes }));
  if (photo.job_id !== job.id) throw new Refusal('not_found', { what: piece.photoId });
  if (photo.total_bytes !== piece.totalBytes)
    throw new Refusal('invalid_input', { field: 'totalBytes', reason: `was ${photo.total_bytes}` });
  if (piece.offset + bytes.length > photo.total_bytes)
    throw new Refusal('photo_too_large', { limit: photo.total_bytes, photoId: photo.id });
  if (piece.offset + bytes.length <= photo.received_bytes) return received(photo);
  if (piece.offset !== photo.received_bytes)
    throw new Refusal('photo_gap', { photoId: photo.id, expected: photo.received_bytes });
  const grown = await evidence.addChunk(tx.db, { photoId: photo.id, from: piece.offset, bytes });
  if (grown.received_bytes === grown.total_bytes) await tellRecorded(tx, job, 'photo');
  return received(grown);
}

const received = (photo: evidence.PhotoRow): Received => ({
  photoId: photo.id,
  receivedBytes: photo.received_bytes,
  complete: photo.received_bytes === photo.total_bytes,
});

async function begin(
  tx: Tx,
  job: JobRow,
  { piece, bytes }: { piece: Piece; bytes: Buffer },
): Promise<evidence.PhotoRow> {
  if (piece.offset !== 0) throw new Refusal('photo_gap', { photoId: piece.photoId, expected: 0 });
  const type = sniffPhoto(bytes);
  if (type === undefined) throw new Refusal('not_an_image', { photoId: piece.photoId });
  if ((await evidence.photoCount(tx.db, job.id)) >= PHOTOS_OF_A_JOB_MAX)
    throw new Refusal('too_many_photos', { jobId: job.id, limit: PHOTOS_OF_A_JOB_MAX });
  await requireItem(tx, job, piece.checklistItemId);
  await evidence.beginPhoto(tx.db, {
    id: piece.photoId,
    job_id: job.id,
    checklist_item_id: piece.checklistItemId,
    phase: piece.phase,
    type,
    total_bytes: piece.totalBytes,
    taken_at: happenedAt(piece.at, job, tx.now),
    received_at: tx.now,
    actor_id: tx.by.id,
    actor_name: tx.by.name,
  });
  const begun = await evidence.photoForUpdate(tx.db, piece.photoId);
  if (!begun) throw new Error('a photograph vanished while it was begun');
  return begun;
}

async function requireItem(tx: Tx, job: JobRow, itemId: string | null): Promise<void> {
  if (itemId === null || (await evidence.itemForUpdate(tx.db, { jobId: job.id, itemId }))) return;
  throw new Refusal('no_checklist_item', { jobId: job.id, itemId });
}

/**
 * Gives up a photograph of which pieces have not arrived: the technician took it away before it was sent. One that
 * is whole is evidence and stays: refused `photo_already_sent`. One that never began changes nothing.
 */
export async function dropPhoto(tx: Tx, { id, photoId }: { id: string; photoId: string }): Promise<Reported> {
  const job = await jobOnceMine(tx, id);
  const photo = await evidence.photoForUpdate(tx.db, photoId);
  if (!photo || photo.job_id !== job.id) return { row: job, applied: false };
  if (photo.received_bytes === photo.total_bytes) throw new Refusal('photo_already_sent', { photoId });
  await evidence.deletePhoto(tx.db, photoId);
  return { row: job, applied: true };
}

/** A whole photograph of a job as a file; refused `not_found` as long as pieces are missing. */
export async function readPhoto(
  { db }: Pick<Reading, 'db'>,
  { id, photoId }: { id: string; photoId: string },
): Promise<FileAnswer> {
  const photo = await evidence.photoById(db, photoId);
  if (!photo || photo.job_id !== id || photo.received_bytes !== photo.total_bytes)
    throw new Refusal('not_found', { what: photoId });
  const type = photo.type as 'image/jpeg' | 'image/png' | 'image/webp'; // held by a check constraint
  return {
    type,
    name: `${id}-${photoId.slice(0, 8)}.${type.slice('image/'.length)}`,
    bytes: new Uint8Array(await evidence.photoBytes(db, photoId)),
  };
}

import { fitted } from './photo-pieces.ts';

/** A photograph for the file; a label keeps more, its bars are thin. */
export const PHOTO_EDGE_PX = 1_600;
export const LABEL_EDGE_PX = 2_400;
/** For showing in a list and, without a network, alone on a phone's screen. */
export const SMALL_EDGE_PX = 480;
const QUALITY = 0.82;

/** A photograph as a JPEG of that longest side, upright. Undefined when the file is no picture. */
export async function shrinkPhoto(
  file: Blob,
  edgeMaxPx: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' }).catch(() => undefined);
  if (!picture) return undefined;
  const canvas = Object.assign(
    document.createElement('canvas'),
    fitted(picture.width, picture.height, edgeMaxPx),
  );
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const small = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
  return small ? new Uint8Array(await small.arrayBuffer()) : undefined;
}

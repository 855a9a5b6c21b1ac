import { frenchSpacing } from '@gigafibre/ui';
import { PHOTO_LOST } from './photo-queue.ts';

/** Why an action was refused, in the words the hub gave then; the phone's own reasons in the reader's language. */
export const whyRefused = (
  refusal: Readonly<{ code: string; message: string }>,
  t: (key: 'field.photoLost') => string,
): string => (refusal.code === PHOTO_LOST ? t('field.photoLost') : frenchSpacing(refusal.message));

export {
  CODE_FORMATS,
  CODES_LIMIT,
  IMAGE_LIMIT_BYTES,
  IMAGE_LIMIT_PIXELS,
  type CodeFormat,
  type ImageRefusal,
  type Point,
  type ReadCode,
  type Vision,
} from './port.ts';
export { createLocalVision, WAITING_LIMIT, type LocalVision } from './local-zxing.ts';
export { labelFields, type LabelFields } from './label-fields.ts';
export { accuracyOf, readCollection, type Accuracy, type Reading } from './accuracy.ts';

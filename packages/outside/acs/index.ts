export type * from './port.ts';
export { createGenieAcs, type GenieAcsSettings } from './genieacs.ts';

export { readSolomon } from './solomon.ts';
export { readStrsp } from './strsp.ts';
export { readTrsp } from './trsp.ts';
export { Unreadable } from './unreadable.ts';

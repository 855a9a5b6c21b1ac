export { readProblem, readSolution } from './problem-json.ts';
export { readAny } from './read-any.ts';
export { readSolomon } from './solomon.ts';
export { readStrsp } from './strsp.ts';
export { readTrsp } from './trsp.ts';
export { Unreadable } from './unreadable.ts';
export { readVroom } from './vroom.ts';

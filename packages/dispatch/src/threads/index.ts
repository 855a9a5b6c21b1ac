export { planInThreads, type ThreadedOptions } from './plan-in-threads.ts';
export { repairInThreads } from './repair-in-threads.ts';

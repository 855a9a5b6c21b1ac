export { planInThreads, type ThreadedOptions } from './plan-in-threads.ts';

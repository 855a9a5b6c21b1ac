import { parentPort, workerData } from 'node:worker_threads';
import { afterTime } from '../stop/after-time.ts';
import { firstOf } from '../stop/first-of.ts';
import { afterTries } from '../stop/after-tries.ts';
import { whenCancelled } from '../stop/when-cancelled.ts';
import { wallMs, workedMs } from './clocks.ts';
import { takePart, type Membership } from './member.ts';

/** The clock on the wall, or the time that the thread has worked: for measuring on a machine that others use too. */
export type Clock = 'wall' | 'work';

/** What is sent to a thread: its part, and when to stop. */
export type Order = Readonly<{
  part: Membership;
  clock: Clock;
  /** On the clock, in milliseconds; for `work`, how much was worked before the thread began, taken off. */
  startedMs: number;
  limitMs: number;
  triesMax: number | undefined;
  /** Set to 1 to cancel. */
  cancelled: Int32Array;
}>;

// Only this project's own pool starts this file, with an order.
const order = workerData as Order;
const nowMs = order.clock === 'wall' ? wallMs : workedMs;
const inTime = afterTime({ nowMs, startedMs: order.startedMs, limitMs: order.limitMs });
const rules = [whenCancelled(() => Atomics.load(order.cancelled, 0) === 1)];
// Where tries are counted the clock only ends the search: how far it has come must not depend on the machine.
if (order.triesMax === undefined) rules.push(inTime);
else rules.push(afterTries(order.triesMax), (standing) => (inTime(standing) >= 1 ? 1 : 0));
parentPort?.postMessage(takePart(order.part, firstOf(rules)), []);

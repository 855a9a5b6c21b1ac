import { randomText } from '../kit/random.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { DeviceStore, StoredDevice } from './device-store.ts';
import { carryOut, type DeviceFault, type DeviceTask } from './tasks.ts';

/** How an attempt to call a device ended: its task carried out, or the words of why not. */
export type Called = 'done' | 'Device is offline' | 'Task queued but not processed' | 'Task faulted';

/** Endings of a serial that decide how its device takes a call. */
export const SERIAL_SENTINELS = [
  ['an ONT serial ending DEAD', 'does not answer calls: its tasks wait'],
  ['an ONT serial ending FA17', 'refuses every task, fault cwmp.9002'],
  ['an ONT serial ending B0B0', 'is in another session: its tasks wait until retried'],
] as const;

const MAX_TASKS = 10_000;

/** The server itself: devices, what they were told, what they refused. */
export class SimulatedAcs {
  readonly tasks = new Map<string, DeviceTask>();
  readonly faults = new Map<string, DeviceFault>();
  readonly devices: DeviceStore;
  readonly #env: SimEnv;

  constructor(env: SimEnv, devices: DeviceStore) {
    this.#env = env;
    this.devices = devices;
  }

  /** Every device; those that reported since have first taken what was waiting for them. */
  known(): readonly StoredDevice[] {
    const before = this.devices.all();
    if (this.tasks.size === 0) return before;
    const informs = new Map(before.map(({ id, lastInform }) => [id, lastInform]));
    for (const task of this.tasks.values()) {
      if ((informs.get(task.device) ?? '') > task.timestamp) this.#attempt(task);
    }
    return this.devices.all();
  }

  /** Queues a task. */
  queue(deviceId: string, fields: { name: string } & Record<string, unknown>): DeviceTask {
    if (this.tasks.size >= MAX_TASKS) throw new Error('too many tasks wait');
    const timestamp = this.#env.clock().toISOString();
    const _id = randomText(this.#env.random, 24, '0123456789abcdef');
    const task: DeviceTask = { ...fields, _id, device: deviceId, timestamp };
    this.tasks.set(_id, task);
    return task;
  }

  /** Calls a device now; it takes the task, or all that waits. */
  call(deviceId: string, task: DeviceTask | null): Called {
    if (!this.answers(deviceId)) return 'Device is offline';
    if (this.#endsWith(deviceId, 'B0B0')) return 'Task queued but not processed';
    if (task !== null) return this.#attempt(task) ? 'done' : 'Task faulted';
    for (const waiting of this.tasks.values()) if (waiting.device === deviceId) this.#attempt(waiting);
    return 'done';
  }

  /** Whether a device can be called at all. */
  answers(deviceId: string): boolean {
    return this.devices.ontOf(deviceId)?.state === 'online' && !this.#endsWith(deviceId, 'DEAD');
  }

  /** Whether the task left the queue. A refused one stays in it, as a fault. */
  #attempt(task: DeviceTask): boolean {
    const channel = `task_${task._id}`;
    const id = `${task.device}:${channel}`;
    if (this.faults.has(id)) return false;
    const refused = this.#endsWith(task.device, 'FA17')
      ? { code: 'cwmp.9002', message: 'Internal error' }
      : carryOut(this.devices, task);
    if (refused === null) return this.tasks.delete(task._id);
    const timestamp = this.#env.clock().toISOString();
    this.faults.set(id, { _id: id, device: task.device, channel, timestamp, ...refused, retries: 0 });
    return false;
  }

  #endsWith(deviceId: string, ending: string): boolean {
    return this.devices.ontOf(deviceId)?.serial.endsWith(ending) === true;
  }
}

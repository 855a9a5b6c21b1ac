import { isNode } from './device-document.ts';
import type { DeviceStore } from './device-store.ts';

/** An order waiting for a device, as GenieACS keeps it. */
export type DeviceTask = {
  readonly _id: string;
  readonly name: string;
  readonly device: string;
  readonly timestamp: string;
  [field: string]: unknown;
};

/** A refusal by a device, kept until somebody removes it. */
export type DeviceFault = {
  readonly _id: string;
  readonly device: string;
  readonly channel: string;
  readonly timestamp: string;
  readonly code: string;
  readonly message: string;
  readonly retries: number;
};

/** Whether the fields a task must have are as they must be. */
type TaskCheck = (task: Readonly<Record<string, unknown>>) => boolean;

const TASKS: ReadonlyMap<string, TaskCheck> = new Map<string, TaskCheck>([
  ['getParameterValues', ({ parameterNames }) => isTexts(parameterNames)],
  [
    'setParameterValues',
    ({ parameterValues }) => Array.isArray(parameterValues) && parameterValues.every(isSetting),
  ],
  ['refreshObject', ({ objectName }) => typeof objectName === 'string'],
  ['addObject', ({ objectName }) => typeof objectName === 'string'],
  ['deleteObject', ({ objectName }) => typeof objectName === 'string'],
  ['reboot', () => true],
  ['factoryReset', () => true],
  ['download', ({ file, fileType, fileName }) => typeof (file ?? fileType ?? fileName) === 'string'],
  ['provisions', ({ provisions }) => Array.isArray(provisions)],
]);

/** Whether GenieACS could read the task; it cuts the connection on any other. */
export function isTask(value: unknown): value is { name: string } & Record<string, unknown> {
  if (!isNode(value) || typeof value['name'] !== 'string') return false;
  return TASKS.get(value['name'])?.(value) === true;
}

/** Carries a task out; the code and words of a refusal, or null. */
export function carryOut(devices: DeviceStore, task: DeviceTask): { code: string; message: string } | null {
  switch (task.name) {
    case 'getParameterValues':
    case 'refreshObject':
      devices.refresh(task.device);
      return null;
    case 'setParameterValues': {
      const values = Array.isArray(task['parameterValues']) ? task['parameterValues'].filter(isSetting) : [];
      const settings = values.map(([path, value]) => ({ path, value }));
      return devices.set(task.device, settings) ? null : { code: 'cwmp.9003', message: 'Invalid arguments' };
    }
    case 'reboot':
    case 'factoryReset':
      devices.reboot(task.device, task.name === 'factoryReset');
      return null;
    default:
      return { code: 'cwmp.9000', message: 'Method not supported' };
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
}

function isSetting(value: unknown): value is readonly [string, string | number | boolean] {
  if (!Array.isArray(value) || typeof value[0] !== 'string') return false;
  return ['string', 'number', 'boolean'].includes(typeof value[1]);
}

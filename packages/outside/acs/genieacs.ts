import { callHttp, type HttpAnswer, type HttpCall } from '../http/index.ts';
import { broken, declined, done, retry, unknown, type Outcome, type Undone } from '../outcome/index.ts';
import { parsedJson, recordOf, textAt, type JsonRecord } from '../wire/index.ts';
import { PROJECTION } from './data-models.ts';
import { deviceQuery } from './device-query.ts';
import { extractDevice } from './extract-device.ts';
import { parametersOf } from './parameters.ts';
import type { Acs, AcsDevice, AcsParameter, DeviceKey, TaskState } from './port.ts';

/** How to reach GenieACS's northbound interface, which asks for no credentials of its own. */
export type GenieAcsSettings = {
  readonly baseUrl: string;
  /** Sent as `Authorization` where a proxy guards it. */
  readonly authorization?: string | undefined;
  /** Deadline of one call. */
  readonly timeoutMs: number;
  /** How long the server may wait for a device to answer its call; shorter than `timeoutMs`. */
  readonly connectionRequestMs: number;
};

type Task =
  | { readonly name: 'reboot' }
  | { readonly name: 'getParameterValues'; readonly parameterNames: readonly string[] };

const MAX_ANSWER_BYTES = 8_000_000;
const MAX_PATHS = 200;
const PATH = /^[A-Za-z][\w-]*(\.[\w-]+)*$/;
const DEVICE_ID = /^[\w%-]{1,200}$/;
const DOWN_AFTER_MS = 30_000;

/** Equipment in homes by GenieACS. */
export function createGenieAcs(settings: GenieAcsSettings): Acs {
  return Object.freeze({
    vendor: 'genieacs',
    findDevice: (key: DeviceKey) => findDevice(settings, key),
    getParameters: (deviceId: string, paths: readonly string[]) => getParameters(settings, deviceId, paths),
    refreshParameters: async (deviceId: string, paths: readonly string[]) =>
      badPaths(paths) ??
      (await runTask(settings, deviceId, { name: 'getParameterValues', parameterNames: paths })),
    reboot: (deviceId: string) => runTask(settings, deviceId, { name: 'reboot' }),
  });
}

async function findDevice(settings: GenieAcsSettings, key: DeviceKey): Promise<Outcome<AcsDevice | null>> {
  const query = deviceQuery(key);
  if (query === null) return declined('bad_key', 'neither a serial nor a MAC');
  const found = await devices(settings, { query, projection: PROJECTION });
  if (found.is !== 'done') return found;
  const [document] = found.value;
  if (document === undefined) return done(null);
  const device = extractDevice(document);
  return device === null ? broken('a device without _id') : done(device);
}

async function getParameters(
  settings: GenieAcsSettings,
  deviceId: string,
  paths: readonly string[],
): Promise<Outcome<readonly AcsParameter[]>> {
  const bad = badPaths(paths);
  if (bad !== null) return bad;
  const found = await devices(settings, { query: { _id: deviceId }, projection: paths });
  if (found.is !== 'done') return found;
  const [document] = found.value;
  if (document === undefined) return declined('no_such_device', deviceId);
  const known = parametersOf(document);
  return done(paths.map((path) => known.get(path) ?? { path, value: null, readAt: null }));
}

function badPaths(paths: readonly string[]): Undone | null {
  if (paths.length === 0 || paths.length > MAX_PATHS) return declined('bad_paths', `1 to ${MAX_PATHS} paths`);
  const wrong = paths.find((path) => !PATH.test(path));
  return wrong === undefined ? null : declined('bad_paths', `not a parameter path: ${wrong}`);
}

type Search = { readonly query: object; readonly projection: readonly string[] };

async function devices(settings: GenieAcsSettings, search: Search): Promise<Outcome<readonly JsonRecord[]>> {
  const params = new URLSearchParams({
    query: JSON.stringify(search.query),
    projection: search.projection.join(','),
    sort: JSON.stringify({ _lastInform: -1 }),
    limit: '1',
  });
  const answer = await call(settings, { path: `/devices/?${params.toString()}` });
  if (!answer.ok) return retry(DOWN_AFTER_MS, answer.reason);
  if (answer.status >= 500) return retry(DOWN_AFTER_MS, `HTTP ${answer.status}`);
  if (answer.status !== 200) return broken(`HTTP ${answer.status}: ${answer.text.slice(0, 200)}`);
  const list = parsedJson(answer.text);
  return Array.isArray(list) ? done(list.map(recordOf)) : broken('devices are not a list');
}

/**
 * Gives a device an order. GenieACS answers 200 when it was carried out, 202 when it is kept for later; an
 * order it cannot read makes it cut the connection, so orders are only made here, of known shape.
 */
async function runTask(
  settings: GenieAcsSettings,
  deviceId: string,
  task: Task,
): Promise<Outcome<TaskState>> {
  if (!DEVICE_ID.test(deviceId)) return declined('no_such_device', deviceId);
  const path = `/devices/${encodeURIComponent(deviceId)}/tasks?connection_request&timeout=${settings.connectionRequestMs}`;
  const answer = await call(settings, { path, method: 'POST', body: JSON.stringify(task) });
  if (!answer.ok) return answer.sent ? unknown(answer.reason) : retry(DOWN_AFTER_MS, answer.reason);
  if (answer.status === 404) return declined('no_such_device', deviceId);
  if (answer.status >= 500) return unknown(`HTTP ${answer.status} ${answer.reason}`);
  if (answer.status !== 200 && answer.status !== 202) return broken(`HTTP ${answer.status}: ${answer.text}`);
  return taskState(settings, deviceId, answer);
}

async function taskState(
  settings: GenieAcsSettings,
  deviceId: string,
  answer: HttpAnswer,
): Promise<Outcome<TaskState>> {
  const taskId = textAt(recordOf(parsedJson(answer.text)), '_id');
  if (taskId === null) return broken('a task without _id');
  if (answer.status === 200) return done({ taskId, state: 'ran' });
  // The reason phrase that tells a fault from a silence is lost by proxies: the faults are asked for.
  const fault = await faultOf(settings, `${deviceId}:task_${taskId}`);
  return fault ?? done({ taskId, state: 'queued' });
}

async function faultOf(settings: GenieAcsSettings, faultId: string): Promise<Undone | null> {
  const query = encodeURIComponent(JSON.stringify({ _id: faultId }));
  const answer = await call(settings, { path: `/faults/?query=${query}` });
  const faults = answer.ok && answer.status === 200 ? parsedJson(answer.text) : [];
  const fault = recordOf(Array.isArray(faults) ? faults[0] : undefined);
  const code = textAt(fault, 'code');
  return code === null ? null : declined(code, textAt(fault, 'message') ?? 'the device refused');
}

function call(
  { baseUrl, authorization, timeoutMs }: GenieAcsSettings,
  { path, ...rest }: Pick<HttpCall, 'method' | 'body'> & { path: string },
) {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (authorization !== undefined) headers['authorization'] = authorization;
  return callHttp({ url: baseUrl + path, headers, timeoutMs, maxBytes: MAX_ANSWER_BYTES, ...rest });
}

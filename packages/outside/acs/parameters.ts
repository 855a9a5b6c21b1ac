import { instantOf, recordOf, textAt, type JsonRecord } from '../wire/index.ts';
import type { AcsParameter } from './port.ts';

/** Parameters of a device by path, as last read. */
export type Parameters = ReadonlyMap<string, AcsParameter>;

const MAX_PARAMETERS = 50_000;
const MAX_DEPTH = 24;

/** Flattens a device document into its parameters. Names starting with `_` are GenieACS's own. */
export function parametersOf(document: JsonRecord): Parameters {
  const found = new Map<string, AcsParameter>();
  collect(found, document, { path: '', depth: 0 });
  return found;
}

function collect(
  found: Map<string, AcsParameter>,
  node: JsonRecord,
  at: { readonly path: string; readonly depth: number },
): void {
  for (const [name, child] of Object.entries(node)) {
    if (name.startsWith('_') || found.size >= MAX_PARAMETERS || at.depth >= MAX_DEPTH) continue;
    const path = at.path === '' ? name : `${at.path}.${name}`;
    const fields = recordOf(child);
    if ('_value' in fields || fields['_object'] === false) found.set(path, parameterOf(path, fields));
    else collect(found, fields, { path, depth: at.depth + 1 });
  }
}

function parameterOf(path: string, fields: JsonRecord): AcsParameter {
  const value = fields['_value'];
  const known = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return { path, value: known ? value : null, readAt: instantOf(fields['_timestamp']) };
}

/** The first of these parameters that has a value, as text without surrounding blanks. */
export function textOf(parameters: Parameters, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const value = parameters.get(path)?.value;
    const text = value === null || value === undefined ? '' : String(value).trim();
    if (text !== '') return text;
  }
  return null;
}

/** A number, also when it came as text. */
export function numberOfParameter(parameters: Parameters, path: string): number | null {
  const text = textOf(parameters, path);
  const number = text === null ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : null;
}

/** A yes or no, in any way devices write it. */
export function booleanOfParameter(parameters: Parameters, path: string): boolean | null {
  const text = textOf(parameters, path)?.toLowerCase();
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : null;
}

/**
 * The instances that exist of a pattern, in order: `Device.Hosts.Host.*` gives `Device.Hosts.Host.1`, …
 * Instance numbers may have gaps, so they are found, never counted.
 */
export function instancesOf(parameters: Parameters, pattern: string): readonly string[] {
  const steps = pattern.split('.').map((step) => (step === '*' ? String.raw`\d+` : escaped(step)));
  const beginning = new RegExp(`^(${steps.join(String.raw`\.`)})\\.`);
  const found = new Set<string>();
  for (const path of parameters.keys()) {
    const instance = beginning.exec(path)?.[1];
    if (instance !== undefined) found.add(instance);
  }
  return [...found].sort(byInstance);
}

function escaped(step: string): string {
  return step.replaceAll(/[^\w]/g, String.raw`\$&`);
}

function byInstance(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** Text of a field GenieACS keeps about the device itself, such as `_SerialNumber`. */
export function identityOf(document: JsonRecord, field: string): string | null {
  return textAt(recordOf(document['_deviceId']), field);
}

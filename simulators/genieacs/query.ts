import { isNode, type DeviceDocument } from './device-document.ts';

/** A query GenieACS cannot read: answered 400 with these words. */
export class BadQuery extends Error {}

type Document = Readonly<Record<string, unknown>>;

/** Gives the value at a dotted path, undefined where there is none. */
export type Reader = (path: string) => unknown;

/** Something a query goes over: single values to decide by, the whole to show. */
export type Searchable = { readonly read: Reader; document(): Document };

/**
 * Whether a document matches a filter, written as for MongoDB with GenieACS's liberties: a parameter's name
 * stands for its value, and a text also matches the number or date it looks like, or is a pattern when it
 * holds `*` or stands between slashes.
 */
export function matches(read: Reader, query: unknown): boolean {
  if (!isNode(query)) throw new BadQuery('SyntaxError: query is not an object');
  return Object.entries(query).every(([key, condition]) => matchesKey(read, key, condition));
}

function matchesKey(read: Reader, key: string, condition: unknown): boolean {
  if (key === '$and' || key === '$or' || key === '$nor') {
    if (!Array.isArray(condition)) throw new BadQuery(`BadValue: ${key} must be an array`);
    const results = condition.map((one) => matches(read, one));
    if (key === '$and') return results.every(Boolean);
    return results.some(Boolean) === (key === '$or');
  }
  if (key.startsWith('$')) throw new BadQuery(`BadValue: unknown top level operator: ${key}`);
  const value = read(withValue(key));
  if (isNode(condition)) {
    return Object.entries(condition).every(([operator, operand]) => compare(value, operator, operand));
  }
  return equals(value, condition);
}

/** `Device.X.Y` means its value; names starting with `_` are meant as they stand. */
function withValue(key: string): string {
  const last = key.slice(key.lastIndexOf('.') + 1);
  return last.startsWith('_') ? key : `${key}._value`;
}

/** Reads values of a document that is at hand. */
export function readerOf(document: Document): Reader {
  return (path) => {
    // Fields of tasks and faults are plain; a parameter's name there means the field itself.
    const bare = path.replace(/\._value$/, '');
    if (Object.hasOwn(document, bare) && !isNode(document[bare])) return document[bare];
    let node: unknown = document;
    for (const step of path.split('.')) {
      if (!isNode(node) || !Object.hasOwn(node, step)) return undefined;
      node = node[step];
    }
    return node;
  };
}

function compare(value: unknown, operator: string, operand: unknown): boolean {
  switch (operator) {
    case '$eq':
      return equals(value, operand);
    case '$ne':
      return !equals(value, operand);
    case '$in':
      return Array.isArray(operand) && operand.some((one) => equals(value, one));
    case '$nin':
      return Array.isArray(operand) && !operand.some((one) => equals(value, one));
    case '$exists':
      return (value !== undefined) === Boolean(operand);
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return ordered(value, operator, operand);
    default:
      throw new BadQuery(`BadValue: unknown operator: ${operator}`);
  }
}

function equals(value: unknown, wanted: unknown): boolean {
  if (Array.isArray(value)) return value.some((one) => equals(one, wanted));
  if (value === wanted) return true;
  if (typeof wanted !== 'string' || value === undefined) return false;
  const pattern = patternOf(wanted);
  if (pattern !== null) return typeof value === 'string' && pattern.test(value);
  return typeof value === 'number' && wanted.trim() !== '' && value === Number(wanted);
}

function patternOf(text: string): RegExp | null {
  const written = /^\/(.*)\/([ims]*)$/.exec(text);
  if (written !== null) return new RegExp(written[1] ?? '', written[2]);
  if (!text.includes('*')) return null;
  const parts = text.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`);
}

function ordered(value: unknown, operator: string, operand: unknown): boolean {
  const comparable = (one: unknown) => (typeof one === 'number' || typeof one === 'string' ? one : null);
  const left = comparable(value);
  const right = typeof left === 'number' ? Number(operand) : comparable(operand);
  if (left === null || right === null || typeof left !== typeof right) return false;
  if (operator === '$gt') return left > right;
  if (operator === '$gte') return left >= right;
  return operator === '$lt' ? left < right : left <= right;
}

/** The document with only the asked paths, its id always; everything when nothing is asked. */
export function projected(document: Document, projection: string | undefined): Document {
  const paths = (projection ?? '').split(',').filter((path) => path.trim() !== '');
  if (paths.length === 0) return document;
  const shown: DeviceDocument = { _id: String(document['_id']) };
  for (const path of paths) copy(document, shown, path.trim().split('.'));
  return shown;
}

function copy(from: Document, to: Record<string, unknown>, [step = '', ...rest]: readonly string[]): void {
  if (!Object.hasOwn(from, step)) return;
  const value = from[step];
  if (rest.length === 0 || !isNode(value)) {
    to[step] = value;
    return;
  }
  const known = to[step];
  const child: Record<string, unknown> = isNode(known) ? known : {};
  // A whole subtree already copied contains the path; its object is shared and must not be trimmed.
  if (child === value) return;
  to[step] = child;
  copy(value, child, rest);
}

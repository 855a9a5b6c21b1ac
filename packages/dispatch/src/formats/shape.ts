import { Unreadable } from './unreadable.ts';

/** Reads a value of unknown shape as one of a known shape; `at` says where it stands, for the refusal. */
export type Shape<T> = (value: unknown, at: string) => T;

export const text: Shape<string> = (value, at) => {
  if (typeof value !== 'string') throw new Unreadable(`${at} is not a text.`);
  return value;
};

/** A text, or a number written as one: ids come as either. */
export const identity: Shape<string> = (value, at) =>
  typeof value === 'number' ? String(value) : text(value, at);

export const number: Shape<number> = (value, at) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Unreadable(`${at} is not a number.`);
  return value;
};

export const orNull =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, at) =>
    value === null ? null : shape(value, at);

export const optional =
  <T>(shape: Shape<T>): Shape<T | undefined> =>
  (value, at) =>
    value === undefined ? undefined : shape(value, at);

export const list =
  <T>(shape: Shape<T>): Shape<readonly T[]> =>
  (value, at) => {
    if (!Array.isArray(value)) throw new Unreadable(`${at} is not a list.`);
    return value.map((item, index) => shape(item, `${at}[${index}]`));
  };

export const pair: Shape<readonly [number, number]> = (value, at) => {
  const [first, second, ...rest] = list(number)(value, at);
  if (first === undefined || second === undefined || rest.length > 0)
    throw new Unreadable(`${at} is not a pair.`);
  return [first, second];
};

export const record =
  <T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> =>
  (value, at) =>
    Object.fromEntries(
      Object.entries(object(value, at)).map(([key, item]) => [key, shape(item, `${at}.${key}`)]),
    );

/** Fields by name; what is absent and optional stays absent. Fields of other names are passed over. */
export const fields =
  <T extends object>(shapes: { [K in keyof T]-?: Shape<T[K]> }): Shape<T> =>
  (value, at) => {
    const given = object(value, at);
    const read = Object.entries<Shape<unknown>>(shapes).flatMap(([key, shape]) => {
      const item = shape(given[key], `${at}.${key}`);
      return item === undefined ? [] : [[key, item] as const];
    });
    // Every field was read by its own shape, so that together they are a T.
    return Object.fromEntries(read) as T;
  };

function object(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unreadable(`${at} is not an object.`);
  }
  return { ...value };
}

/** A JSON text as a value; refused when it is cut or garbled. */
export function json(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch (error) {
    throw new Unreadable(
      `The text is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`,
    );
  }
}

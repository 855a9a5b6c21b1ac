import type { InputOf, LiveMessage, Operation } from '@gigafibre/contract';

/** Cache key of a query: its name first, so that a live message can name what has become stale. */
export const queryKey = <Op extends Operation>(
  operation: Op,
  input: InputOf<Op>,
): readonly [string, InputOf<Op>] => [operation.name, input];

/** Key prefixes a live message makes stale. */
export const staleKeys = (message: LiveMessage): readonly (readonly [string])[] =>
  message.stale.map((name) => [name] as const);

import type { Operation, OutputOf, ParsedOf, Refusal } from '@gigafibre/contract';
import type { Reading, Tx } from '../acting.ts';
import type { Occasion } from '../transact.ts';

/** The circumstances of a call that a route may need and a verb never sees. */
export type Visit = Readonly<{
  surface: Surface;
  address: string;
  device: string | null;
  requestId: string;
  /** Base address people reach this hub at, without trailing slash. */
  baseUrl: string;
  /** Sets (or with null removes) the session cookie of this surface. */
  keepSession: (token: string | null, expiresAt?: Date) => void;
  sessionToken: string | null;
}>;
export type Surface = 'ops' | 'field' | 'portal';

/** A chain of transactions with outside calls between them; each step opens its own. */
export type Acting = Readonly<{
  reading: Reading;
  transact: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>;
  occasion: Occasion;
}>;

/** One operation tied to the function that carries it out. */
export type Route = Readonly<{ operation: Operation; refused?: Refused } & Manner>;
type Manner =
  | { manner: 'answers'; run: (reading: Reading, input: never, visit: Visit) => Promise<unknown> }
  | { manner: 'carries-out'; run: (tx: Tx, input: never, visit: Visit) => Promise<unknown> }
  | { manner: 'rehearses'; run: (tx: Tx, input: never, visit: Visit) => Promise<unknown> }
  | { manner: 'arranges'; run: (acting: Acting, input: never, visit: Visit) => Promise<unknown> };

type Run<First, Op extends Operation> = (
  first: First,
  input: ParsedOf<Op>,
  visit: Visit,
) => Promise<OutputOf<Op>>;

/** A query: reads, no transaction held. */
export const answers = <Op extends Operation>(operation: Op, run: Run<Reading, Op>): Route => ({
  operation,
  manner: 'answers',
  run,
});

/** A command: one verb, one transaction; with an Idempotency-Key its answer is kept in that transaction. */
export const carriesOut = <Op extends Operation>(operation: Op, run: Run<Tx, Op>): Route => ({
  operation,
  manner: 'carries-out',
  run,
});

/** A query that shows what a command would do: the command itself, in a transaction that is rolled back. */
export const rehearses = <Op extends Operation>(operation: Op, run: Run<Tx, Op>): Route => ({
  operation,
  manner: 'rehearses',
  run,
});

/** A command that calls another system between two transactions; it makes itself safe to repeat. */
export const arranges = <Op extends Operation>(operation: Op, run: Run<Acting, Op>): Route => ({
  operation,
  manner: 'arranges',
  run,
});

/** What is done, in a transaction of its own, when a command was refused: for those whose no must leave a trace. */
export type Refused = (tx: Tx, call: { input: unknown; refusal: Refusal }) => Promise<void>;

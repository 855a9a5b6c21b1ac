import type { z } from 'zod';
import type { Capability } from './capabilities.ts';
import type { RefusalCode } from './refusals.ts';

/** Who may call: a capability, or nobody in particular (the operation then guards itself). */
export type Allowed = Capability | 'public';

/**
 * One thing the hub can be asked. Declared once; the hub registers it typed, clients call it typed,
 * OpenAPI is made from it. Path parameters are fields of `input`; a query's other fields travel in the
 * query string, a command's in the JSON body. A command may carry `Idempotency-Key` (a client-made id):
 * the same key gives the same answer and changes nothing more.
 */
export type Operation<In extends z.ZodObject = z.ZodObject, Out extends z.ZodType = z.ZodType> = Readonly<{
  /** `domain.verb`, unique. */
  name: string;
  kind: 'query' | 'command';
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  /** One sentence for the reference page. */
  summary: string;
  allow: Allowed;
  input: In;
  output: Out;
  /** Refusals beyond the general ones (invalid_input, unauthenticated, forbidden, too_large, our_fault). */
  refusals: readonly RefusalCode[];
  /** May be queued on a phone without network and replayed later. */
  offline: boolean;
  /** Largest accepted body in bytes when it differs from the general limit. */
  bodyBytesMax?: number;
}>;

type Declared<In extends z.ZodObject, Out extends z.ZodType> = Omit<
  Operation<In, Out>,
  'kind' | 'method' | 'refusals' | 'offline'
> & {
  method?: Operation['method'];
  refusals?: readonly RefusalCode[];
  offline?: boolean;
};

/** Declares an operation that only reads. */
export function query<In extends z.ZodObject, Out extends z.ZodType>(
  declared: Declared<In, Out>,
): Operation<In, Out> {
  return Object.freeze({ method: 'GET', refusals: [], offline: false, ...declared, kind: 'query' });
}

/** Declares an operation that changes something: one verb, one transaction. */
export function command<In extends z.ZodObject, Out extends z.ZodType>(
  declared: Declared<In, Out>,
): Operation<In, Out> {
  return Object.freeze({ method: 'POST', refusals: [], offline: false, ...declared, kind: 'command' });
}

/** What a caller passes (before parsing) and what comes back (after decoding). */
export type InputOf<Op extends Operation> = z.input<Op['input']>;
export type OutputOf<Op extends Operation> = z.output<Op['output']>;
/** What a verb receives (after parsing). */
export type ParsedOf<Op extends Operation> = z.output<Op['input']>;

import type { Capability, EventDeclaration, Language } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Db } from './db/connect.ts';

/** Who acts. Flows and the product itself are actors too: every action is somebody's. */
export type Actor = Readonly<{
  kind: 'staff' | 'technician' | 'customer' | 'key' | 'flow' | 'system' | 'nobody';
  id: string | null;
  name: string | null;
  capabilities: ReadonlySet<Capability>;
  language: Language;
  /** The person for whom it is done, when staff open the portal as a customer. */
  onBehalfOf: string | null;
}>;

export const NOBODY: Actor = Object.freeze({
  kind: 'nobody',
  id: null,
  name: null,
  capabilities: new Set<Capability>(),
  language: 'fr',
  onBehalfOf: null,
});
export const SYSTEM: Actor = Object.freeze({ ...NOBODY, kind: 'system', name: 'Gigafibre' });

/** Reading on somebody's behalf: no transaction is held, nothing can be told. */
export type Reading = Readonly<{ db: Db; by: Actor; now: Date }>;

/** Before and after of the fields that changed, for the audit trail; secrets never go in. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** What is told: which thing, whose, and the data its declaration asks for. */
export type Telling<Data> = Readonly<{
  subject: string;
  customerId?: string | null;
  technicianId?: string | null;
  data: Data;
  changes?: Changes;
}>;

/**
 * An acting transaction: everything a verb writes through it commits or vanishes together,
 * and is somebody's. `tell` appends the event and the jobs that follow from it in this same transaction.
 */
export type Tx = Reading &
  Readonly<{
    requestId: string | null;
    /** The event this transaction reacts to. */
    cause: bigint | null;
    /** Where the product is reached today, without a slash at its end; for what keeps the address it prints. */
    publicUrl: string | null;
    tell: <D extends EventDeclaration>(
      declaration: D,
      telling: Telling<z.input<D['data']>>,
    ) => Promise<bigint>;
    /**
     * The same of many things at once, such as the invoices of a run; as many statements as for one. What follows is
     * done for some of them in one transaction, and for each by itself when it fails for one.
     */
    tellAll: <D extends EventDeclaration>(
      declaration: D,
      tellings: readonly Telling<z.input<D['data']>>[],
    ) => Promise<void>;
    /** Enqueues background work that exists only if this transaction commits. */
    enqueue: (job: string, payload: object) => Promise<void>;
  }>;

import { z } from 'zod';
import type { Capability } from './capabilities.ts';

/**
 * Something that happened, past tense. The row of the event wakes reactions, flows, the audit trail,
 * outgoing webhooks and live screens; `stale` names the queries whose answers it changes.
 */
export type EventDeclaration<Data extends z.ZodObject = z.ZodObject> = Readonly<{
  type: string;
  /** Kind of the subject, `customer`, `invoice` …; the subject's id stands in the row. */
  subject: string;
  data: Data;
  /** Staff who hold this see it live. */
  seenWith: Capability;
  /** The customer concerned sees it live in the portal. */
  customerSees: boolean;
  /** The technician concerned sees it live on the phone. */
  technicianSees: boolean;
  /** Names of queries to refetch. */
  stale: readonly string[];
}>;

/** Declares an event. */
export function event<Data extends z.ZodObject>(
  declared: Omit<EventDeclaration<Data>, 'customerSees' | 'technicianSees'> &
    Partial<Pick<EventDeclaration, 'customerSees' | 'technicianSees'>>,
): EventDeclaration<Data> {
  return Object.freeze({ customerSees: false, technicianSees: false, ...declared });
}

/** What a live message carries: enough to refetch, no business data. */
export const liveMessage = z.object({
  id: z.string(),
  type: z.string(),
  subject: z.string(),
  stale: z.array(z.string()),
});
export type LiveMessage = z.infer<typeof liveMessage>;

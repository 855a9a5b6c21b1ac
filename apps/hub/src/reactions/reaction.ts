import type { EventDeclaration } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../platform/acting.ts';
import { readEvent } from '../platform/events/read-event.ts';
import type { Job, JobTable } from '../platform/jobs/worker.ts';

/** An event as a reaction receives it. */
export type Happened<Data> = Readonly<{
  id: bigint;
  at: string;
  subject: string;
  customerId: string | null;
  technicianId: string | null;
  data: Data;
}>;

/** What follows at once from an event, in its own transaction, exactly once. */
export type Reaction = Readonly<{
  name: string;
  event: EventDeclaration;
  run: (tx: Tx, happened: Happened<never>) => Promise<void>;
}>;

/** Declares a reaction. `name` says what it does and is unique: it is the name of its job. */
export const on = <D extends EventDeclaration>(
  event: D,
  name: string,
  run: (tx: Tx, happened: Happened<z.output<D['data']>>) => Promise<void>,
): Reaction => ({ name, event, run });

/** The job kinds of a list of reactions. */
export function reactionJobs(reactions: readonly Reaction[]): JobTable {
  return Object.fromEntries(reactions.map((reaction) => [jobOf(reaction), jobFor(reaction)]));
}

/** Which jobs follow from an event type. */
export function followersOf(reactions: readonly Reaction[]): (eventType: string) => readonly string[] {
  const byType = Map.groupBy(reactions, (reaction) => reaction.event.type);
  return (eventType) => (byType.get(eventType) ?? []).map(jobOf);
}

const jobOf = (reaction: Reaction): string => `react:${reaction.name}`;

function jobFor(reaction: Reaction): Job {
  return {
    queue: 'inside',
    run: async (tx, payload) => {
      if (tx.cause === null) throw new Error(`${reaction.name}: no event in ${JSON.stringify(payload)}`);
      const row = await readEvent(tx.db, tx.cause);
      const data = reaction.event.data.decode(row.data as never); // wire form was written by tell() through the same schema
      const happened = {
        id: tx.cause,
        at: row.at,
        subject: row.subject_id,
        customerId: row.customer_id,
        technicianId: row.technician_id,
        data,
      };
      await reaction.run(tx, happened as Happened<never>);
    },
  };
}

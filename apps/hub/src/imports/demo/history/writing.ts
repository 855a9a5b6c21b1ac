import type { EventDeclaration } from '@gigafibre/contract';
import type { z } from 'zod';
import type { accessSealer } from '../../../domains/subscriptions/index.ts';
import type { CompanyProfile } from '../../../platform/company.ts';
import { json } from '../../../platform/transact.ts';
import type { Chance } from '../random.ts';
import type { Numbers } from './numbers.ts';
import type { RowOf, Sheets } from './tables.ts';

/** Who did something, as the log names them. */
export type By = Readonly<{ kind: 'system' | 'staff' | 'technician'; id: string | null; name: string }>;
export const PRODUCT: By = { kind: 'system', id: null, name: 'Gigafibre' };
export const CLERK: By = { kind: 'staff', id: null, name: 'Béatrice Facturation' };

type Told<Data> = Readonly<{
  at: string;
  by: By;
  subject: string;
  customerId: string | null;
  technicianId?: string | null;
  data: Data;
  changes?: object;
}>;

/** What everybody who writes a part of the history needs. */
export type Writing = Readonly<{
  sheets: Sheets;
  numbers: Numbers;
  chance: Chance;
  company: CompanyProfile;
  sealer: Awaited<ReturnType<typeof accessSealer>>;
  technicians: readonly By[];
  startsOn: string;
  endsOn: string;
  /** Keeps an event, when it is recent enough to be told. */
  tell: <D extends EventDeclaration>(declaration: D, told: Told<z.input<D['data']>>) => void;
  /** Puts the events kept on the sheets, the oldest first. */
  writeEvents: () => void;
}>;

/** Keeps events from a day on; in the log they come in the order in which they happened. */
export function openTelling(sheets: Sheets, tellFrom: string): Pick<Writing, 'tell' | 'writeEvents'> {
  const kept: RowOf<'app.events'>[] = [];
  return {
    tell: (declaration, { at, by, subject, customerId, technicianId, data, changes }) => {
      if (at < tellFrom) return;
      kept.push({
        at,
        type: declaration.type,
        subject_kind: declaration.subject,
        subject_id: subject,
        customer_id: customerId,
        technician_id: technicianId ?? null,
        actor_kind: by.kind,
        actor_id: by.id,
        actor_name: by.name,
        data: json(declaration.data.encode(declaration.data.parse(data))),
        changes: json(changes ?? {}),
      });
    },
    writeEvents: () => {
      for (const row of kept.toSorted((a, b) =>
        String(a.at) < String(b.at) ? -1 : String(a.at) > String(b.at) ? 1 : 0,
      ))
        sheets.add('app.events', row);
      kept.length = 0;
    },
  };
}

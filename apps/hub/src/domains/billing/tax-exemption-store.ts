import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type { BillingTaxExemptions } from '../../platform/db/types.ts';

/** An exemption, with the end that was set later, if any. */
export type ExemptionRow = Selectable<BillingTaxExemptions> & {
  ended_on: string | null;
  ended_by: string | null;
};

const exemptions = (db: Db) =>
  db
    .selectFrom('billing.tax_exemptions as x')
    .leftJoin('billing.tax_exemption_ends as e', 'e.exemption_id', 'x.id')
    .selectAll('x')
    .select(['e.valid_to as ended_on', 'e.by as ended_by'])
    .orderBy('x.valid_from')
    .orderBy('x.id');

/** A customer is granted few exemptions in a life. */
const EXEMPTIONS_MAX = 200;

export const exemptionsOf = (db: Db, customerId: string): Promise<ExemptionRow[]> =>
  exemptions(db).where('x.customer_id', '=', customerId).limit(EXEMPTIONS_MAX).execute();

/** Those of some customers that hold on a day. */
export const exemptionsHeld = (
  db: Db,
  { customerIds, on }: { customerIds: readonly string[]; on: string },
): Promise<ExemptionRow[]> =>
  exemptions(db)
    .where('x.customer_id', '=', sql<string>`any(${customerIds}::text[])`)
    .where('x.valid_from', '<=', on)
    .where((eb) => eb.or([eb('x.valid_to', 'is', null), eb('x.valid_to', '>=', on)]))
    .where((eb) => eb.or([eb('e.valid_to', 'is', null), eb('e.valid_to', '>=', on)]))
    .execute();

export const exemptionById = (db: Db, id: string): Promise<ExemptionRow | undefined> =>
  exemptions(db).where('x.id', '=', id).executeTakeFirst();

export const exemptionsByIds = (db: Db, ids: readonly string[]): Promise<ExemptionRow[]> =>
  exemptions(db)
    .where('x.id', '=', sql<string>`any(${ids}::text[])`)
    .execute();

export const insertExemption = (db: Db, row: Insertable<BillingTaxExemptions>): Promise<{ id: string }> =>
  db.insertInto('billing.tax_exemptions').values(row).returning('id').executeTakeFirstOrThrow();

/** Ends an exemption; undefined when it has an end already. */
export const endExemption = (
  db: Db,
  end: { exemption_id: string; valid_to: string; reason: string; at: Date; by: string },
): Promise<{ exemption_id: string } | undefined> =>
  db
    .insertInto('billing.tax_exemption_ends')
    .values(end)
    .onConflict((c) => c.doNothing())
    .returning('exemption_id')
    .executeTakeFirst();

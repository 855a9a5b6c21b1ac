import { sql, type Insertable, type Selectable, type Updateable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  CollectionsCases,
  CollectionsHandOffs,
  CollectionsProposals,
  CollectionsSteps,
} from '../../platform/db/types.ts';

export type CaseRow = Selectable<CollectionsCases>;
export type ProposalRow = Selectable<CollectionsProposals>;
/** A rung taken, with how its notice reached the customer. */
export type StepRow = Selectable<CollectionsSteps> & {
  proof: string | null;
  proof_on: string | null;
  left_at: string | null;
  failed: boolean;
  message_ids: string[];
};
const STEPS_MAX = 200;

export const openCase = (db: Db, customerId: string): Promise<CaseRow | undefined> =>
  db
    .selectFrom('collections.cases')
    .selectAll()
    .where('customer_id', '=', customerId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();

export const insertCase = (db: Db, row: Insertable<CollectionsCases>): Promise<CaseRow> =>
  db.insertInto('collections.cases').values(row).returningAll().executeTakeFirstOrThrow();

export const updateCase = (
  db: Db,
  { id, fields }: { id: string; fields: Updateable<CollectionsCases> },
): Promise<unknown> => db.updateTable('collections.cases').set(fields).where('id', '=', id).execute();

/** Writes a rung as taken; undefined when it is taken already, whoever took it. */
export const insertStep = (db: Db, row: Insertable<CollectionsSteps>): Promise<{ id: string } | undefined> =>
  db
    .insertInto('collections.steps')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

const steps = (db: Db) =>
  db
    .selectFrom('collections.steps as s')
    .leftJoin('collections.notice_proofs as p', 'p.step_id', 's.id')
    .selectAll('s')
    .select(['p.how as proof', 'p.on_date as proof_on'])
    .select(
      sql<string | null>`(select min(left_at) from collections.notice_messages m where m.step_id = s.id)`.as(
        'left_at',
      ),
    )
    .select(
      sql<boolean>`not exists (select from collections.notice_messages m where m.step_id = s.id
        and m.status not in ('failed', 'suppressed'))`.as('failed'),
    )
    .select(
      sql<string[]>`array(select message_id from collections.notice_messages m where m.step_id = s.id
        order by message_id)`.as('message_ids'),
    );

/** What was done to a customer in their case, oldest first. */
export const stepsOf = (db: Db, caseId: string): Promise<StepRow[]> =>
  steps(db).where('s.case_id', '=', caseId).orderBy('s.at').orderBy('s.id').limit(STEPS_MAX).execute();

export const stepById = (db: Db, id: string): Promise<StepRow | undefined> =>
  steps(db).where('s.id', '=', id).executeTakeFirst();

export const insertProof = (
  db: Db,
  row: { step_id: string; how: string; on_date: string; at: Date; by: string },
): Promise<{ step_id: string } | undefined> =>
  db
    .insertInto('collections.notice_proofs')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('step_id')
    .executeTakeFirst();

export const putNoticeMessage = (
  db: Db,
  row: { message_id: string; step_id: string; status: string; left_at: Date | string | null },
): Promise<unknown> =>
  db
    .insertInto('collections.notice_messages')
    .values(row)
    .onConflict((c) => c.column('message_id').doUpdateSet({ status: row.status, left_at: row.left_at }))
    .execute();

/** The messages of a case's notices, the newest first: what became of them may have changed. */
export const noticeMessages = (
  db: Db,
  { caseId, limit }: { caseId: string; limit: number },
): Promise<{ message_id: string; step_id: string; status: string }[]> =>
  db
    .selectFrom('collections.notice_messages as m')
    .innerJoin('collections.steps as s', 's.id', 'm.step_id')
    .select(['m.message_id', 'm.step_id', 'm.status'])
    .where('s.case_id', '=', caseId)
    .orderBy('s.at', 'desc')
    .limit(limit)
    .execute();

export const openProposal = (db: Db, caseId: string): Promise<ProposalRow | undefined> =>
  db
    .selectFrom('collections.proposals')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('state', '=', 'open')
    .executeTakeFirst();

export const proposalById = (db: Db, id: string): Promise<ProposalRow | undefined> =>
  db.selectFrom('collections.proposals').selectAll().where('id', '=', id).executeTakeFirst();

export const insertProposal = (
  db: Db,
  row: Insertable<CollectionsProposals>,
): Promise<{ id: string } | undefined> =>
  db
    .insertInto('collections.proposals')
    .values(row)
    .onConflict((c) => c.doNothing())
    .returning('id')
    .executeTakeFirst();

/** Decides an open proposal; false when it is decided already. */
export const closeProposal = async (
  db: Db,
  { id, ...fields }: { id: string; state: string; decided_at: Date; decided_by: string; reason: string },
): Promise<boolean> =>
  (await db
    .updateTable('collections.proposals')
    .set(fields)
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst()) !== undefined;

export const insertHandOff = (db: Db, row: Insertable<CollectionsHandOffs>): Promise<unknown> =>
  db.insertInto('collections.hand_offs').values(row).execute();

export const handOffOf = (db: Db, caseId: string): Promise<Selectable<CollectionsHandOffs> | undefined> =>
  db.selectFrom('collections.hand_offs').selectAll().where('case_id', '=', caseId).executeTakeFirst();

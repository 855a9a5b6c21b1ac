import { sql, type Insertable, type Selectable } from 'kysely';
import type { Db } from '../../platform/db/connect.ts';
import type {
  BillingCreditNoteLines,
  BillingCreditNoteOwnLines,
  BillingCreditNoteOwnTaxes,
  BillingCreditNotes,
  BillingCreditNoteTaxes,
  BillingNoteUndoings,
} from '../../platform/db/types.ts';

export type CreditNoteRow = Selectable<BillingCreditNotes>;
export type NewCreditNote = Readonly<{
  note: Insertable<BillingCreditNotes> & Readonly<{ invoice_id: string }>;
  lines: Omit<Insertable<BillingCreditNoteLines>, 'credit_note_id' | 'line' | 'invoice_id'>[];
  taxes: Omit<Insertable<BillingCreditNoteTaxes>, 'credit_note_id' | 'line' | 'invoice_id'>[];
}>;

export async function insertCreditNote(
  db: Db,
  { note, lines, taxes }: NewCreditNote,
): Promise<CreditNoteRow> {
  const row = await db
    .insertInto('billing.credit_notes')
    .values(note)
    .returningAll()
    .executeTakeFirstOrThrow();
  const numbered = <T extends object>(rows: T[]) =>
    rows.map((one, index) => ({
      ...one,
      credit_note_id: row.id,
      invoice_id: note.invoice_id,
      line: index + 1,
    }));
  await db.insertInto('billing.credit_note_lines').values(numbered(lines)).execute();
  if (taxes.length > 0) await db.insertInto('billing.credit_note_taxes').values(numbered(taxes)).execute();
  return row;
}

export type NewAccountNote = Readonly<{
  note: Insertable<BillingCreditNotes>;
  lines: Omit<Insertable<BillingCreditNoteOwnLines>, 'credit_note_id' | 'line'>[];
  taxes: Omit<Insertable<BillingCreditNoteOwnTaxes>, 'credit_note_id' | 'line'>[];
}>;

/** A note of an account, with lines of its own. */
export async function insertAccountNote(
  db: Db,
  { note, lines, taxes }: NewAccountNote,
): Promise<CreditNoteRow> {
  const row = await db
    .insertInto('billing.credit_notes')
    .values(note)
    .returningAll()
    .executeTakeFirstOrThrow();
  const numbered = <T extends object>(rows: T[]) =>
    rows.map((one, index) => ({ ...one, credit_note_id: row.id, line: index + 1 }));
  await db.insertInto('billing.credit_note_own_lines').values(numbered(lines)).execute();
  if (taxes.length > 0)
    await db.insertInto('billing.credit_note_own_taxes').values(numbered(taxes)).execute();
  return row;
}

export const creditNoteById = (db: Db, id: string): Promise<CreditNoteRow | undefined> =>
  db.selectFrom('billing.credit_notes').selectAll().where('id', '=', id).executeTakeFirst();

export type CreditedLineRow = Readonly<{
  /** Null on a note of an account. */
  invoice_line: number | null;
  quantity: number | null;
  amount_cents: bigint;
  net_cents: bigint;
  description_fr: string;
  description_en: string;
  period_from: string | null;
  period_to: string | null;
  unit_price_cents: bigint;
  tax_treatment: string;
}>;

type Note = Pick<CreditNoteRow, 'id' | 'invoice_id'>;

/** The lines of a note, with the words of the lines they take back, or their own. */
export const creditNoteLines = (db: Db, { id, invoice_id }: Note): Promise<CreditedLineRow[]> =>
  invoice_id === null ? ownLinesPrinted(db, id) : linesTakenBack(db, id);

export type OwnLineRow = Selectable<BillingCreditNoteOwnLines>;
export type OwnTaxRow = Selectable<BillingCreditNoteOwnTaxes>;

/** The lines a note of an account has of its own. */
export const ownLines = (db: Db, id: string): Promise<OwnLineRow[]> =>
  db
    .selectFrom('billing.credit_note_own_lines')
    .selectAll()
    .where('credit_note_id', '=', id)
    .orderBy('line')
    .execute();

export const ownTaxes = (db: Db, id: string): Promise<OwnTaxRow[]> =>
  db
    .selectFrom('billing.credit_note_own_taxes')
    .selectAll()
    .where('credit_note_id', '=', id)
    .orderBy('line')
    .execute();

const ownLinesPrinted = async (db: Db, id: string): Promise<CreditedLineRow[]> =>
  (await ownLines(db, id)).map((row) => ({ ...row, invoice_line: null }));

const linesTakenBack = (db: Db, id: string): Promise<CreditedLineRow[]> =>
  db
    .selectFrom('billing.credit_note_lines as c')
    .innerJoin('billing.invoice_lines as l', (on) =>
      on.onRef('l.invoice_id', '=', 'c.invoice_id').onRef('l.line', '=', 'c.invoice_line'),
    )
    .select([
      'c.invoice_line',
      'c.quantity',
      'c.amount_cents',
      'c.net_cents',
      'l.description_fr',
      'l.description_en',
      'l.period_from',
      'l.period_to',
      'l.unit_price_cents',
      'l.tax_treatment',
    ])
    .where('c.credit_note_id', '=', id)
    .orderBy('c.line')
    .execute();

export type CreditedTaxRow = Readonly<{
  tax: string;
  rate_num: bigint;
  rate_den: bigint;
  base_cents: bigint;
  tax_cents: bigint;
}>;

export const creditNoteTaxes = (db: Db, { id, invoice_id }: Note): Promise<CreditedTaxRow[]> =>
  invoice_id === null ? ownTaxes(db, id) : taxesTakenBack(db, id);

const taxesTakenBack = (db: Db, id: string): Promise<CreditedTaxRow[]> =>
  db
    .selectFrom('billing.credit_note_taxes as c')
    .innerJoin('billing.invoice_taxes as t', (on) =>
      on.onRef('t.invoice_id', '=', 'c.invoice_id').onRef('t.line', '=', 'c.invoice_tax_line'),
    )
    .select(['t.tax', 't.rate_num', 't.rate_den', 'c.base_cents', 'c.tax_cents'])
    .where('c.credit_note_id', '=', id)
    .orderBy('c.line')
    .execute();

/** What notes took back of each line of an invoice so far. */
export async function creditedLines(
  db: Db,
  invoiceId: string,
): Promise<{ line: number; amount_cents: bigint; net_cents: bigint }[]> {
  const { rows } = await sql<{ line: number; amount_cents: bigint; net_cents: bigint }>`
    select invoice_line as line, sum(amount_cents)::bigint as amount_cents, sum(net_cents)::bigint as net_cents
      from billing.credit_note_lines where invoice_id = ${invoiceId} group by 1`.execute(db);
  return rows;
}

/** What notes took back of each tax of an invoice so far. */
export async function creditedTaxes(
  db: Db,
  invoiceId: string,
): Promise<{ line: number; base_cents: bigint; tax_cents: bigint }[]> {
  const { rows } = await sql<{ line: number; base_cents: bigint; tax_cents: bigint }>`
    select invoice_tax_line as line, sum(base_cents)::bigint as base_cents, sum(tax_cents)::bigint as tax_cents
      from billing.credit_note_taxes where invoice_id = ${invoiceId} group by 1`.execute(db);
  return rows;
}

export type CreditNotePage = Readonly<{
  customerId?: string | undefined;
  invoiceId?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  before: readonly [issuedOn: string, number: string] | undefined;
  limit: number;
}>;

/** Newest first, one more than the page. */
export const creditNotesPage = (db: Db, page: CreditNotePage): Promise<CreditNoteRow[]> =>
  db
    .selectFrom('billing.credit_notes')
    .selectAll()
    .$if(page.customerId !== undefined, (q) => q.where('customer_id', '=', page.customerId ?? ''))
    .$if(page.invoiceId !== undefined, (q) => q.where('invoice_id', '=', page.invoiceId ?? ''))
    .$if(page.from !== undefined, (q) => q.where('issued_on', '>=', page.from ?? ''))
    .$if(page.to !== undefined, (q) => q.where('issued_on', '<=', page.to ?? ''))
    .$if(page.before !== undefined, (q) =>
      q.where((eb) =>
        eb(
          eb.refTuple('issued_on', 'number'),
          '<',
          eb.tuple(page.before?.[0] ?? '', BigInt(page.before?.[1] ?? 0)),
        ),
      ),
    )
    .orderBy('issued_on', 'desc')
    .orderBy('number', 'desc')
    .limit(page.limit + 1)
    .execute();

/** Notes of a customer with a credit left, oldest first, locked. */
export const noteCreditsForUpdate = (
  db: Db,
  { customerId, limit }: { customerId: string; limit: number },
): Promise<{ id: string; credit_cents: bigint }[]> =>
  db
    .selectFrom('billing.credit_notes')
    .select(['id', 'credit_cents'])
    .where('customer_id', '=', customerId)
    .where('credit_cents', '>', 0n)
    .orderBy('number')
    .limit(limit)
    .forUpdate()
    .execute();

/** What is left of all notes of a customer. */
export async function noteCreditSum(db: Db, customerId: string): Promise<bigint> {
  const { rows } = await sql<{ cents: bigint }>`
    select coalesce(sum(credit_cents), 0)::bigint as cents from billing.credit_notes
     where customer_id = ${customerId} and credit_cents > 0`.execute(db);
  return rows[0]?.cents ?? 0n;
}

/** What is left of a note's credit. */
export const putNoteCredit = (
  db: Db,
  { id, creditCents }: { id: string; creditCents: bigint },
): Promise<unknown> =>
  db.updateTable('billing.credit_notes').set({ credit_cents: creditCents }).where('id', '=', id).execute();

export const insertCreditUse = (
  db: Db,
  use: { credit_note_id: string; document_kind: string; document_id: string; amount_cents: bigint; at: Date },
): Promise<unknown> => db.insertInto('billing.credit_uses').values(use).execute();

/** Says that a note was undone, once for ever. */
export const insertUndoing = (db: Db, row: Insertable<BillingNoteUndoings>): Promise<unknown> =>
  db.insertInto('billing.note_undoings').values(row).execute();

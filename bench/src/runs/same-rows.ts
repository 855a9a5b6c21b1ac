import type pg from 'pg';

/** Takes the place of the number in a copy, out of the way of every real one. */
const COPY = "'INV-' || (number + 900000000)";
const copied = (column: string): string => `'INV-' || (substring(${column} from 5)::bigint + 900000000)`;

/**
 * Writes the invoices of a run once more, with their lines, taxes, entries and postings, into the same tables by
 * `INSERT … SELECT` alone, with every check, reference and trigger that they have; then undoes it. Milliseconds.
 */
export async function writeSameRows(pool: pg.Pool, runId: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('begin');
    await client.query(
      `create temporary table copied on commit drop as
       select invoice_id as id from billing.run_customers where run_id = '${runId}' and invoice_id is not null`,
    );
    await client.query('analyze copied');
    const started = performance.now();
    for (const statement of await statements(client)) await client.query(statement);
    await client.query('set constraints all immediate');
    const ms = performance.now() - started;
    await client.query('rollback');
    return ms;
  } finally {
    client.release(true);
  }
}

async function statements(client: pg.PoolClient): Promise<string[]> {
  const invoice = await columns(client, 'billing.invoices', [
    'id',
    'number',
    'settled_cents',
    'credited_cents',
    'written_off_cents',
    'disputed_cents',
  ]);
  const line = await columns(client, 'billing.invoice_lines', ['invoice_id', 'charge_id']);
  const tax = await columns(client, 'billing.invoice_taxes', ['invoice_id']);
  const entry = await columns(client, 'ledger.entries', ['id', 'tx', 'document_id']);
  const posting = await columns(client, 'ledger.postings', ['entry_id']);
  return [
    `insert into billing.invoices (id, number, ${invoice}) select ${COPY}, number + 900000000, ${invoice} from billing.invoices join copied using (id)`,
    `insert into billing.invoice_lines (invoice_id, ${line}) select ${copied('invoice_id')}, ${line} from billing.invoice_lines join copied on copied.id = invoice_id`,
    `insert into billing.invoice_taxes (invoice_id, ${tax}) select ${copied('invoice_id')}, ${tax} from billing.invoice_taxes join copied on copied.id = invoice_id`,
    `insert into ledger.entries (document_id, ${entry}) select ${copied('document_id')}, ${entry} from ledger.entries join copied on copied.id = document_id where document_kind = 'invoice'`,
    `insert into ledger.postings (entry_id, ${posting})
     select twin.id, ${posting} from ledger.entries e join copied on copied.id = e.document_id
       join ledger.entries twin on twin.document_kind = 'invoice' and twin.document_id = ${copied('e.document_id')}
       join ledger.postings p on p.entry_id = e.id where e.document_kind = 'invoice'`,
  ];
}

/** Columns that are written, but for some. */
async function columns(client: pg.PoolClient, table: string, but: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(attname) as name from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> all ($2)
      order by attnum`,
    [table, but],
  );
  return rows.map(({ name }) => name).join(', ');
}

import type pg from 'pg';

/** What the history numbers itself, by the sequence that goes on from there. */
const SEQUENCES = {
  customer: 'customers.customer_number',
  location: 'plant.location_number',
  drop: 'plant.drop_number',
  equipment: 'stock.equipment_number',
  subscription: 'subscriptions.subscription_number',
  item: 'subscriptions.item_number',
  job: 'dispatch.job_number',
  payment: 'payments.payment_number',
  settlement: 'billing.settlements_id_seq',
  entry: 'ledger.entries_id_seq',
} as const;
export type Series = keyof typeof SEQUENCES;

const PREFIXES: Readonly<Record<Series, string>> = {
  customer: 'C-',
  location: 'LOC-',
  drop: 'DRP-',
  equipment: 'EQP-',
  subscription: 'SUB-',
  item: 'SI-',
  job: 'DJ-',
  payment: 'PAY-',
  settlement: '',
  entry: '',
};

/** Numbers as the database would give them, taken here so that rows can refer to each other before they are copied. */
export type Numbers = Readonly<{
  next: (series: Series) => string;
  /** The invoice series: gap-free, in the order of issue. */
  nextInvoice: () => number;
  /** Lets the sequences and the counter of invoices go on after the last one taken. */
  giveBack: (client: pg.PoolClient) => Promise<void>;
}>;

/** Starts every series where the database stands. */
export async function takeNumbers(client: pg.PoolClient): Promise<Numbers> {
  const last = new Map<Series, bigint>();
  for (const series of Object.keys(SEQUENCES) as Series[]) {
    const { rows } = await client.query<{ last: string }>(
      `select (last_value - case when is_called then 0 else 1 end)::text as last from ${SEQUENCES[series]}`,
    );
    last.set(series, BigInt(rows[0]?.last ?? 0));
  }
  const counter = await client.query<{ last: string }>(
    `select last::text from billing.counters where series = 'INV' for update`,
  );
  let invoices = Number(counter.rows[0]?.last ?? 0);
  const used = new Set<Series>();
  return {
    next: (series) => {
      const number = (last.get(series) ?? 0n) + 1n;
      last.set(series, number);
      used.add(series);
      return `${PREFIXES[series]}${number}`;
    },
    nextInvoice: () => (invoices += 1),
    giveBack: async (client) => {
      for (const series of used)
        await client.query('select setval($1, $2)', [SEQUENCES[series], String(last.get(series) ?? 0n)]);
      await client.query(`update billing.counters set last = $1 where series = 'INV'`, [invoices]);
    },
  };
}

import type pg from 'pg';

/** What is billed up to before the first run. */
export const CHARGED_THROUGH = '2026-10-31';

/**
 * Adds customers with one running service each, a plan and a router at two prices of the catalog, billed up to
 * `CHARGED_THROUGH`; written by the server alone.
 */
export async function addServices(pool: pg.Pool, count: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    await client.query('begin');
    for (const statement of statements) await client.query(statement, [count]);
    await client.query('commit');
    await client.query('analyze');
  } finally {
    client.release(true);
  }
}

const statements = [
  `insert into customers.customers (id, kind, name, language, status, email_billing)
   select 'C-' || 1000000 + n, 'residential', 'Client ' || n, case when n % 5 = 0 then 'en' else 'fr' end, 'active',
          'client' || n || '@example.invalid'
     from generate_series(1, $1::int) n`,
  `insert into plant.locations (id, civic_number, street, municipality, postal_code, serviceability)
   select 'LOC-' || 1000000 + n, n::text, 'rue des Mesures', 'Sainte-Clotilde', 'J0L 1W0', 'serviceable'
     from generate_series(1, $1::int) n`,
  `insert into subscriptions.subscriptions (id, customer_id, location_id, status, source, activated_on, billing_anchor)
   select 'SUB-' || 1000000 + n, 'C-' || 1000000 + n, 'LOC-' || 1000000 + n, 'active', 'mesure', date '2026-01-01', date '2026-01-01'
     from generate_series(1, $1::int) n`,
  `with sold as (
     select i.*, p.id as price_version_id, p.price_cents, row_number() over (partition by i.kind order by i.sku) as place
       from catalog.items i join lateral (
         select * from catalog.price_versions where sku = i.sku order by valid_from desc limit 1) p on true
      where i.frequency = 'monthly' and i.kind in ('internet', 'equipment') and p.price_cents > 0)
   insert into subscriptions.items (id, subscription_id, line, sku, price_version_id, price_cents, name_fr, name_en, kind,
          frequency, tax_treatment, revenue_account, starts_on)
   select 'SI-' || 10000000 + 10 * n + line, 'SUB-' || 1000000 + n, line, sku, price_version_id, price_cents, name_fr, name_en, kind,
          frequency, tax_treatment, revenue_account, date '2026-01-01'
     from generate_series(1, $1::int) n
    cross join (select *, case kind when 'internet' then 1 else 2 end as line from sold where place = 1) sold`,
  `insert into charges.charged_through (subscription_id, through)
   select 'SUB-' || 1000000 + n, date '${CHARGED_THROUGH}' from generate_series(1, $1::int) n`,
];

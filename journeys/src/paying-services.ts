import type { TestWorld } from '@gigafibre/testing';

/** How many customers the provider is told of at once. */
const AT_ONCE = 50;

/**
 * Adds customers with one running service each at the prices of the catalog, charged up to the end of this month, of
 * whom the first ones, all unless said otherwise, agreed to be debited from a card. Written by the database alone:
 * thousands take seconds.
 */
export async function addPayingServices(
  { pool }: Pick<TestWorld, 'pool'>,
  { count, debited = count, stripe }: Readonly<{ count: number; debited?: number; stripe: string }>,
): Promise<void> {
  const refs: string[] = [];
  for (let made = 0; made < debited; made += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, debited - made) }, (_, index) => made + index);
    refs.push(...(await Promise.all(some.map((number) => knownAt(stripe, number)))));
  }
  for (const statement of services) await pool.query(statement, [count]);
  for (const statement of agreements) await pool.query(statement, [debited]);
  await pool.query(
    `update customers.customers c set stripe_id = r.ref
       from unnest($1::text[]) with ordinality r(ref, n) where c.id = 'C-' || 1000000 + r.n`,
    [refs],
  );
  await pool.query('analyze');
}

/** A customer as the provider knows them; their number there. */
async function knownAt(stripe: string, number: number): Promise<string> {
  const answer = await fetch(`${stripe}/v1/customers`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_1' },
    body: new URLSearchParams({ name: `Client ${number}` }),
  });
  const { id } = (await answer.json()) as { id?: string }; // the simulator's answer
  if (id === undefined) throw new Error(`no customer at the provider: ${answer.status}`);
  return id;
}

const FIRST_OF_MONTH = `date_trunc('month', app.now())::date`;
/** Before any day on which clocks somewhere may say it is still last month. */
const LONG_SINCE = `(date_trunc('month', app.now()) - interval '1 month')::date`;
const services = [
  `insert into customers.customers (id, kind, name, language, status, email_billing)
   select 'C-' || 1000000 + n, 'residential', 'Client ' || n, 'fr', 'active', 'client' || n || '@example.invalid'
     from generate_series(1, $1::int) n`,
  `insert into plant.locations (id, civic_number, street, municipality, postal_code, serviceability)
   select 'LOC-' || 1000000 + n, n::text, 'rue des Pannes', 'Sainte-Clotilde', 'J0L 1W0', 'serviceable'
     from generate_series(1, $1::int) n`,
  `insert into subscriptions.subscriptions (id, customer_id, location_id, status, source, activated_on, billing_anchor)
   select 'SUB-' || 1000000 + n, 'C-' || 1000000 + n, 'LOC-' || 1000000 + n, 'active', 'test', ${LONG_SINCE}, date '2026-01-01'
     from generate_series(1, $1::int) n`,
  `insert into subscriptions.items (id, subscription_id, line, sku, price_version_id, price_cents, name_fr, name_en, kind,
          frequency, tax_treatment, revenue_account, starts_on)
   select 'SI-' || 10000000 + 10 * n + place, 'SUB-' || 1000000 + n, place, sku, price_version_id, price_cents, name_fr, name_en,
          kind, frequency, tax_treatment, revenue_account, ${LONG_SINCE}
     from generate_series(1, $1::int) n
    cross join (select i.*, p.id as price_version_id, p.price_cents, row_number() over (order by i.sku)::int as place
                  from catalog.items i join catalog.price_versions p on p.sku = i.sku
                 where i.sku in ('FIBRE-500', 'ROUTEUR')) sold`,
  `insert into charges.charged_through (subscription_id, through)
   select 'SUB-' || 1000000 + n, ${FIRST_OF_MONTH} from generate_series(1, $1::int) n`,
];
const agreements = [
  // The tokens of the simulated provider stand for a card that is always good: everybody has the same.
  `insert into payments.methods (id, customer_id, kind, provider, provider_ref, brand, last4, exp_month, exp_year)
   select 'PM-900', 'C-1000001', 'card', 'stripe', 'pm_card_visa', 'visa', '4242', 12, 2999 where $1::int > 0`,
  `insert into payments.agreements (customer_id, method_id, category, text_version, language, proof, accepted_by, usable_from)
   select 'C-' || 1000000 + n, 'PM-900', 'personal', '2026-11', 'fr', '{}', 'test', ${LONG_SINCE}
     from generate_series(1, $1::int) n`,
];

import { civilDateOf } from '@gigafibre/calendar';
import { Refusal, type OutputOf, type viewsOperations } from '@gigafibre/contract';
import { sql } from 'kysely';
import type { Reading } from '../platform/acting.ts';
import { prepared } from '../platform/db/prepared.ts';
import { addressText } from './address-text.ts';
import { monthlyCents } from './monthly-cents.ts';

type View = OutputOf<typeof viewsOperations.customer360>;
const SHOWN = 10;
const TIMELINE_SHOWN = 40;

/** JSON keeps integers that fit a number; amounts become bigint again here. */
const amounts = <T extends Record<string, unknown>>(rows: readonly T[] | null): T[] =>
  (rows ?? []).map(
    (row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          name.endsWith('Cents') && typeof value === 'number' ? BigInt(value) : value,
        ]),
      ) as T,
  );
const instants = <T extends Record<string, unknown>>(rows: readonly T[], ...names: string[]): T[] =>
  rows.map((row) => ({
    ...row,
    ...Object.fromEntries(
      names.map((name) => [name, typeof row[name] === 'string' ? new Date(row[name]).toISOString() : null]),
    ),
  }));

/** Everything on a customer's page in one round trip; refused `not_found`. */
export async function customer360({ db, now }: Reading, { id }: { id: string }): Promise<View> {
  const today = civilDateOf(now);
  const { rows } = await sql<Record<string, unknown> & { customer: View['customer'] }>`${prepared}
    select ${customerJson} as customer,
      coalesce((select sum(balance_cents) from ledger.customer_balances where customer_id = c.id and account in ('1100', '2210')), 0)::bigint as balance,
      coalesce((select sum(outstanding_cents) from billing.invoices where customer_id = c.id and settled_cents < total_cents and due_on < ${today}::date), 0)::bigint as overdue,
      (select min(due_on) from billing.invoices where customer_id = c.id and settled_cents < total_cents and due_on < ${today}::date) as oldest,
      (${subscriptionsJson(today)}) as subscriptions, (${invoicesJson(today)}) as invoices, (${paymentsJson}) as payments, (${jobsJson}) as jobs,
      (${equipmentJson}) as equipment, (${locationsJson}) as locations, (${quotesJson}) as quotes, (${timelineJson}) as timeline
    from customers.customers c where c.id = ${id}`.execute(db);
  const row = rows[0];
  if (!row) throw new Refusal('not_found', { what: id });
  const list = (name: string) => amounts(row[name] as Record<string, unknown>[] | null);
  // Shapes below are those the operation's output schema checks when the answer is encoded.
  return {
    customer: { ...row.customer, createdAt: new Date(row.customer.createdAt).toISOString() },
    balanceCents: row['balance'] as bigint,
    overdueCents: row['overdue'] as bigint,
    oldestOverdueOn: row['oldest'] as string | null,
    subscriptions: instants(list('subscriptions'), 'openedAt').map((one) => ({
      ...one,
      itemsToCome: amounts(one['itemsToCome'] as Record<string, unknown>[]),
    })),
    invoices: list('invoices'),
    payments: instants(list('payments'), 'receivedAt'),
    jobs: instants(list('jobs'), 'startsAt', 'createdAt'),
    equipment: list('equipment'),
    locations: list('locations'),
    quotes: instants(list('quotes'), 'createdAt'),
    timeline: instants(list('timeline'), 'at'),
  } as unknown as View;
}

const customerJson = sql`json_build_object('id', c.id, 'kind', c.kind, 'name', c.name, 'language', c.language, 'status', c.status, 'emailId', c.email_id,
  'emailBilling', c.email_billing, 'cellPhone', c.cell_phone, 'telHome', c.tel_home, 'notes', c.notes, 'tags', c.tags, 'stripeId', c.stripe_id,
  'legacyAccountId', c.legacy_account_id, 'createdAt', c.created_at, 'version', c.version)`;

/** As `subscriptionOf` of the domain shows them: by the items in force today, or on the last day of service. */
const subscriptionsJson = (today: string) => sql`
  select json_agg(one order by one."openedAt" desc) from (
    select s.id, s.customer_id as "customerId", s.location_id as "locationId", ${addressText('l')} as address, s.status,
           s.suspended_for as "suspendedFor", coalesce(items.plan ->> 'nameFr', '') as "nameFr", coalesce(items.plan ->> 'nameEn', '') as "nameEn",
           (items.plan -> 'downloadMbps') as "downloadMbps", (items.plan -> 'uploadMbps') as "uploadMbps",
           coalesce(items.cents, 0) as "monthlyCents", coalesce(items.coming, '[]') as "itemsToCome",
           case when s.status in ('cancelled', 'pending') then s.cancelled_on else items.last_day end as "lastDay",
           s.equipment_id as "equipmentId", s.radius_user as "radiusUser", s.source,
           s.opened_at as "openedAt", s.activated_on as "activatedOn", s.cancelled_on as "cancelledOn"
      from subscriptions.subscriptions s join plant.locations l on l.id = s.location_id
     cross join lateral (
       select sum(${monthlyCents('i')}) filter (where i.in_force) as cents,
              case when bool_or(i.ends_on is null) filter (where i.frequency <> 'one_time') then null
                   else max(i.ends_on) filter (where i.frequency <> 'one_time') end as last_day,
              (array_agg(json_build_object('nameFr', i.name_fr, 'nameEn', i.name_en, 'downloadMbps', i.download_mbps, 'uploadMbps', i.upload_mbps)
                 order by i.in_force desc, i.kind = 'internet' desc, i.line))[1] as plan,
              json_agg(json_build_object('id', i.id, 'sku', i.sku, 'nameFr', i.name_fr, 'nameEn', i.name_en, 'kind', i.kind, 'frequency', i.frequency,
                'priceVersionId', i.price_version_id, 'priceCents', i.price_cents, 'startsOn', i.starts_on, 'endsOn', i.ends_on) order by i.line)
                filter (where i.starts_on > ${today}::date and (i.ends_on is null or i.ends_on >= i.starts_on)) as coming
         from (select *, s.activated_on is null or coalesce(starts_on <= coalesce(s.cancelled_on, ${today}::date)
                           and (ends_on is null or ends_on >= coalesce(s.cancelled_on, ${today}::date)), false) as in_force
                 from subscriptions.items where subscription_id = s.id) i) items
     where s.customer_id = c.id order by s.opened_at desc limit ${SHOWN}) one`;

const invoicesJson = (today: string) => sql`
  select json_agg(one order by one."issuedOn" desc, one.id desc) from (
    select i.id, i.customer_id as "customerId", c.name as "customerName",
           case when i.settled_cents < i.total_cents then case when i.settled_cents > 0 then 'partly_paid' else 'issued' end
                when i.total_cents > 0 and i.credited_cents = i.total_cents then 'credited'
                when i.written_off_cents > 0 then 'written_off' else 'paid' end as status,
           (i.settled_cents < i.total_cents and i.due_on < ${today}::date) as overdue, i.issued_on as "issuedOn", i.due_on as "dueOn",
           i.subtotal_cents as "subtotalCents", i.tax_cents as "taxCents", i.total_cents as "totalCents", i.settled_cents as "settledCents", i.outstanding_cents as "outstandingCents",
           i.credited_cents as "creditedCents", i.written_off_cents as "writtenOffCents", i.disputed_cents as "disputedCents"
      from billing.invoices i where i.customer_id = c.id order by i.issued_on desc, i.number desc limit ${SHOWN}) one`;

const paymentsJson = sql`
  select json_agg(one order by one."receivedAt" desc) from (
    select p.id, p.method, p.amount_cents as "amountCents", p.received_at as "receivedAt", p.reference
      from payments.payments p where p.customer_id = c.id order by p.received_at desc limit ${SHOWN}) one`;

const jobsJson = sql`
  select json_agg(one order by one."createdAt" desc) from (
    select j.id, j.type, j.status, j.starts_at as "startsAt", j.technician_id as "technicianId", j.created_at as "createdAt",
           case when j.window_date is null then null else json_build_object('date', j.window_date, 'from', j.window_from, 'to', j.window_to) end as window
      from dispatch.jobs j where j.customer_id = c.id order by j.created_at desc limit ${SHOWN}) one`;

const equipmentJson = sql`
  select json_agg(one order by one.id) from (
    select e.id, e.kind, e.maker, e.model, e.serial, e.mac, e.status, e.location_id as "locationId"
      from stock.equipment e where e.customer_id = c.id order by e.id limit ${SHOWN}) one`;

const locationsJson = sql`
  select json_agg(one order by one.since desc) from (
    select l.id, ${addressText('l')} as address, l.access_notes as "accessNotes", max(o.since) as since
      from plant.occupancies o join plant.locations l on l.id = o.location_id where o.customer_id = c.id and o.until is null group by l.id limit ${SHOWN}) one`;

const quotesJson = sql`
  select json_agg(one order by one."createdAt" desc) from (
    select q.id, q.status, q.created_at as "createdAt" from sales.quotes q where q.customer_id = c.id order by q.created_at desc limit ${SHOWN}) one`;

const timelineJson = sql`
  select json_agg(one order by one.at desc, one.id desc) from (
    select e.id::text as id, e.at, e.type as kind, e.subject_id as subject, e.subject_kind as "subjectKind",
           -- A flow or the product itself is nobody to name.
           case when e.actor_kind in ('staff', 'technician', 'customer', 'key') then e.actor_name end as by
      from app.events e
     where e.customer_id = c.id and e.type not in ('job.recorded', 'message.moved') order by e.id desc limit ${TIMELINE_SHOWN}) one`;

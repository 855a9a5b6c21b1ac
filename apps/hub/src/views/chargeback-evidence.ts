import type { OutputOf, paymentsOperations } from '@gigafibre/contract';
import { sql } from 'kysely';
import { readChargeback } from '../domains/payments/index.ts';
import type { Reading } from '../platform/acting.ts';

type Evidence = OutputOf<typeof paymentsOperations.listChargebackEvidence>['rows'][number];
type Found = Readonly<{
  kind: Evidence['kind'];
  id: string;
  on: string;
  path: string | null;
  detail: string;
}>;

/** A bundle is read by a person: the newest of each kind are enough. */
const EACH_MAX = 20;
/** What was used of the service, counted in the year before the payment. */
const USAGE_DAYS = 365;

const TITLES: Readonly<Record<Evidence['kind'], Readonly<{ fr: string; en: string }>>> = {
  payment: { fr: 'Reçu du paiement', en: 'Receipt of the payment' },
  contract: { fr: 'Contrat signé', en: 'Signed contract' },
  invoice: { fr: 'Facture', en: 'Invoice' },
  visit: { fr: 'Visite terminée', en: 'Completed visit' },
  usage: { fr: 'Service utilisé', en: 'Service used' },
  message: { fr: 'Message envoyé', en: 'Message sent' },
};

/** What speaks for us when a customer contests a payment: documents with their addresses, newest first of each kind. */
export async function chargebackEvidence(
  reading: Reading,
  { id }: { id: string },
): Promise<{ rows: Evidence[] }> {
  const { customerId, paymentId, openedAt } = await readChargeback(reading, id);
  const { rows } = await sql<Found>`
    (select 'payment' as kind, p.id, p.received_on as "on", '/payments/receipt/' || p.id as path, p.id as detail
       from payments.payments p where p.id = ${paymentId})
    union all
    (select 'contract', k.quote_id, (k.sealed_at at time zone 'America/Toronto')::date,
            '/api/quotes/' || k.quote_id || '/contract', k.quote_id
       from sales.acceptances a join sales.contracts k using (quote_id)
      where a.customer_id = ${customerId} order by a.accepted_at desc limit ${EACH_MAX})
    union all
    (select 'invoice', i.id, i.issued_on, '/api/invoices/' || i.id || '/pdf', i.id
       from billing.invoices i where i.customer_id = ${customerId}
      order by i.issued_on desc, i.number desc limit ${EACH_MAX})
    union all
    (select 'visit', j.id, (c.at at time zone 'America/Toronto')::date,
            '/api/jobs/' || j.id || '/work-order.pdf', j.id
       from dispatch.jobs j join dispatch.completions c on c.job_id = j.id
      where j.customer_id = ${customerId} order by j.created_at desc limit ${EACH_MAX})
    union all
    (select 'usage', s.id, max(r.acctstarttime at time zone 'America/Toronto')::date, null,
            s.id || ' : ' || count(*)
       from subscriptions.subscriptions s join radius.radacct r on r.username = s.radius_user
      where s.customer_id = ${customerId}
        and r.acctstarttime > ${openedAt}::timestamptz - make_interval(days => ${USAGE_DAYS})
      group by s.id order by s.id limit ${EACH_MAX})
    union all
    (select 'message', m.id, (m.sent_at at time zone 'America/Toronto')::date, null, coalesce(m.subject, m.template)
       from messages.messages m where m.customer_id = ${customerId} and m.sent_at is not null
      order by m.created_at desc limit ${EACH_MAX})`.execute(reading.db);
  return {
    rows: rows.map(({ kind, id: key, on, path, detail }) => ({
      kind,
      id: key,
      titleFr: `${TITLES[kind].fr} (${detail})`,
      titleEn: `${TITLES[kind].en} (${detail})`,
      on,
      path,
    })),
  };
}

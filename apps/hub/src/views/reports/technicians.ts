import type { ReportRow } from '@gigafibre/contract';
import { sql, type RawBuilder } from 'kysely';
import type { Reading } from '../../platform/acting.ts';
import {
  count,
  minutes,
  named,
  percent,
  percentOf,
  said,
  type Asked,
  type Bilingual,
  type Figure,
  type ReportDefinition,
} from './report.ts';

const zone = sql`'America/Toronto'`;
/** A visit to the same place within these days says that the first did not settle it. */
const AGAIN_DAYS = 30;

/** Visits that ended in the period: completed, or that could not be. Arrivals by the technician's own report. */
const visits = ({ from, to }: Pick<Asked, 'from' | 'to'>): RawBuilder<unknown> => sql`
  select j.id, j.customer_id, j.type, ended.technician_id, ended.what, (ended.at at time zone ${zone})::date as on_date,
         arrived.at <= j.window_ends_at as on_time,
         case when ended.what = 'completed' then extract(epoch from ended.at - arrived.at) / 60 end as minutes,
         ended.what = 'completed' and exists (select from dispatch.jobs again
           where again.location_id = j.location_id and again.id <> j.id and again.type in ('repair', 'install')
             and again.status <> 'cancelled' and again.created_at > ended.at
             and again.created_at <= ended.at + ${AGAIN_DAYS} * interval '1 day') as again
    from (select job_id, technician_id, at, 'completed' as what from dispatch.completions
          union all select job_id, technician_id, at, 'failed' from dispatch.failures) ended
    join dispatch.jobs j on j.id = ended.job_id
    left join lateral (select min(c.at) as at from dispatch.job_changes c
                        where c.job_id = j.id and c.to_status = 'on_site' and c.applied and c.at <= ended.at) arrived on true
   where ended.at >= ${from}::date::timestamp at time zone ${zone}
     and ended.at < (${to}::date + 1)::timestamp at time zone ${zone}`;

type Sums = {
  key: string;
  name: string;
  completed: number;
  failed: number;
  known: number;
  punctual: number;
  again: number;
  minutes: number | null;
};

async function read(reading: Reading, asked: Asked) {
  const { rows } = await sql<Sums>`
    select v.technician_id as key, coalesce(t.name, v.technician_id) as name,
           count(*) filter (where what = 'completed')::int as completed, count(*) filter (where what = 'failed')::int as failed,
           count(on_time)::int as known, count(*) filter (where on_time)::int as punctual,
           count(*) filter (where again)::int as again, round(avg(v.minutes))::int as minutes
      from (${visits(asked)}) v left join dispatch.technicians t on t.id = v.technician_id
     group by 1, 2 order by 3 desc, 2`.execute(reading.db);
  return {
    rows: rows.map((row): ReportRow => ({
      key: row.key,
      label: named(row.name),
      note: row.key,
      amounts: {},
      counts: {
        completed: row.completed,
        failed: row.failed,
        again: row.again,
        ...(row.known === 0 ? {} : { onTime: percentOf(row.punctual, row.known) }),
        ...(row.completed === 0 ? {} : { firstVisit: percentOf(row.completed - row.again, row.completed) }),
        ...(row.minutes === null ? {} : { minutes: row.minutes }),
      },
    })),
  };
}

const TYPES: Readonly<Record<string, Bilingual>> = {
  install: { fr: 'Installation', en: 'Installation' },
  repair: { fr: 'Réparation', en: 'Repair' },
  upgrade: { fr: 'Mise à niveau', en: 'Upgrade' },
  move: { fr: 'Déménagement', en: 'Move' },
  disconnect: { fr: 'Débranchement', en: 'Disconnection' },
  survey: { fr: 'Relevé', en: 'Survey' },
  maintenance: { fr: 'Entretien', en: 'Maintenance' },
  construction: { fr: 'Construction', en: 'Construction' },
};

function documents(_: Reading, figure: Figure): RawBuilder<unknown> | undefined {
  const { column, row } = figure;
  const where = column === 'again' ? sql`v.again` : sql`v.what = ${column}`;
  if (!['completed', 'failed', 'again'].includes(column)) return undefined;
  return sql`
    select 'job' as kind, v.id, v.on_date as "on", v.customer_id as "customerId", ${said(sql`v.type`, TYPES, 'fr')} as fr, ${said(sql`v.type`, TYPES, 'en')} as en, null::bigint as cents
      from (${visits(figure)}) v where ${where} ${row === undefined ? sql`` : sql`and v.technician_id = ${row}`}`;
}

/** How the visits of each technician went. */
export const technicians: ReportDefinition = {
  title: { fr: 'Techniciens', en: 'Technicians' },
  meaning: {
    fr: 'Visites terminées pendant la période. À l’heure : arrivée avant la fin de la plage promise. Réglé du premier coup : aucune autre visite au même endroit dans les 30 jours.',
    en: 'Visits that ended in the period. On time: arrived before the end of the promised window. Settled at once: no other visit to the same place within 30 days.',
  },
  columns: () => [
    count({ key: 'completed', fr: 'Terminées', en: 'Completed' }),
    count({ key: 'failed', fr: 'Impossibles', en: 'Not possible' }),
    percent({ key: 'onTime', fr: 'À l’heure', en: 'On time' }),
    minutes({ key: 'minutes', fr: 'Sur place, en moyenne', en: 'On site, on average' }),
    percent({ key: 'firstVisit', fr: 'Réglé du premier coup', en: 'Settled at once' }),
    count({ key: 'again', fr: 'Revisites', en: 'Return visits' }),
  ],
  read,
  documents,
};

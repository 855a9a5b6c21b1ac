import type { FileAnswer, JobType, Language } from '@gigafibre/contract';
import { workOrderPdf, type WorkOrderValues } from '@gigafibre/documents';
import type { Reading } from '../../platform/acting.ts';
import { readCompany } from '../../platform/company.ts';
import { readCustomer } from '../customers/index.ts';
import { addressLines, readLocation } from '../plant/index.ts';
import { equipmentMovedBy } from '../stock/index.ts';
import * as evidence from './evidence-store.ts';
import type { JobRow } from './job.ts';
import { readJob, type WholeJob } from './read-job.ts';

type Item = WholeJob['checklist'][number];

const TYPES: Record<JobType, { fr: string; en: string }> = {
  install: { fr: 'Installation', en: 'Installation' },
  repair: { fr: 'Réparation', en: 'Repair' },
  upgrade: { fr: 'Rehaussement', en: 'Upgrade' },
  move: { fr: 'Déménagement', en: 'Move' },
  disconnect: { fr: 'Débranchement', en: 'Disconnection' },
  survey: { fr: 'Relevé', en: 'Survey' },
  maintenance: { fr: 'Entretien', en: 'Maintenance' },
  construction: { fr: 'Construction', en: 'Construction' },
};
const WORDS = {
  rx: { fr: 'Puissance reçue à l’ONT', en: 'Light received at the ONT' },
  passed: { fr: 'Passé outre', en: 'Passed over' },
  gates: {
    ont: { fr: 'ONT non posé', en: 'no ONT installed' },
    scan: { fr: 'ONT non numérisé', en: 'ONT not scanned' },
    rx: { fr: 'lumière non conforme', en: 'light out of limits' },
    signature: { fr: 'non signé', en: 'not signed' },
  },
  sources: {
    olt: { fr: 'OLT', en: 'OLT' },
    acs: { fr: 'ACS', en: 'ACS' },
    manual: { fr: 'wattmètre', en: 'power meter' },
  },
} as const;

/** The completion report of a job as PDF, in the language asked for or the customer's. */
export async function workOrder(
  reading: Pick<Reading, 'db' | 'now'>,
  row: JobRow,
  asked?: Language | undefined,
): Promise<FileAnswer> {
  const customer = row.customer_id === null ? null : await readCustomer(reading, row.customer_id);
  const language = asked ?? customer?.language ?? 'fr';
  const job = await readJob(reading, row);
  const values = await valuesOf(reading, { row, job, language });
  return {
    type: 'application/pdf',
    name: `${row.id}.pdf`,
    bytes: new Uint8Array(await workOrderPdf(values, language)),
  };
}

type Told = Readonly<{ row: JobRow; job: WholeJob; language: Language }>;

async function valuesOf(
  reading: Pick<Reading, 'db' | 'now'>,
  { row, job, language }: Told,
): Promise<WorkOrderValues> {
  const arrived = job.history.findLast((change) => change.to === 'on_site' && change.applied);
  const ended = job.completion?.at ?? job.history.find((change) => change.applied)?.at ?? job.createdAt;
  const lines = row.location_id === null ? [] : addressLines(await readLocation(reading, row.location_id));
  const customer = row.customer_id === null ? null : await readCustomer(reading, row.customer_id);
  return {
    company: await readCompany(reading.db),
    number: job.id,
    createdAt: new Date(ended),
    jobType: TYPES[job.type][language],
    customer: {
      name: customer?.name ?? '—',
      addressLines: lines,
      phone: customer?.cellPhone ?? customer?.telHome ?? undefined,
      accountNumber: customer?.id,
    },
    serviceAddressLines: lines,
    technician: job.technicianName ?? '—',
    startedAt: arrived ? new Date(arrived.at) : undefined,
    completedAt: new Date(ended),
    outcome: job.status === 'completed' ? 'completed' : 'incomplete',
    checklist: job.checklist.filter((item) => item.kind !== 'measure').map((item) => step(item, language)),
    measurements: [...readings(job, language), ...measures(job, language)],
    equipment: await equipmentOf(reading, job),
    materials: [
      ...job.materials.map(({ name, ...used }) => ({ name: name[language], ...used })),
      // Phones that did not have the list said it in words when they closed the job.
      ...(job.completion?.materials ?? []),
    ].map(({ name, quantity, unit }) => ({ description: name, quantity, unit: unit ?? '' })),
    notes: notesOf(job, language),
    photoCount: job.photos.filter((photo) => photo.complete).length,
    signature: await signatureOf(reading, row.id),
  };
}

/** What the job put in place and took away, then what was there before and still is. */
async function equipmentOf(
  reading: Pick<Reading, 'db'>,
  job: WholeJob,
): Promise<WorkOrderValues['equipment']> {
  const moved = await equipmentMovedBy(reading, job.id);
  const own = new Set(moved.map(({ device }) => device.id));
  return [
    ...moved.map(({ device, kind }) => ({
      device,
      action: kind === 'attached' ? ('installed' as const) : ('removed' as const),
    })),
    ...job.equipment
      .filter(({ id }) => !own.has(id))
      .map((device) => ({ device, action: 'inPlace' as const })),
  ].map(({ device, action }) => ({
    action,
    description: [device.maker, device.model].filter(Boolean).join(' ') || device.kind,
    serial: device.serial,
    mac: device.mac ?? undefined,
  }));
}

const step = (item: Item, language: Language) => ({
  label: item.label[language],
  state: item.done ? ('done' as const) : item.required ? ('skipped' as const) : ('notApplicable' as const),
  note: item.text ?? undefined,
});

const numberIn = (value: number, language: Language): string =>
  new Intl.NumberFormat(language === 'fr' ? 'fr-CA' : 'en-CA', { maximumFractionDigits: 1 }).format(value);

const readings = (job: WholeJob, language: Language): WorkOrderValues['measurements'] =>
  job.readings
    .filter((reading) => reading.rxDbm !== null)
    .slice(0, 4)
    .map((reading) => ({
      label: `${WORDS.rx[language]} (${WORDS.sources[reading.source][language]})`,
      value: `${numberIn(reading.rxDbm ?? 0, language)} dBm`,
      verdict: reading.verdict,
    }));

const measures = (job: WholeJob, language: Language): WorkOrderValues['measurements'] =>
  job.checklist.flatMap((item) =>
    item.kind === 'measure' && item.value !== null
      ? [
          {
            label: item.label[language],
            value: `${numberIn(item.value, language)} ${item.unit ?? ''}`.trim(),
            verdict: item.verdict ?? ('none' as const),
          },
        ]
      : [],
  );

const notesOf = (job: WholeJob, language: Language): string =>
  [
    job.completion?.summary ?? '',
    ...(job.completion?.overrides ?? []).map(
      ({ gate, reason }) => `${WORDS.passed[language]} (${WORDS.gates[gate][language]}) : ${reason}`,
    ),
    ...(job.cannotComplete ? [`${job.cannotComplete.reason} ${job.cannotComplete.note}`.trim()] : []),
    ...job.notesLog.map((note) => note.text),
  ]
    .filter((text) => text !== '')
    .join('\n');

async function signatureOf(
  { db }: Pick<Reading, 'db'>,
  jobId: string,
): Promise<WorkOrderValues['signature']> {
  const kept = await evidence.signatureOf(db, jobId);
  return kept
    ? { name: kept.name, mark: { is: 'png', bytes: kept.png }, signedAt: new Date(kept.at) }
    : undefined;
}

import { addDays, instantOf } from '@gigafibre/calendar';
import { dispatchEvents } from '@gigafibre/contract';
import { hours, instantAt } from './calendar.ts';
import type { Dwelling, Household } from './household.ts';
import { PRODUCT, type By, type Writing } from './writing.ts';

/** Installations this recent are still talked about: they have their visit. */
const DAYS_OF_VISITS = 120;
const MINUTES = 150;
const SUMMARIES = [
  'Installation faite par la façade, ONT au sous-sol.',
  'Câble aérien du poteau, ONT près du téléviseur.',
  'Branchement existant réutilisé, niveaux bons.',
  'Fibre passée par le garage, Wi-Fi vérifié à l’étage.',
] as const;

/** The visit that installed a dwelling, completed; null when it was too long ago to be kept. */
export function writeVisit(
  writing: Writing,
  household: Household,
  dwelling: Dwelling,
): { id: string; technician: By } | null {
  const { sheets, numbers, chance, endsOn } = writing;
  const { locationId, equipmentId } = dwelling;
  const { id: customerId, joinedOn: day } = household;
  const technician = chance.pick(writing.technicians);
  const summary = chance.pick(SUMMARIES);
  if (day < addDays(endsOn, -DAYS_OF_VISITS)) return null;
  const id = numbers.next('job');
  const bookedAt = instantAt(addDays(day, -9), hours(14) + 180);
  const startsAt = instantAt(day, hours(13));
  const doneAt = instantAt(day, hours(15) + 300);
  const subscriptionIds = household.services
    .filter((one) => one.activatedOn === day && one.dwelling.locationId === locationId)
    .map((one) => one.id);
  sheets.add('dispatch.jobs', {
    id,
    type: 'install',
    status: 'completed',
    customer_id: customerId,
    location_id: locationId,
    subscription_ids: subscriptionIds,
    technician_id: technician.id,
    starts_at: startsAt,
    duration_minutes: MINUTES,
    window_date: day,
    window_from: '08:00',
    window_to: '12:00',
    window_starts_at: instantOf({ date: day, time: '08:00' }).toISOString(),
    window_ends_at: instantOf({ date: day, time: '12:00' }).toISOString(),
    notes: '',
    source: 'vente',
    created_at: bookedAt,
    reported_at: doneAt,
    version: 6,
  });
  writeChanges(writing, { id, technician, bookedAt, startsAt, doneAt });
  writeProof(writing, { id, day, technician, doneAt, summary, dwelling });
  writing.tell(dispatchEvents.jobCompleted, {
    at: doneAt,
    by: technician,
    subject: id,
    customerId,
    technicianId: technician.id,
    data: { type: 'install', subscriptionIds, locationId, equipmentId, completedAt: doneAt },
  });
  return { id, technician };
}

type Walk = Readonly<{ id: string; technician: By; bookedAt: string; startsAt: string; doneAt: string }>;

function writeChanges({ sheets }: Writing, { id, technician, bookedAt, startsAt, doneAt }: Walk): void {
  const path = [
    { at: bookedAt, from: null, to: 'unscheduled', by: PRODUCT },
    { at: bookedAt, from: 'unscheduled', to: 'draft', by: PRODUCT },
    { at: bookedAt, from: 'draft', to: 'published', by: PRODUCT },
    { at: startsAt, from: 'published', to: 'en_route', by: technician },
    { at: startsAt, from: 'en_route', to: 'on_site', by: technician },
    { at: doneAt, from: 'on_site', to: 'completed', by: technician },
  ];
  for (const { at, from, to, by } of path)
    sheets.add('dispatch.job_changes', {
      job_id: id,
      at,
      received_at: at,
      from_status: from,
      to_status: to,
      technician_id: to === 'unscheduled' ? null : technician.id,
      actor_kind: by.kind,
      actor_id: by.id,
      actor_name: by.name,
      reason: null,
      applied: true,
    });
}

type Proof = Readonly<{
  id: string;
  day: string;
  technician: By;
  doneAt: string;
  summary: string;
  dwelling: Dwelling;
}>;

/** What the visit left: the device on the wall, the light it receives, and how it ended. */
function writeProof({ sheets }: Writing, { id, day, technician, doneAt, summary, dwelling }: Proof): void {
  const { locationId, equipmentId, rxDbm } = dwelling;
  const actor = { actor_id: technician.id, actor_name: technician.name };
  sheets.add('dispatch.job_equipment', {
    job_id: id,
    equipment_id: equipmentId,
    how: 'scan',
    at: instantAt(day, hours(14) + 1_800),
    ...actor,
  });
  sheets.add('dispatch.completions', {
    job_id: id,
    at: doneAt,
    received_at: doneAt,
    technician_id: technician.id,
    summary,
  });
  const readAt = instantAt(day, hours(14) + 2_400);
  sheets.add('network.readings', {
    at: readAt,
    received_at: readAt,
    source: 'olt',
    equipment_id: equipmentId,
    location_id: locationId,
    job_id: id,
    rx_dbm: rxDbm,
    tx_dbm: 2.3,
    system: 'gpon_b_plus',
    level: 'good',
    verdict: 'good',
    actor_kind: 'technician',
    ...actor,
  });
}

import type { PendingAction } from '@gigafibre/client';
import {
  acceptableAtInstall,
  type fieldOperations,
  type InstallGate,
  type JobMaterial,
  type JobStatus,
  measureVerdict,
  opticalLevelOf,
  opticalVerdict,
  type Operation,
  type OutputOf,
} from '@gigafibre/contract';
import type { z } from 'zod';

export type MyJob = OutputOf<typeof fieldOperations.readMyJob>;
export type MyDay = OutputOf<typeof fieldOperations.listMyDay>;
type Ops = typeof fieldOperations;
type Said<Op extends Operation> = z.input<Op['input']>;
type Effect = (job: MyJob, action: PendingAction) => MyJob;

/** The state each act leads to. */
const STATUS_AFTER: Readonly<Record<string, JobStatus>> = {
  'field.startTravel': 'en_route',
  'field.arrive': 'on_site',
  'field.pause': 'paused',
  'field.resume': 'on_site',
  'field.complete': 'completed',
  'field.cannotComplete': 'cannot_complete',
};

const EFFECTS: Readonly<Record<string, Effect>> = {
  'field.saveChecklistItem': (job, action) => {
    const said = action.input as Said<Ops['saveChecklistItem']>; // the operation's own input, kept as it was sent
    const checklist = job.checklist.map((item) => {
      if (item.id !== said.itemId) return item;
      const { checked = null, text = null, value = null } = said;
      const verdict = value === null ? null : measureVerdict(value, item.limits);
      const done = checked === true || value !== null || Boolean(text);
      return { ...item, checked, text, value, verdict, done, answeredAt: said.at };
    });
    return { ...job, checklist };
  },
  'field.addNote': (job, action) => {
    const { at, text } = action.input as Said<Ops['addNote']>; // as above
    if (job.notesLog.some((note) => note.text === text)) return job;
    return { ...job, notesLog: [...job.notesLog, { at, by: '', text }] };
  },
  'field.addPhoto': withPhoto,
  'field.dropPhoto': (job, action) => {
    const { photoId } = action.input as Said<Ops['dropPhoto']>; // as above
    const checklist = job.checklist.map((item) => {
      const photoIds = item.photoIds.filter((id) => id !== photoId);
      return photoIds.length === item.photoIds.length
        ? item
        : { ...item, photoIds, done: photoIds.length > 0 };
    });
    return { ...job, checklist, photos: job.photos.filter(({ id }) => id !== photoId) };
  },
  'field.useMaterial': withMaterial,
  'field.attachEquipment': withEquipment,
  'field.removeEquipment': (job, action) => {
    const { equipmentId } = action.input as Said<Ops['removeEquipment']>; // as above
    const equipment = job.equipment.filter(({ id }) => id !== equipmentId);
    const left = { ...job, equipment };
    return equipment.some(({ kind }) => kind === 'ont') ? left : gatesSet(left, ['ont', 'scan'], false);
  },
  'field.takeReading': withReading,
  'field.saveSignature': (job, action) => {
    const { at, name } = action.input as Said<Ops['saveSignature']>; // as above
    return gatesSet({ ...job, signature: { name, at } }, ['signature'], true);
  },
};

function withPhoto(job: MyJob, action: PendingAction): MyJob {
  const said = action.input as Said<Ops['addPhoto']>; // as above
  const { photoId, checklistItemId = null, phase = null } = said;
  if (job.photos.some(({ id }) => id === photoId)) return job;
  const photo = {
    id: photoId,
    type: 'image/jpeg' as const,
    bytes: said.totalBytes,
    receivedBytes: 0,
    complete: false,
    takenAt: said.at,
    checklistItemId,
    phase,
  };
  const checklist = job.checklist.map((item) =>
    item.id === checklistItemId ? { ...item, done: true, photoIds: [...item.photoIds, photoId] } : item,
  );
  return { ...job, checklist, photos: [...job.photos, photo] };
}

/** The newest word about a material replaces the one before it; zero takes it off the list. */
function withMaterial(job: MyJob, action: PendingAction): MyJob {
  const { code = null, name, quantity, unit = null } = action.input as Said<Ops['useMaterial']>; // as above
  const same = (one: JobMaterial): boolean =>
    code === null ? one.code === null && one.name.fr.toLowerCase() === name.toLowerCase() : one.code === code;
  // A sheet kept by an app older than this one has no list.
  const materials = job.materials ?? [];
  const before = materials.find(same);
  const said = { code, unit, ...before, name: before?.name ?? { fr: name, en: name }, quantity };
  const others = materials.filter((one) => !same(one));
  if (quantity === 0) return { ...job, materials: others };
  return {
    ...job,
    materials: before ? materials.map((one) => (same(one) ? said : one)) : [...others, said],
  };
}

/** The id of a device the hub does not know yet: it cannot be removed or read until it does. */
export const PENDING_DEVICE = 'pending';

function withEquipment(job: MyJob, action: PendingAction): MyJob {
  const said = action.input as Said<Ops['attachEquipment']>; // as above
  const { serial, kind = 'ont', how = 'typed', mac = null, maker = null, model = null } = said;
  const device = {
    id: PENDING_DEVICE,
    kind,
    maker,
    model,
    serial,
    mac,
    barcode: null,
    status: 'installed' as const,
    place: { kind: 'location' as const, id: job.locationId },
    ownership: 'rental' as const,
    customerId: job.customerId,
    locationId: job.locationId,
    subscriptionId: null,
    createdAt: said.at,
    version: 0,
  } satisfies MyJob['equipment'][number];
  const known = job.equipment.some((other) => other.serial === serial);
  const attached = { ...job, equipment: known ? job.equipment : [...job.equipment, device] };
  if (kind !== 'ont') return attached;
  return gatesSet(attached, how === 'scan' ? ['ont', 'scan'] : ['ont'], true);
}

function withReading(job: MyJob, action: PendingAction): MyJob {
  const { at, equipmentId = null, rxDbm = null, txDbm = null } = action.input as Said<Ops['takeReading']>; // as above
  // Without a figure the hub asks the OLT: what it will answer is not ours to invent.
  if (rxDbm === null || job.readings.some((reading) => reading.at === at)) return job;
  const limits = job.opticalLimits;
  const reading = {
    at,
    source: 'manual' as const,
    equipmentId,
    locationId: job.locationId,
    jobId: job.id,
    rxDbm,
    txDbm,
    oltRxDbm: null,
    system: limits.system,
    level: opticalLevelOf(rxDbm, limits),
    verdict: opticalVerdict(rxDbm, limits),
    by: '',
  } satisfies MyJob['readings'][number];
  const read = { ...job, readings: [reading, ...job.readings] };
  return gatesSet(read, ['rx'], acceptableAtInstall(rxDbm, limits));
}

const gatesSet = (job: MyJob, names: readonly InstallGate[], green: boolean): MyJob => ({
  ...job,
  gates: job.gates.map((gate) => (names.includes(gate.gate) ? { ...gate, green } : gate)),
});

/** A job as it will be once the hub has this action. */
export function withAction(job: MyJob, action: PendingAction): MyJob {
  if (action.about !== job.id) return job;
  const status = STATUS_AFTER[action.operation];
  if (status) return { ...job, status };
  return EFFECTS[action.operation]?.(job, action) ?? job;
}

/** A job with everything done on this phone and not refused: refused actions are put back, and told apart. */
export const withActions = (job: MyJob, actions: readonly PendingAction[]): MyJob =>
  actions.filter(({ state }) => state === 'waiting').reduce(withAction, job);

/** The day's rows with the states that wait to be sent. */
export function dayWithActions(day: MyDay, actions: readonly PendingAction[]): MyDay {
  const after = new Map<string, JobStatus>();
  for (const { state, operation, about } of actions) {
    const status = STATUS_AFTER[operation];
    if (status && state === 'waiting') after.set(about, status);
  }
  return { ...day, jobs: day.jobs.map((row) => ({ ...row, status: after.get(row.id) ?? row.status })) };
}

/** What a refused action wanted, beside what the hub has: for a person to compare. */
export function versionsOf(
  action: PendingAction,
  job: MyJob,
): { mine: string | null; theirs: string | null } {
  const wanted = withAction(job, action);
  if (STATUS_AFTER[action.operation]) return { mine: wanted.status, theirs: job.status };
  const changed = wanted.checklist.find((item, index) => item !== job.checklist[index]);
  if (changed && action.operation === 'field.saveChecklistItem')
    return { mine: answerOf(changed), theirs: answerOf(job.checklist.find(({ id }) => id === changed.id)) };
  if (action.operation === 'field.saveSignature')
    return { mine: wanted.signature?.name ?? null, theirs: job.signature?.name ?? null };
  if (action.operation === 'field.attachEquipment')
    return { mine: wanted.equipment.at(-1)?.serial ?? null, theirs: job.equipment.at(-1)?.serial ?? null };
  return { mine: null, theirs: null };
}

const answerOf = (item: MyJob['checklist'][number] | undefined): string | null =>
  item?.text ?? item?.value?.toString() ?? (item?.checked ? '✓' : null);

import { Refusal, type DeviceDocument, type OpticalReading } from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import type { Reading, Tx } from '../../../platform/acting.ts';
import type { Acting } from '../../../platform/http/route.ts';
import {
  askAboutDevice,
  keepPosition,
  readingById,
  recordReading,
  type NewReading,
} from '../../network/index.ts';
import { equipmentAt, readEquipment, type Equipment } from '../../stock/index.ts';
import type { JobRow } from '../job.ts';
import { happenedAt, myJob, readMine, requireOpenFor } from './my-job.ts';
import { tellRecorded } from './record-evidence.ts';

export type Measuring = Readonly<{
  id: string;
  at: string;
  /** Made on the phone: the same reading never counts twice. */
  readingId: string;
  equipmentId: string | null;
  /** From a power meter; without it the OLT and the ACS are asked. */
  rxDbm: number | null;
  txDbm: number | null;
}>;
export type Measured = Readonly<{ row: JobRow; applied: boolean; reading: OpticalReading }>;

/**
 * The light at the job's ONT. Given by hand it is kept as said; otherwise the OLT and the ACS are asked (no
 * transaction is held meanwhile) and the OLT's word counts before the ACS's. Refused `no_reading` when neither
 * has one: then the technician measures.
 */
export async function takeReading(
  { reading, transact }: Acting,
  env: Pick<Env, 'outside' | 'log'>,
  input: Measuring,
): Promise<Measured> {
  const job = await readMine(reading, input.id);
  const known = await readingById(reading, input.readingId);
  if (known?.jobId === input.id) return { row: job, applied: false, reading: known };
  requireOpenFor('record', job);
  const device = await measuredDevice(reading, job, input.equipmentId);
  if (input.rxDbm !== null)
    return transact((tx) =>
      keep(tx, input, async (row) => ({
        source: 'manual',
        at: happenedAt(input.at, row, tx.now),
        equipmentId: device?.id ?? null,
        rxDbm: input.rxDbm,
        txDbm: input.txDbm,
      })),
    );
  if (!device) throw new Refusal('no_reading', { reason: 'ONT ?', jobId: input.id });
  const asked = await askAboutDevice(reading, env, { serial: device.serial, locationId: job.location_id });
  const light = lightOf(asked.document);
  return transact((tx) =>
    keep(tx, input, async () => {
      await keepPosition(tx, device.id, asked);
      return { ...light, at: new Date(light.at), equipmentId: device.id };
    }),
  );
}

/** The first believable light, the OLT's before the ACS's; refused with what each source said. */
function lightOf({ opticalStatus, sources }: DeviceDocument): DeviceDocument['opticalStatus'][number] {
  const light = opticalStatus.find((status) => status.rxDbm !== null);
  if (light) return light;
  const reason = sources.map(({ source, outcome }) => `${source.toUpperCase()} : ${outcome}`).join(', ');
  throw new Refusal('no_reading', { reason });
}

type Light = Pick<NewReading, 'source' | 'at' | 'equipmentId' | 'rxDbm' | 'txDbm' | 'oltRxDbm' | 'system'>;

async function keep(tx: Tx, input: Measuring, light: (row: JobRow) => Promise<Light>): Promise<Measured> {
  const row = await myJob(tx, input.id);
  requireOpenFor('record', row);
  const reading = await recordReading(tx, {
    ...(await light(row)),
    readingId: input.readingId,
    locationId: row.location_id,
    customerId: row.customer_id,
    jobId: row.id,
  });
  await tellRecorded(tx, row, 'reading');
  return { row, applied: true, reading };
}

/** The device named, or the ONT at the job's location. */
async function measuredDevice(
  reading: Reading,
  job: JobRow,
  equipmentId: string | null,
): Promise<Equipment | undefined> {
  const there = job.location_id === null ? [] : await equipmentAt(reading, job.location_id);
  if (equipmentId === null) return there.find((device) => device.kind === 'ont');
  const named = await readEquipment(reading, equipmentId);
  if (named.locationId !== job.location_id) throw new Refusal('not_found', { what: equipmentId });
  return named;
}

import {
  diagnoseLine,
  Refusal,
  type fieldOperations,
  type LinePlan,
  type OutputOf,
} from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import type { Reading } from '../../../platform/acting.ts';
import type { Acting } from '../../../platform/http/route.ts';
import { readCustomer } from '../../customers/index.ts';
import { limitsOf, listReadings, lookUpDevice } from '../../network/index.ts';
import { readLocation } from '../../plant/index.ts';
import { equipmentAt, findEquipment } from '../../stock/index.ts';
import { readSubscriptionInFull, subscriptionsOf } from '../../subscriptions/index.ts';
import type { JobRow } from '../job.ts';

type Diagnosis = OutputOf<typeof fieldOperations.diagnoseLine>;
type Device = OutputOf<typeof fieldOperations.readDevice>;

const READINGS_OF_A_DEVICE_MAX = 10;

/** What the line of a job does now: asks the OLT and the ACS (no transaction is held meanwhile) and judges. */
export async function diagnose(
  acting: Acting,
  env: Pick<Env, 'outside' | 'log'>,
  job: JobRow,
): Promise<Diagnosis> {
  const { reading } = acting;
  const there = job.location_id === null ? [] : await equipmentAt(reading, job.location_id);
  const ont = there.find(({ kind }) => kind === 'ont') ?? null;
  const document =
    ont && (await lookUpDevice(acting, env, { serial: ont.serial, locationId: job.location_id }));
  const service = await serviceAt(reading, {
    customerId: job.customer_id,
    locationId: job.location_id,
    first: job.subscription_ids,
  });
  const opticalLimits = await limitsOf(reading);
  return {
    askedAt: reading.now.toISOString(),
    ont,
    document,
    service,
    opticalLimits,
    findings: diagnoseLine({ document, service, limits: opticalLimits }),
  };
}

/** A device by any of its codes; refused `equipment_unknown`. */
export async function readDevice(reading: Reading, code: string): Promise<Device> {
  const found = await findEquipment(reading, { code });
  if (!found) throw new Refusal('equipment_unknown', { serial: code });
  const { equipment } = found;
  const { customerId, locationId } = equipment;
  const readings = await listReadings(reading, {
    equipmentId: equipment.id,
    limit: READINGS_OF_A_DEVICE_MAX,
  });
  return {
    equipment,
    customerName: customerId === null ? null : (await readCustomer(reading, customerId)).name,
    address: locationId === null ? null : (await readLocation(reading, locationId)).text,
    service: await serviceAt(reading, { customerId, locationId, first: [] }),
    readings: readings.rows,
  };
}

type Place = Readonly<{
  customerId: string | null;
  locationId: string | null;
  /** The services asked about, before others of the same place. */
  first: readonly string[];
}>;

/** The internet service of a place, with whether its systems are set to it; one that was cancelled only for want of another. */
async function serviceAt(
  reading: Reading,
  { customerId, locationId, first }: Place,
): Promise<LinePlan | null> {
  if (customerId === null) return null;
  const there = (await subscriptionsOf(reading, customerId)).filter(
    (service) => service.locationId === locationId || first.includes(service.id),
  );
  const weight = (service: (typeof there)[number]): number =>
    Number(first.includes(service.id)) * 4 +
    Number(service.status !== 'cancelled') * 2 +
    Number(service.downloadMbps !== null);
  const [service] = there.toSorted((one, other) => weight(other) - weight(one));
  if (!service) return null;
  const { provisioning } = await readSubscriptionInFull(reading, service.id);
  return {
    subscriptionId: service.id,
    status: service.status,
    name: { fr: service.nameFr, en: service.nameEn },
    downloadMbps: service.downloadMbps,
    uploadMbps: service.uploadMbps,
    profile:
      (['drifts', 'waiting', 'agrees'] as const).find((state) =>
        provisioning.some((system) => system.state === state),
      ) ?? null,
  };
}

import { Refusal, type DeviceDocument } from '@gigafibre/contract';
import type { AcsDevice } from '@gigafibre/outside/acs';
import type { OntReading } from '@gigafibre/outside/olt';
import type { Outcome } from '@gigafibre/outside/outcome';
import type { Env } from '../../env.ts';
import type { Reading } from '../../platform/acting.ts';
import type { Acting } from '../../platform/http/route.ts';
import { oltAddresses, readLocation, type OltAddress } from '../plant/index.ts';
import { findEquipment, parseMac, parseSerial, type Equipment } from '../stock/index.ts';
import { askSource, notAsked, type Said } from './ask-source.ts';
import { documentOf } from './device-document.ts';
import { limitsOf } from './optical-limits.ts';
import { recordReading } from './record-reading.ts';
import * as store from './store.ts';

export type DeviceQuestion = Readonly<{
  serial?: string | undefined;
  mac?: string | undefined;
  /** Where it is believed to hang, for a device that is not yet attached. */
  locationId?: string | null;
}>;
type Asking = Pick<Env, 'outside' | 'log'>;
type Found = Readonly<{ ont: OntReading; olt: OltAddress }>;
export type Asked = Readonly<{ document: DeviceDocument; ont: Found | null }>;

/**
 * Asks the ACS and the OLT about a device at the same time and keeps what was read of a known one.
 * Refused `serial_not_valid` or `mac_not_valid`; a device nobody knows is an answer, not a refusal.
 */
export async function lookUpDevice(
  { reading, transact }: Acting,
  env: Asking,
  question: DeviceQuestion,
): Promise<DeviceDocument> {
  const asked = await askAboutDevice(reading, env, question);
  const { equipmentId, opticalStatus } = asked.document;
  if (equipmentId !== null && (opticalStatus.length > 0 || asked.ont !== null))
    await transact(async (tx) => {
      for (const light of opticalStatus)
        await recordReading(tx, {
          ...light,
          at: new Date(light.at),
          equipmentId,
          locationId: asked.document.locationId,
          customerId: asked.document.customerId,
        });
      await keepPosition(tx, equipmentId, asked);
    });
  return asked.document;
}

/** Remembers where the ONT was found, which spares the OLT a search next time. */
export async function keepPosition(
  tx: Pick<Reading, 'db' | 'now'>,
  equipmentId: string,
  { ont }: Asked,
): Promise<void> {
  if (!ont) return;
  await store.keepOntPosition(tx.db, {
    equipment_id: equipmentId,
    olt_id: ont.olt.id,
    if_index: ont.ont.ifIndex,
    onu_id: ont.ont.onuId,
    seen_at: tx.now,
  });
}

/** The same without keeping anything: what both sources say now. No transaction is held meanwhile. */
export async function askAboutDevice(
  reading: Reading,
  env: Asking,
  question: DeviceQuestion,
): Promise<Asked> {
  const typed = typedNumbers(question);
  const equipment = await knownDevice(reading, question);
  const serial = equipment?.serial ?? typed.serial;
  const mac = equipment?.mac ?? typed.mac;
  const locationId = equipment?.locationId ?? question.locationId ?? null;
  const hint = { equipmentId: equipment?.id ?? null, locationId };
  const [acs, olt] = await Promise.all([
    askAcs(env, { serial, mac, now: reading.now }),
    askOlts(reading, env, { serial, ...hint }),
  ]);
  const document = documentOf({
    typed: { serial, mac },
    equipment,
    locationId,
    acs,
    olt: { ...olt, value: olt.value?.ont ?? null },
    limits: await limitsOf(reading),
    now: reading.now,
  });
  return { document, ont: olt.value };
}

function typedNumbers({ serial, mac }: DeviceQuestion): { serial: string | null; mac: string | null } {
  const parsedSerial = serial === undefined ? null : parseSerial(serial);
  if (parsedSerial === undefined) throw new Refusal('serial_not_valid', { serial: serial ?? '' });
  const parsedMac = mac === undefined ? null : parseMac(mac);
  if (parsedMac === undefined) throw new Refusal('mac_not_valid', { mac: mac ?? '' });
  return { serial: parsedSerial, mac: parsedMac };
}

async function knownDevice(
  reading: Reading,
  { serial, mac }: DeviceQuestion,
): Promise<Equipment | undefined> {
  const bySerial = serial === undefined ? undefined : await findEquipment(reading, { code: serial });
  const found = bySerial ?? (mac === undefined ? undefined : await findEquipment(reading, { code: mac }));
  return found?.equipment;
}

/** By serial first; many devices report another serial than their label and are known by their MAC. */
function askAcs(
  { outside, log }: Asking,
  { serial, mac, now }: { serial: string | null; mac: string | null; now: Date },
): Promise<Said<AcsDevice>> {
  const ask = async (): Promise<Outcome<AcsDevice | null>> => {
    const bySerial = serial === null ? undefined : await outside.acs.findDevice({ serial });
    if (bySerial && (bySerial.is !== 'done' || bySerial.value !== null || mac === null)) return bySerial;
    return outside.acs.findDevice({ mac: mac ?? '' });
  };
  return askSource({ source: 'acs', ask, saidAt: (device) => device.lastInformAt, now, log });
}

async function askOlts(
  reading: Reading,
  { outside, log }: Asking,
  about: { serial: string | null; equipmentId: string | null; locationId: string | null },
): Promise<Said<Found>> {
  const { serial, equipmentId, locationId } = about;
  if (serial === null) return notAsked('olt', 'no serial');
  const oltId =
    locationId === null ? null : ((await readLocation(reading, locationId)).network?.oltId ?? null);
  const olts = await oltAddresses(reading, oltId);
  if (olts.length === 0) return notAsked('olt', 'no OLT');
  const answers = await Promise.all(
    olts.map(async (olt) => {
      const at =
        equipmentId === null
          ? undefined
          : await store.ontPosition(reading.db, { equipmentId, oltId: olt.id });
      return askSource<Found>({
        source: 'olt',
        ask: async () =>
          foundOn(olt, await outside.olt.readOnt({ oltAddress: olt.managementAddress, serial, at })),
        saidAt: () => reading.now,
        now: reading.now,
        log,
      });
    }),
  );
  return bestOf(answers);
}

const foundOn = (olt: OltAddress, outcome: Outcome<OntReading | null>): Outcome<Found | null> =>
  outcome.is === 'done'
    ? { is: 'done', value: outcome.value === null ? null : { ont: outcome.value, olt } }
    : outcome;

/** Of several OLTs the one that has the ONT; otherwise a failure, so that silence is never taken for a no. */
function bestOf(answers: readonly Said<Found>[]): Said<Found> {
  const answered = answers.find(({ value }) => value !== null);
  const failed = answers.find(({ report }) => report.outcome !== 'unknown_device');
  return answered ?? failed ?? answers[0] ?? notAsked('olt', 'no OLT');
}

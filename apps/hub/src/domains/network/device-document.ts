import { opticalLevelOf, opticalVerdict, type DeviceDocument, type OpticalLimits } from '@gigafibre/contract';
import type { AcsDevice } from '@gigafibre/outside/acs';
import type { OntReading } from '@gigafibre/outside/olt';
import type { Equipment } from '../stock/index.ts';
import type { Said } from './ask-source.ts';

export type Heard = Readonly<{
  typed: { serial: string | null; mac: string | null };
  equipment: Equipment | undefined;
  locationId: string | null;
  acs: Said<AcsDevice>;
  olt: Said<OntReading>;
  limits: OpticalLimits;
  now: Date;
}>;

/** One document out of what the sources said; each field from the source that knows it best. */
export function documentOf({ typed, equipment, locationId, acs, olt, limits, now }: Heard): DeviceDocument {
  const device = acs.value;
  const ont = olt.value;
  return {
    serial: equipment?.serial ?? typed.serial ?? ont?.serial ?? device?.serial ?? null,
    mac: equipment?.mac ?? typed.mac,
    equipmentId: equipment?.id ?? null,
    customerId: equipment?.customerId ?? null,
    locationId: equipment?.locationId ?? locationId,
    maker: device?.manufacturer ?? equipment?.maker ?? null,
    model: device?.model ?? equipment?.model ?? null,
    firmware: device?.softwareVersion ?? null,
    uptimeSeconds: device?.uptimeSeconds ?? null,
    wanIp: device?.wanIp ?? null,
    online: ont === null || ont.state === 'unknown' ? null : ont.state === 'online',
    oltPort: ont?.port ?? null,
    distanceM: ont?.distanceM ?? null,
    lastDownCause: ont?.lastDownCause ?? null,
    opticalStatus: [...oltLight(ont, limits, now), ...acsLight(device, limits, now)],
    wifi: (device?.wifi ?? []).map(({ ssid, band, enabled, channel }) => ({ ssid, band, enabled, channel })),
    hosts: (device?.hosts ?? []).map(({ mac, ip, name, active, link }) => ({ mac, ip, name, active, link })),
    sources: [acs.report, olt.report],
    askedAt: now.toISOString(),
  };
}

type Light = DeviceDocument['opticalStatus'];

/** The OLT reads now: what it says of the light is about this moment. */
function oltLight(ont: OntReading | null, limits: OpticalLimits, now: Date): Light {
  if (ont === null) return [];
  return [judged({ source: 'olt', at: now, ...ont }, limits)];
}

/** The ACS repeats what the device said when it last called. */
function acsLight(device: AcsDevice | null, limits: OpticalLimits, now: Date): Light {
  if (!device?.optical) return [];
  const { rxDbm, txDbm } = device.optical;
  return [judged({ source: 'acs', at: device.lastInformAt ?? now, rxDbm, txDbm, oltRxDbm: null }, limits)];
}

function judged(
  said: {
    source: 'olt' | 'acs';
    at: Date;
    rxDbm: number | null;
    txDbm: number | null;
    oltRxDbm: number | null;
  },
  limits: OpticalLimits,
): Light[number] {
  const { source, at, rxDbm, txDbm, oltRxDbm } = said;
  return {
    source,
    at: at.toISOString(),
    rxDbm,
    txDbm,
    oltRxDbm,
    system: limits.system,
    level: opticalLevelOf(rxDbm, limits),
    verdict: opticalVerdict(rxDbm, limits),
  };
}

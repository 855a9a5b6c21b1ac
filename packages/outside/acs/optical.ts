import { instancesOf, textOf, type Parameters } from './parameters.ts';
import type { OpticalReading } from './port.ts';

/** How makers write light levels. */
export type OpticalUnit =
  /** dBm, whole or with decimals, possibly followed by its unit. */
  | 'dbm'
  /** Thousandths of a dBm, as TR-181 says for `Device.Optical`. */
  | 'milli_dbm'
  /** Tenths of a dBm, as TR-181 says for `Device.XPON`. */
  | 'deci_dbm'
  /** Linear power in tenths of a microwatt, as optical modules count (SFF-8472). */
  | 'tenth_microwatt'
  /** Linear when positive, dBm when not: firmwares of one maker disagree. */
  | 'linear_or_dbm';

/** Where a family of devices keeps its light levels. */
export type OpticalPlace = {
  readonly family: string;
  readonly object: string;
  readonly rx: string;
  readonly tx: string;
  readonly unit: OpticalUnit;
};

const WAN = 'InternetGatewayDevice.WANDevice.*';

/**
 * The first place that exists is read. Makers' own places come before the standard ones, which some devices
 * have but leave at 0. `Interafce` is spelt so by Huawei.
 */
export const OPTICAL_PLACES: readonly OpticalPlace[] = [
  place('TP-Link XX230v', 'Device.Optical.Interface.*.X_TP_GPON_Config', 'tenth_microwatt'),
  place('Huawei', `${WAN}.X_GponInterafceConfig`, 'dbm'),
  place('ZTE', `${WAN}.X_ZTE-COM_WANPONInterfaceConfig`, 'linear_or_dbm'),
  place('CT-COM', `${WAN}.X_CT-COM_GponInterfaceConfig`, 'linear_or_dbm'),
  place('CMCC', `${WAN}.X_CMCC_GponInterfaceConfig`, 'linear_or_dbm'),
  place('FiberHome', `${WAN}.X_FH_GponInterfaceConfig`, 'dbm'),
  place('Nokia', 'InternetGatewayDevice.X_ALU_OntOpticalParam', 'dbm'),
  place('Tenda', `${WAN}.WANGponInterfaceConfig`, 'dbm'),
  {
    family: 'TR-181 XPON',
    object: 'Device.XPON.ONU.*.ANI.*.Transceiver.*',
    rx: 'RxPower',
    tx: 'TxPower',
    unit: 'deci_dbm',
  },
  {
    family: 'TR-181 Optical',
    object: 'Device.Optical.Interface.*',
    rx: 'OpticalSignalLevel',
    tx: 'TransmitOpticalLevel',
    unit: 'milli_dbm',
  },
];

function place(family: string, object: string, unit: OpticalUnit): OpticalPlace {
  return { family, object, rx: 'RXPower', tx: 'TXPower', unit };
}

/** Outside these, a reading is a fault of the device, not light. */
const LEAST_DBM = -40;
const MOST_DBM = 8;

/** The light levels of a device; null when it has no optical port or none was ever read. */
export function opticalReading(parameters: Parameters): OpticalReading | null {
  for (const { object, rx, tx, unit } of OPTICAL_PLACES) {
    for (const instance of instancesOf(parameters, object)) {
      const received = textOf(parameters, `${instance}.${rx}`);
      const sent = textOf(parameters, `${instance}.${tx}`);
      if (received !== null || sent !== null) {
        return { rxDbm: dbmOf(received, unit), txDbm: dbmOf(sent, unit) };
      }
    }
  }
  return null;
}

/** A level as written, in dBm to a hundredth; null when it is none or not believable. */
export function dbmOf(text: string | null, unit: OpticalUnit): number | null {
  const number = Number.parseFloat(text ?? '');
  if (!Number.isFinite(number)) return null;
  const dbm = converted(number, unit);
  // A level of exactly 0 in a standard parameter is one nobody filled in.
  const unfilled = number === 0 && unit !== 'dbm';
  if (unfilled || dbm < LEAST_DBM || dbm > MOST_DBM) return null;
  return Math.round(dbm * 100) / 100;
}

function converted(number: number, unit: OpticalUnit): number {
  switch (unit) {
    case 'dbm':
      return number;
    case 'milli_dbm':
      return number / 1000;
    case 'deci_dbm':
      return number / 10;
    case 'tenth_microwatt':
      return fromTenthMicrowatts(number);
    case 'linear_or_dbm':
      return number > 0 ? fromTenthMicrowatts(number) : number;
  }
}

/** 10 000 tenths of a microwatt are one milliwatt, which is 0 dBm. */
function fromTenthMicrowatts(raw: number): number {
  return 10 * Math.log10(raw / 10_000);
}

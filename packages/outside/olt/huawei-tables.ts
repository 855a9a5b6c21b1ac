import type { DownCause, OntReading } from './port.ts';

/** Root of HUAWEI-XPON-MIB's GPON tables. */
const H = '1.3.6.1.4.1.2011.6.128.1.1.2';

/** Columns about a configured ONT; each is followed by `.<ponIfIndex>.<ontId>`. */
export const ONT_COLUMNS = Object.freeze({
  serial: `${H}.43.1.3`,
  description: `${H}.43.1.9`,
  runStatus: `${H}.46.1.15`,
  distance: `${H}.46.1.20`,
  lastDownCause: `${H}.46.1.24`,
  temperature: `${H}.51.1.1`,
  txPower: `${H}.51.1.3`,
  rxPower: `${H}.51.1.4`,
  oltRxPower: `${H}.51.1.6`,
});

/** Serials of ONTs found and not configured, followed by `.<ponIfIndex>.<n>`. */
export const AUTOFIND_SERIAL = `${H}.48.1.2`;

/** Name of an interface, `GPON 0/1/0`, followed by its index. */
export const IF_NAME = '1.3.6.1.2.1.31.1.1.1.1';

/** `hwGponDeviceOntControlRunStatus`. */
export const RUN_STATES: ReadonlyMap<number, OntReading['state']> = new Map([
  [1, 'online'],
  [2, 'offline'],
]);

/** `hwGponDeviceOntControlLastDownCause`; the numbers left out are not causes. */
export const DOWN_CAUSES: ReadonlyMap<number, DownCause> = new Map([
  [1, 'loss_of_signal'],
  [2, 'loss_of_signal'],
  [3, 'loss_of_frame'],
  [4, 'signal_fail'],
  [5, 'loss_of_acknowledge'],
  [6, 'loss_of_management'],
  [7, 'deactivated'],
  [8, 'deactivated'],
  [9, 'reset'],
  [10, 're_registered'],
  [11, 'popup_fail'],
  [13, 'dying_gasp'],
  [15, 'loss_of_key_sync'],
]);

/** « No value »: an ONT that is dark or does not answer its OLT. */
const NO_VALUE: ReadonlySet<number> = new Set([2_147_483_647, 2_147_483_646, -2_147_483_648]);
/** Outside these, a level is not light. */
const LEAST_DBM = -45;
const MOST_DBM = 10;

/** Hundredths of a dBm, as `hwGponOntOptical…Power` writes them. */
export function centiDbm(raw: number | null): number | null {
  return raw === null || NO_VALUE.has(raw) ? null : believable(raw / 100);
}

/**
 * What the OLT receives of an ONT. The MIB says hundredths of a dBm, equipment adds 100 dBm to it: 7950 is
 * -20.5 dBm. A level is never above 0 by much, so a positive number can only be the second way.
 */
export function offsetCentiDbm(raw: number | null): number | null {
  if (raw === null || NO_VALUE.has(raw)) return null;
  return believable(raw > MOST_DBM * 100 ? (raw - 10_000) / 100 : raw / 100);
}

/** Whole degrees or metres, where -1 and the greatest number mean none. */
export function wholeOrNone(raw: number | null): number | null {
  return raw === null || raw === -1 || NO_VALUE.has(raw) ? null : raw;
}

/** `frame/slot/port` of a GPON interface index: 0xFA000000 | frame << 19 | slot << 13 | port << 8. */
export function portOfIfIndex(ifIndex: number): string | null {
  if (ifIndex >>> 24 !== 0xfa) return null;
  return `${(ifIndex >>> 19) & 0x1f}/${(ifIndex >>> 13) & 0x3f}/${(ifIndex >>> 8) & 0x1f}`;
}

function believable(dbm: number): number | null {
  return dbm < LEAST_DBM || dbm > MOST_DBM ? null : dbm;
}

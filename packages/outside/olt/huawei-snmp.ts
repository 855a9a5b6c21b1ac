import type { Session } from 'net-snmp';
import { broken, declined, done, retry, type Outcome } from '../outcome/index.ts';
import { ponSerialBytes, ponSerialOf, ponSerialOfBytes } from '../pon-serial/index.ts';
import {
  AUTOFIND_SERIAL,
  centiDbm,
  DOWN_CAUSES,
  IF_NAME,
  offsetCentiDbm,
  ONT_COLUMNS,
  portOfIfIndex,
  RUN_STATES,
  wholeOrNone,
} from './huawei-tables.ts';
import { oneAtATime } from './one-at-a-time.ts';
import type { Olt, OntQuery, OntReading, UnconfiguredOnt } from './port.ts';
import {
  getValues,
  SnmpNonsense,
  SnmpSilence,
  walkColumn,
  withSession,
  type SnmpValue,
} from './snmp-session.ts';

/** How to read the OLTs. */
export type HuaweiSnmpSettings = {
  /** Read community, the same everywhere or by OLT address. */
  readonly community: string | ((oltAddress: string) => string);
  /** Wait for one answer. Optical columns are slow: the OLT asks each ONT. */
  readonly timeoutMs: number;
  /** How often an unanswered question is asked again. */
  readonly retries: number;
  /** Deadline of the whole reading. */
  readonly deadlineMs: number;
};

type Place = { readonly ifIndex: number; readonly onuId: number };

const MAX_ONTS = 16_384;
const MAX_UNCONFIGURED = 1_024;
const SILENT_AFTER_MS = 60_000;
const BUSY_AFTER_MS = 5_000;

/** Huawei MA5600T, MA5608T and MA5800 by SNMP v2c, one conversation at a time per OLT. */
export function createHuaweiSnmpOlt(settings: HuaweiSnmpSettings): Olt {
  const inTurn = oneAtATime();
  const reading = async <T>(
    oltAddress: string,
    work: (session: Session) => Promise<T>,
  ): Promise<Outcome<T>> => {
    const turn = inTurn(oltAddress, () => read(settings, oltAddress, work));
    return turn ?? retry(BUSY_AFTER_MS, 'too many readings wait for this OLT');
  };
  return Object.freeze({
    vendor: 'huawei-snmp',
    readOnt: async (query: OntQuery) => {
      const serial = ponSerialOf(query.serial);
      if (serial === null) return declined('bad_serial', query.serial);
      return reading(query.oltAddress, (session) => readOnt(session, serial, query.at));
    },
    listUnconfiguredOnts: ({ oltAddress }: { oltAddress: string }) => reading(oltAddress, listUnconfigured),
  });
}

async function read<T>(
  settings: HuaweiSnmpSettings,
  address: string,
  work: (session: Session) => Promise<T>,
): Promise<Outcome<T>> {
  const { community, timeoutMs, retries, deadlineMs } = settings;
  const target = {
    address,
    timeoutMs,
    retries,
    community: typeof community === 'string' ? community : community(address),
  };
  try {
    return done(await withSession(target, (session) => beforeDeadline(work(session), deadlineMs)));
  } catch (error) {
    if (error instanceof SnmpSilence) return retry(SILENT_AFTER_MS, error.message);
    if (error instanceof SnmpNonsense) return broken(error.message);
    throw error;
  }
}

/** Reading changes nothing, so giving up on it is silence; what still comes is dropped with the session. */
async function beforeDeadline<T>(work: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new SnmpSilence(`no end within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}

async function readOnt(session: Session, serial: string, at: Place | undefined): Promise<OntReading | null> {
  const place = (await stillThere(session, serial, at)) ?? (await search(session, serial));
  return place === null ? null : readPlace(session, serial, place);
}

/** Where it was last time, if it still is: an ONT number is reused after a replacement. */
async function stillThere(session: Session, serial: string, at: Place | undefined): Promise<Place | null> {
  if (at === undefined) return null;
  const [value = null] = await getValues(session, [oidAt(ONT_COLUMNS.serial, at)]);
  return isSerial(value, serial) ? at : null;
}

async function search(session: Session, serial: string): Promise<Place | null> {
  const cells = await walkColumn(session, ONT_COLUMNS.serial, {
    limit: MAX_ONTS,
    until: ({ value }) => isSerial(value, serial),
  });
  const last = cells.at(-1);
  if (last === undefined || !isSerial(last.value, serial)) return null;
  const [ifIndex = 0, onuId = 0] = last.index;
  return { ifIndex, onuId };
}

async function readPlace(session: Session, serial: string, place: Place): Promise<OntReading> {
  const columns = Object.entries(ONT_COLUMNS);
  const oids = columns.map(([, column]) => oidAt(column, place));
  const values = await getValues(session, [...oids, `${IF_NAME}.${place.ifIndex}`]);
  const by = new Map(columns.map(([name], index) => [name, values[index] ?? null]));
  const number = (name: keyof typeof ONT_COLUMNS) => numberOf(by.get(name) ?? null);
  const name = textOf(values.at(-1) ?? null);
  return {
    serial,
    ...place,
    port: /(\d+\/\d+\/\d+)\s*$/.exec(name)?.[1] ?? portOfIfIndex(place.ifIndex),
    state: RUN_STATES.get(number('runStatus') ?? 0) ?? 'unknown',
    description: textOf(by.get('description') ?? null) || null,
    rxDbm: centiDbm(number('rxPower')),
    txDbm: centiDbm(number('txPower')),
    oltRxDbm: offsetCentiDbm(number('oltRxPower')),
    temperatureC: wholeOrNone(number('temperature')),
    distanceM: wholeOrNone(number('distance')),
    lastDownCause: DOWN_CAUSES.get(number('lastDownCause') ?? 0) ?? null,
  };
}

async function listUnconfigured(session: Session): Promise<readonly UnconfiguredOnt[]> {
  const cells = await walkColumn(session, AUTOFIND_SERIAL, { limit: MAX_UNCONFIGURED });
  return cells.flatMap(({ index: [ifIndex = 0], value }) => {
    const serial = Buffer.isBuffer(value) ? ponSerialOfBytes(value) : null;
    return serial === null ? [] : [{ serial, ifIndex, port: portOfIfIndex(ifIndex) }];
  });
}

function oidAt(column: string, { ifIndex, onuId }: Place): string {
  return `${column}.${ifIndex}.${onuId}`;
}

/** Compared as octets: the four binary ones may happen to be letters too. */
function isSerial(value: SnmpValue, serial: string): boolean {
  return Buffer.isBuffer(value) && value.equals(ponSerialBytes(serial));
}

function numberOf(value: SnmpValue): number | null {
  return typeof value === 'number' ? value : null;
}

function textOf(value: SnmpValue): string {
  return Buffer.isBuffer(value) ? value.toString('utf8').replaceAll('\u0000', '').trim() : '';
}

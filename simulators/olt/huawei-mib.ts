import { ponSerialBytes } from '@gigafibre/outside/pon-serial';
import type { WorldOnt } from '../onts/ont-registry.ts';
import { sortedMib, type Mib } from './mib.ts';
import type { SnmpAnswerLine, SnmpAnswerValue } from './snmp-message.ts';

/** What a Huawei OLT says of itself. */
export type OltFacts = {
  readonly name: string;
  readonly startedAt: Date;
  readonly now: Date;
  /** Firmware V800R018 has no optical table. */
  readonly hasOptics: boolean;
};

const H = [1, 3, 6, 1, 4, 1, 2011, 6, 128, 1, 1, 2];
const SYSTEM = [1, 3, 6, 1, 2, 1, 1];
const IF_NAME = [1, 3, 6, 1, 2, 1, 31, 1, 1, 1, 1];
/** What equipment gives when it has no reading. */
const NO_VALUE = 2_147_483_647;
const INVALID = -1;

/** Everything the OLT would answer, from the ONTs on it. */
export function huaweiMib(facts: OltFacts, onts: readonly WorldOnt[]): Mib {
  const ports = [...new Set(onts.map(({ port }) => port))];
  const configured = onts.filter(({ state }) => state !== 'unconfigured');
  const found = onts.filter(({ state }) => state === 'unconfigured');
  return sortedMib([
    ...systemLines(facts),
    ...ports.map((port) => line([...IF_NAME, ifIndexOf(port)], text(`GPON ${port}`))),
    ...configured.flatMap((ont) => ontLines(ont, facts)),
    ...found.map((ont, index) =>
      line([...H, 48, 1, 2, ifIndexOf(ont.port), index], octets(ponSerialBytes(ont.serial))),
    ),
  ]);
}

/** The interface index of a port `frame/slot/port`. */
export function ifIndexOf(port: string): number {
  const [frame = 0, slot = 0, number = 0] = port.split('/').map(Number);
  return 0xfa000000 + frame * 0x80000 + slot * 0x2000 + number * 0x100;
}

function systemLines({ name, startedAt, now }: OltFacts): SnmpAnswerLine[] {
  const ticks = Math.floor((now.getTime() - startedAt.getTime()) / 10);
  return [
    line([...SYSTEM, 1, 0], text('Huawei Integrated Access Software')),
    line([...SYSTEM, 2, 0], { is: 'oid', value: [1, 3, 6, 1, 4, 1, 2011, 2, 248] }),
    line([...SYSTEM, 3, 0], { is: 'ticks', value: Math.max(0, ticks) % 4_294_967_296 }),
    line([...SYSTEM, 5, 0], text(name)),
  ];
}

function ontLines(ont: WorldOnt, { hasOptics }: OltFacts): SnmpAnswerLine[] {
  const isUp = ont.state === 'online';
  const at = (table: number, column: number, value: SnmpAnswerValue) =>
    line([...H, table, 1, column, ifIndexOf(ont.port), ont.onuId], value);
  const light = (dbm: number) => integer(isUp ? Math.round(dbm * 100) : NO_VALUE);
  return [
    at(43, 3, octets(ponSerialBytes(ont.serial))),
    at(43, 9, text(`ONT ${ont.serial}`)),
    at(46, 15, integer(isUp ? 1 : 2)),
    at(46, 20, integer(isUp ? ont.distanceM : INVALID)),
    at(46, 24, integer(ont.lastDownCause)),
    ...(hasOptics
      ? [
          at(51, 1, integer(isUp ? 44 : NO_VALUE)),
          at(51, 3, light(ont.txDbm)),
          at(51, 4, light(ont.rxDbm)),
          // As equipment does, not as the MIB says: with 100 dBm added.
          at(51, 6, light(ont.oltRxDbm + 100)),
        ]
      : []),
  ];
}

function line(oid: readonly number[], value: SnmpAnswerValue): SnmpAnswerLine {
  return { oid, value };
}

function integer(value: number): SnmpAnswerValue {
  return { is: 'integer', value };
}

function octets(value: Buffer): SnmpAnswerValue {
  return { is: 'octets', value };
}

function text(value: string): SnmpAnswerValue {
  return octets(Buffer.from(value, 'utf8'));
}

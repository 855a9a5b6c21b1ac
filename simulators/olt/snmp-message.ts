import { element, integer, oid, readElements, readInteger, readOid, TAG, type Element } from './ber.ts';

/** A question to an agent. */
export type SnmpRequest = {
  readonly community: string;
  readonly kind: 'get' | 'get_next' | 'get_bulk' | 'set';
  readonly id: number;
  /** Of a bulk question: how many are asked once, and how far the others go. */
  readonly nonRepeaters: number;
  readonly maxRepetitions: number;
  readonly oids: readonly (readonly number[])[];
};

/** A value, written by its kind. */
export type SnmpAnswerValue =
  | { readonly is: 'integer' | 'gauge' | 'ticks'; readonly value: number }
  | { readonly is: 'octets'; readonly value: Buffer }
  | { readonly is: 'oid'; readonly value: readonly number[] }
  | { readonly is: 'no_such_object' | 'no_such_instance' | 'end_of_mib' | 'null' };

/** One line of an answer. */
export type SnmpAnswerLine = { readonly oid: readonly number[]; readonly value: SnmpAnswerValue };

const VERSION_2C = 1;
const KINDS: ReadonlyMap<number, SnmpRequest['kind']> = new Map([
  [TAG.get, 'get'],
  [TAG.getNext, 'get_next'],
  [TAG.getBulk, 'get_bulk'],
  [TAG.set, 'set'],
]);

/** Reads a packet; null when it is no question of SNMP v2c. */
export function readRequest(packet: Buffer): SnmpRequest | null {
  try {
    const [message] = readElements(packet);
    const [version, community, pdu] = readElements(bodyOf(message));
    const kind = KINDS.get(pdu?.tag ?? 0);
    if (kind === undefined || readInteger(bodyOf(version)) !== VERSION_2C) return null;
    const [id, second, third, lines] = readElements(bodyOf(pdu));
    const oids = readElements(bodyOf(lines)).map((line) => readOid(bodyOf(readElements(line.body)[0])));
    return {
      community: bodyOf(community).toString('latin1'),
      kind,
      id: readInteger(bodyOf(id)),
      nonRepeaters: kind === 'get_bulk' ? readInteger(bodyOf(second)) : 0,
      maxRepetitions: kind === 'get_bulk' ? readInteger(bodyOf(third)) : 0,
      oids,
    };
  } catch {
    // Not BER: agents say nothing to that.
    return null;
  }
}

/** Writes the answer to a question. `errorStatus` 0 is none, 17 not writable. */
export function writeResponse(
  request: SnmpRequest,
  lines: readonly SnmpAnswerLine[],
  errorStatus = 0,
): Buffer {
  const written = lines.map(({ oid: name, value }) =>
    element(TAG.sequence, Buffer.concat([oid(name), valueOctets(value)])),
  );
  const pdu = element(
    TAG.response,
    Buffer.concat([
      integer(request.id),
      integer(errorStatus),
      integer(errorStatus === 0 ? 0 : 1),
      element(TAG.sequence, Buffer.concat(written)),
    ]),
  );
  const community = element(TAG.octets, Buffer.from(request.community, 'latin1'));
  return element(TAG.sequence, Buffer.concat([integer(VERSION_2C), community, pdu]));
}

function valueOctets(value: SnmpAnswerValue): Buffer {
  const nothing = Buffer.alloc(0);
  switch (value.is) {
    case 'integer':
      return integer(value.value);
    case 'gauge':
      return integer(value.value, TAG.gauge);
    case 'ticks':
      return integer(value.value, TAG.timeTicks);
    case 'octets':
      return element(TAG.octets, value.value);
    case 'oid':
      return oid(value.value);
    case 'no_such_object':
      return element(TAG.noSuchObject, nothing);
    case 'no_such_instance':
      return element(TAG.noSuchInstance, nothing);
    case 'end_of_mib':
      return element(TAG.endOfMibView, nothing);
    case 'null':
      return element(TAG.null, nothing);
  }
}

function bodyOf(found: Element | undefined): Buffer {
  if (found === undefined) throw new Error('element missing');
  return found.body;
}

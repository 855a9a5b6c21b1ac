/**
 * The part of ASN.1's basic encoding that SNMP v2c uses, written here and not taken from the library the
 * hub uses: two readings of one standard find each other's mistakes.
 */

/** Tags of what an agent sends and receives. */
export const TAG = Object.freeze({
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  gauge: 0x42,
  timeTicks: 0x43,
  noSuchObject: 0x80,
  noSuchInstance: 0x81,
  endOfMibView: 0x82,
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  set: 0xa3,
  getBulk: 0xa5,
});

/** One element: its tag and the octets in it. */
export type Element = { readonly tag: number; readonly body: Buffer };

/** The elements that follow each other in these octets. Throws on octets that are not BER. */
export function readElements(octets: Buffer): Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at < octets.length) {
    const tag = octets.readUInt8(at);
    const { length, size } = readLength(octets, at + 1);
    const from = at + 1 + size;
    if (from + length > octets.length) throw new Error('element longer than its packet');
    elements.push({ tag, body: octets.subarray(from, from + length) });
    at = from + length;
  }
  return elements;
}

/** An element of these octets. */
export function element(tag: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOctets(body.length), body]);
}

/** A signed whole number. */
export function integer(value: number, tag: number = TAG.integer): Buffer {
  const body = Buffer.alloc(8);
  body.writeBigInt64BE(BigInt(value));
  let from = 0;
  // Leading octets that only repeat the sign are left out.
  while (
    from < 7 &&
    body[from] === (value < 0 ? 0xff : 0) &&
    ((body[from + 1] ?? 0) & 0x80) === (value < 0 ? 0x80 : 0)
  ) {
    from += 1;
  }
  return element(tag, body.subarray(from));
}

/** The signed whole number in these octets. */
export function readInteger(body: Buffer): number {
  return body.length === 0 ? 0 : body.readIntBE(0, Math.min(body.length, 6));
}

/** An object identifier. */
export function oid(steps: readonly number[]): Buffer {
  const [first = 0, second = 0, ...rest] = steps;
  return element(TAG.oid, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** The object identifier in these octets. */
export function readOid(body: Buffer): number[] {
  const [first = 0, ...rest] = body;
  const steps = [Math.floor(first / 40), first % 40];
  let step = 0;
  for (const octet of rest) {
    step = step * 128 + (octet & 0x7f);
    if ((octet & 0x80) === 0) {
      steps.push(step);
      step = 0;
    }
  }
  return steps;
}

function base128(step: number): number[] {
  const octets = [step % 128];
  for (let left = Math.floor(step / 128); left > 0; left = Math.floor(left / 128)) {
    octets.unshift((left % 128) | 0x80);
  }
  return octets;
}

function readLength(octets: Buffer, at: number): { length: number; size: number } {
  const first = octets.readUInt8(at);
  if (first < 0x80) return { length: first, size: 1 };
  const size = first & 0x7f;
  return { length: octets.readUIntBE(at + 1, size), size: size + 1 };
}

function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  return length < 0x100 ? Buffer.from([0x81, length]) : Buffer.from([0x82, length >> 8, length & 0xff]);
}

/** A device as GenieACS keeps it: a tree of objects and leaves, and GenieACS's own fields beside. */
export type DeviceDocument = { _id: string; _lastInform?: string; [name: string]: unknown };

/** A parameter before it is in the tree. An undefined value is a name known but never fetched. */
export type ParameterRow = {
  readonly path: string;
  readonly value: string | number | boolean | undefined;
  readonly type: string;
  readonly writable: boolean;
  readonly at: string | null;
};

/** Who a device says it is. */
export type DeviceIdentity = {
  readonly manufacturer: string;
  readonly oui: string;
  readonly productClass: string;
  readonly serial: string;
};

/** A leaf as GenieACS shows it. */
export type Leaf = {
  _object: false;
  _writable: boolean;
  _value?: unknown;
  _type?: string;
  _timestamp?: string;
};

const MAX_DEPTH = 24;

/** The id GenieACS gives a device: its parts with every unusual byte escaped, a dash included. */
export function deviceIdOf({ oui, productClass, serial }: DeviceIdentity): string {
  const parts = productClass === '' ? [oui, serial] : [oui, productClass, serial];
  return parts.map(escapedPart).join('-');
}

/** The document of a device with these parameters. */
export function deviceDocument(identity: DeviceIdentity, rows: Iterable<ParameterRow>): DeviceDocument {
  const document: DeviceDocument = {
    _id: deviceIdOf(identity),
    _deviceId: {
      _Manufacturer: identity.manufacturer,
      _OUI: identity.oui,
      _ProductClass: identity.productClass,
      _SerialNumber: identity.serial,
    },
  };
  for (const row of rows) setParameter(document, row);
  return document;
}

/** Puts a parameter in its place, making the objects on the way. */
export function setParameter(document: DeviceDocument, row: ParameterRow): void {
  const steps = row.path.split('.').slice(0, MAX_DEPTH);
  let node: Record<string, unknown> = document;
  for (const step of steps.slice(0, -1)) {
    const known = node[step];
    const child = isNode(known) ? known : { _object: true, _writable: false };
    node[step] = child;
    node = child;
  }
  node[steps.at(-1) ?? ''] = leafOf(row);
}

/** Whether a value is an object of the tree. */
export function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function leafOf({ value, type, writable, at }: ParameterRow): Leaf {
  const leaf: Leaf = { _object: false, _writable: writable };
  if (value === undefined) return leaf;
  return { ...leaf, _value: value, _type: type, ...(at === null ? {} : { _timestamp: at }) };
}

function escapedPart(part: string): string {
  const bytes = [...Buffer.from(part, 'utf8')];
  return bytes
    .map((byte) => {
      const char = String.fromCodePoint(byte);
      return /\w/.test(char) ? char : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    })
    .join('');
}

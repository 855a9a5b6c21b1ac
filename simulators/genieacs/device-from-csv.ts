import { deviceDocument, type DeviceDocument, type ParameterRow } from './device-document.ts';

const MAX_ROWS = 50_000;

/** A device out of the CSV that GenieACS's own pages export: one parameter a row, types beside. */
export function deviceFromCsv(csv: string): DeviceDocument {
  const [header = [], ...lines] = readCsv(csv);
  const rows: ParameterRow[] = [];
  const identity = new Map<string, string>();
  for (const line of lines) {
    const field = (name: string): string => line[header.indexOf(name)] ?? '';
    const path = field('Parameter');
    if (path.startsWith('DeviceID.')) identity.set(path, field('Value'));
    else if (path !== '' && !path.startsWith('Tags.') && field('Object') !== 'true') {
      rows.push(rowOf({ path, value: field('Value'), type: field('Value type') }, field));
    }
  }
  const document = deviceDocument(
    {
      manufacturer: identity.get('DeviceID.Manufacturer') ?? '',
      oui: identity.get('DeviceID.OUI') ?? '',
      productClass: identity.get('DeviceID.ProductClass') ?? '',
      serial: identity.get('DeviceID.SerialNumber') ?? '',
    },
    rows,
  );
  const newest = rows.map(({ at }) => at ?? '').reduce((a, b) => (a > b ? a : b), '');
  return newest === '' ? document : { ...document, _lastInform: newest };
}

function rowOf(
  { path, value, type }: { path: string; value: string; type: string },
  field: (name: string) => string,
): ParameterRow {
  const at = field('Value timestamp');
  return {
    path,
    value: type === '' ? undefined : nativeValue(value, type),
    type,
    writable: field('Writable') === 'true',
    at: at === '' ? null : at,
  };
}

function nativeValue(text: string, type: string): string | number | boolean {
  switch (type) {
    case 'xsd:boolean':
      return text === 'true' || text === '1';
    case 'xsd:int':
    case 'xsd:unsignedInt':
    case 'xsd:long':
    case 'xsd:unsignedLong':
      return text === '' || Number.isNaN(Number(text)) ? text : Number(text);
    default:
      return text;
  }
}

/** Rows of a CSV with quoted fields, which may hold commas, quotes and line ends. */
function readCsv(csv: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const fields = csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g);
  for (const [, quoted, bare, end] of fields) {
    row.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === ',') continue;
    if (row.length > 1) rows.push(row);
    row = [];
    if (end === '' || rows.length >= MAX_ROWS) break;
  }
  return rows;
}

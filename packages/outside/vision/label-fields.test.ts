import fc from 'fast-check';
import { expect, test } from 'vitest';
import { labelFields, rankCodes, type LabelFields } from './label-fields.ts';
import type { CodeFormat } from './port.ts';

function fields(...texts: readonly string[]): LabelFields {
  return labelFields(texts.map((text) => ({ text, format: 'code128' })));
}

test.each([
  'HWTC1A2B3C4D',
  'hwtc1a2b3c4d',
  '485754431A2B3C4D',
  'S/N:HWTC1A2B3C4D',
  'SN HWTC1A2B3C4D',
  'SN: 48575443 1A2B3C4D',
  'GPON SN:HWTC-1A2B3C4D',
  'PON S/N = HWTC1A2B3C4D',
  'ONT SN#HWTC1A2B3C4D',
  'Serial No. HWTC1A2B3C4D',
  'https://setup.example/ont?sn=HWTC1A2B3C4D&mac=001EC947D49B',
  '{"sn":"HWTC1A2B3C4D","model":"HG8245"}',
  'HWTC1A2B3C4D\r\nMAC:00:1E:C9:47:D4:9B',
])('%s holds the serial HWTC1A2B3C4D of a Huawei', (text) => {
  expect(fields(text)).toMatchObject({ serial: 'HWTC1A2B3C4D', maker: 'Huawei' });
});

test.each([
  '001EC947D49B',
  '00:1e:c9:47:d4:9b',
  '00-1E-C9-47-D4-9B',
  '001E.C947.D49B',
  'MAC:001EC947D49B',
  'MAC 001EC947D49B',
  'MAC ID: 00:1E:C9:47:D4:9B',
  'WAN MAC=001EC947D49B',
])('%s holds the address 00:1E:C9:47:D4:9B', (text) => {
  expect(fields(text)).toEqual({ mac: '00:1E:C9:47:D4:9B' });
});

test('a label with several codes gives each field from where it is surest', () => {
  expect(fields('2237A9001042', '0031925E0A11', 'TPLG46E80F93')).toEqual({
    serial: 'TPLG46E80F93',
    mac: '00:31:92:5E:0A:11',
    maker: 'TP-Link',
    barcode: '2237A9001042',
  });
});

test('one QR code with pairs gives all fields', () => {
  expect(fields('SN:TPLG46E80F93;MAC:0031925E0A11;MODEL:XX530v')).toEqual({
    serial: 'TPLG46E80F93',
    mac: '00:31:92:5E:0A:11',
    maker: 'TP-Link',
    model: 'XX530v',
  });
  expect(fields('SN: ALCLFA0B1C2D MAC: 0CA1B2C3D4E6')).toMatchObject({
    serial: 'ALCLFA0B1C2D',
    mac: '0C:A1:B2:C3:D4:E6',
  });
});

test('the serial on the network is told from the serial of the product', () => {
  expect(fields('D-SN:2150083412EGH5001234', 'SN:HWTC1A2B3C4D')).toEqual({
    serial: 'HWTC1A2B3C4D',
    maker: 'Huawei',
    barcode: '2150083412EGH5001234',
  });
});

test('O and I behind a known vendor are the digits they look like', () => {
  expect(fields('SN:HWTCOA2B3C4I').serial).toBe('HWTC0A2B3C41');
  expect(fields('SN:QQQQOA2B3C4I').serial).toBeUndefined();
});

test('letters of a vendor nobody knows make a serial, twelve hexadecimal digits make an address', () => {
  expect(fields('XYZW00112233').serial).toBe('XYZW00112233');
  expect(fields('ACDC00112233')).toEqual({ mac: 'AC:DC:00:11:22:33' });
  expect(fields('SN:ACDC00112233').serial).toBe('ACDC00112233');
});

test('an article number of a shop is neither serial nor address', () => {
  expect(labelFields([{ text: '073333531084', format: 'upca' }])).toEqual({ barcode: '073333531084' });
  expect(fields('073333531084')).toEqual({ barcode: '073333531084' });
  expect(fields('MAC:073333531084')).toEqual({ barcode: undefined, mac: undefined });
  expect(fields('MAC:083333531084')).toEqual({ mac: '08:33:33:53:10:84' });
});

test('addresses of groups and of nobody are not a device', () => {
  for (const text of ['MAC:FFFFFFFFFFFF', 'MAC:000000000000', 'MAC:01005E0000FB'])
    expect(fields(text).mac).toBeUndefined();
});

test('a Wi-Fi code gives nothing: it carries a key', () => {
  expect(fields('WIFI:T:WPA;S:Gigafibre-12AB;P:s3cret-1234;;')).toEqual({});
});

test('the maker is also known by its name', () => {
  expect(fields('Nokia XS-2426X-A').maker).toBe('Nokia');
});

test('codes that identify the device come first', () => {
  const codes = ['0690443017013', '0031925E0A11', 'TPLG46E80F93'].map((text) => ({
    text,
    format: 'code128' as CodeFormat,
  }));
  expect(rankCodes(codes).map(({ text }) => text)).toEqual(['TPLG46E80F93', '0031925E0A11', '0690443017013']);
});

test('any texts are accepted, and what comes out is of its form and was in the texts', () => {
  const piece = fc.constantFrom(
    'SN',
    'S/N:',
    'MAC:',
    'WIFI:',
    'HWTC',
    '1A2B3C4D',
    '001EC947D49B',
    ' ',
    ';',
    '\n',
    '\u0000',
    '::',
    '{"',
    '?a=',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      const found = fields(...texts);
      if (found.serial !== undefined) expect(found.serial).toMatch(/^[A-Z][A-Z0-9]{3}[0-9A-F]{8}$/);
      if (found.mac !== undefined) expect(found.mac).toMatch(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/);
      if (found.barcode !== undefined) expect(texts.join('\n')).toContain(found.barcode);
    }),
    { numRuns: 500 },
  );
});

test('a serial is read back from any way of writing it', () => {
  const serials = fc.tuple(
    fc.constantFrom('HWTC', 'TPLG', 'ALCL', 'ZTEG'),
    fc.stringMatching(/^[0-9A-F]{8}$/),
  );
  const prefixes = fc.constantFrom('', 'S/N:', 'SN ', 'GPON SN: ', 'PON-SN=', 'sn:');
  fc.assert(
    fc.property(serials, prefixes, fc.boolean(), ([vendor, number], prefix, hex) => {
      const written = hex ? Buffer.from(vendor, 'latin1').toString('hex') + number : vendor + number;
      expect(fields(prefix + written).serial).toBe(vendor + number);
    }),
  );
});

// Arithmetic of HUAWEI-XPON-MIB, and a recorded walk of a real OLT.
import { readFileSync } from 'node:fs';
import { sharedData } from '@gigafibre/testing/shared-data';
import { expect, test } from 'vitest';
import { centiDbm, IF_NAME, offsetCentiDbm, portOfIfIndex } from './huawei-tables.ts';

test.each([
  [-2053, -20.53],
  [220, 2.2],
  [2_147_483_647, null],
  [-6_000, null],
  [null, null],
])('light %s hundredths is %s dBm', (raw, dbm) => {
  expect(centiDbm(raw)).toBe(dbm);
});

test.each([
  [7_950, -20.5],
  [-2_050, -20.5],
  [10_000, 0],
  [2_147_483_647, null],
  [null, null],
])('what the OLT receives, %s, is %s dBm', (raw, dbm) => {
  expect(offsetCentiDbm(raw)).toBe(dbm);
});

const walk = sharedData('snmp/walks/smartax.snmprec');

test.skipIf(walk === undefined)(
  'interface indexes of a real OLT give the ports it names (skipped without the real-input collection)',
  () => {
    const names = readFileSync(walk ?? '', 'utf8')
      .split('\n')
      .map((line) => line.split('|'))
      .filter(([oid = '', , name = '']) => oid.startsWith(`${IF_NAME}.`) && name.startsWith('GPON'));
    expect(names.length).toBeGreaterThan(20);
    for (const [oid = '', , name = ''] of names) {
      expect(`GPON ${portOfIfIndex(Number(oid.slice(IF_NAME.length + 1)))}`).toBe(name);
    }
  },
);

test('another interface is no GPON port', () => {
  expect(portOfIfIndex(234_881_024)).toBeNull();
});

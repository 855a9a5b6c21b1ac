// Device trees exported from real equipment; what they must give is in data/cpe/facts.json, picked mechanically.
import { readFileSync } from 'node:fs';
import { sharedData } from '@gigafibre/testing/shared-data';
import { deviceFromCsv } from '@gigafibre/simulators';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../wire/index.ts';
import { extractDevice } from './extract-device.ts';
import { dbmOf } from './optical.ts';

type Facts = {
  file: string;
  manufacturer: string;
  productClass: string;
  modelName: string;
  serial: string;
  softwareVersion: string;
  upTime: string;
  ssids: Record<string, string>;
  hosts: Record<string, string>;
};

const folder = sharedData('cpe');
const facts: Facts[] =
  folder === undefined
    ? []
    : (JSON.parse(readFileSync(`${folder}/facts.json`, 'utf8')) as Facts[]).filter(({ file }) =>
        file.endsWith('.csv'),
      );

function read(file: string) {
  const device = extractDevice(recordOf(deviceFromCsv(readFileSync(`${folder ?? ''}/${file}`, 'utf8'))));
  if (device === null) throw new Error(`${file} is no device`);
  return device;
}

describe.skipIf(folder === undefined)('real device trees (skipped without the real-input collection)', () => {
  test.each(facts)('$file: identity, software and uptime', (expected) => {
    const device = read(expected.file);
    expect(device).toMatchObject({ manufacturer: expected.manufacturer, serial: expected.serial });
    expect(device.softwareVersion ?? '').toBe(expected.softwareVersion ?? '');
    expect(String(device.uptimeSeconds)).toBe(String(expected.upTime));
    const named = expected.modelName === 'ModelName' ? expected.productClass : expected.modelName;
    expect(device.model).toBe(named);
  });

  test.each(facts)('$file: every Wi-Fi name and every host', (expected) => {
    const device = read(expected.file);
    const names = Object.values(expected.ssids).filter((name) => name.trim() !== '');
    expect(device.wifi.map(({ ssid }) => ssid).toSorted()).toEqual(names.toSorted());
    const addresses = Object.entries(expected.hosts).filter(
      ([path, ip]) => path.endsWith('.IPAddress') && ip !== '',
    );
    const found = device.hosts.flatMap(({ ip }) => ip ?? []);
    expect(found.toSorted()).toEqual(addresses.map(([, ip]) => ip).toSorted());
    for (const { mac } of device.hosts) expect(mac).toMatch(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/);
  });

  test.each([
    ['EG8145V5-4', { rxDbm: -3, txDbm: 2 }],
    ['XX230v', { rxDbm: -2.5, txDbm: 1.73 }],
    ['H199A', null],
    ['EX220', null],
  ])('%s: light in dBm, by the unit its maker uses', (name, optical) => {
    expect(read(fileOf(name)).optical).toEqual(optical);
  });

  test.each([
    ['EG8145V5-4', '192.168.89.198'],
    ['XX230v', '192.168.89.137'],
    ['H199A', '192.168.89.227'],
    ['EX220', '192.168.88.38'],
    ['EC220', '192.168.88.187'],
    ['W5-2100G', '192.168.89.85'],
    ['BM632w', '172.3.89.139'],
  ])('%s: the address on the outside', (name, ip) => {
    expect(read(fileOf(name)).wanIp).toBe(ip);
  });

  test.each([
    ['EG8145V5-4', 'HWTCA94196A5'],
    ['XX230v', 'TPLGB4FB2AC8'],
    ['EC220', null],
  ])('%s: the serial the OLT knows it by', (name, serial) => {
    expect(read(fileOf(name)).ponSerial).toBe(serial);
  });

  test('bands and switches of networks follow the radio and the access point, not the numbering', () => {
    const { wifi } = read(fileOf('XX230v'));
    expect(wifi.find(({ ssid }) => ssid === 'TP-Link_2AC8')).toEqual({
      ssid: 'TP-Link_2AC8',
      band: '2.4GHz',
      enabled: true,
      channel: 10,
      bssid: '1C:61:B4:FB:2A:C8',
    });
    const zte = read(fileOf('H199A')).wifi;
    expect(zte.filter(({ enabled }) => enabled).map(({ ssid, band }) => [ssid, band])).toEqual([
      ['Anlix-ZTE-H199', '2.4GHz'],
      ['Anlix-ZTE-H199-5G', '5GHz'],
    ]);
  });

  function fileOf(part: string): string {
    return facts.find(({ file }) => file.includes(part))?.file ?? part;
  }
});

test('a connection that is up without an address yet is not the address on the outside', () => {
  const leaf = (value: string) => ({ _object: false, _value: value });
  const wan = (ip: string) => ({ ConnectionStatus: leaf('Connected'), ExternalIPAddress: leaf(ip) });
  const connections = {
    WANPPPConnection: { '1': wan('0.0.0.0') },
    WANIPConnection: { '1': wan('10.0.0.7') },
  };
  const device = { WANDevice: { '1': { WANConnectionDevice: { '2': connections } } } };
  expect(extractDevice({ _id: 'a-b-c', InternetGatewayDevice: device })?.wanIp).toBe('10.0.0.7');
});

test.each([
  ['5624', 'tenth_microwatt', -2.5],
  ['0', 'tenth_microwatt', null],
  ['-18', 'dbm', -18],
  ['-20.1 dBm', 'dbm', -20.1],
  ['-21500', 'milli_dbm', -21.5],
  ['0', 'milli_dbm', null],
  ['-274', 'deci_dbm', -27.4],
  ['-21.3', 'linear_or_dbm', -21.3],
  ['100', 'linear_or_dbm', -20],
  ['2147483647', 'dbm', null],
  ['-80000', 'milli_dbm', null],
  ['--', 'dbm', null],
  [null, 'dbm', null],
] as const)('a level written %s in %s is %s dBm', (text, unit, dbm) => {
  expect(dbmOf(text, unit)).toBe(dbm);
});

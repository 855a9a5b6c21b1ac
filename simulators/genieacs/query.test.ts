import { expect, test } from 'vitest';
import { deviceIdOf } from './device-document.ts';
import { deviceFromCsv } from './device-from-csv.ts';
import { BadQuery, matches, projected, readerOf } from './query.ts';

const device = {
  _id: 'A-B-C',
  _lastInform: '2026-03-02T15:00:00.000Z',
  _tags: ['vip'],
  _deviceId: { _SerialNumber: '123' },
  Device: {
    DeviceInfo: { ModelName: { _value: 'XX230v' }, UpTime: { _value: 500 } },
    Hosts: { Host: { '1': { HostName: { _value: 'salon' } }, '3': { HostName: { _value: 'cuisine' } } } },
  },
};

test.each([
  [{}, true],
  [{ 'Device.DeviceInfo.ModelName': 'XX230v' }, true],
  [{ 'Device.DeviceInfo.ModelName': 'XX*' }, true],
  [{ 'Device.DeviceInfo.ModelName': '/^xx/i' }, true],
  [{ 'Device.DeviceInfo.ModelName': '/^xx/' }, false],
  [{ 'Device.DeviceInfo.UpTime': '500' }, true],
  [{ 'Device.DeviceInfo.UpTime': { $gt: 400, $lt: 500 } }, false],
  [{ '_deviceId._SerialNumber': '123' }, true],
  [{ _tags: 'vip' }, true],
  [{ _lastInform: { $gt: '2026-01-01T00:00:00.000Z' } }, true],
  [{ 'Device.No.Such': { $exists: false } }, true],
  [{ $or: [{ _id: 'X' }, { 'Device.Hosts.Host.3.HostName': 'cuisine' }] }, true],
  [{ $and: [{ _id: 'A-B-C' }, { _tags: 'other' }] }, false],
])('%j matches: %s', (query, expected) => {
  expect(matches(readerOf(device), query)).toBe(expected);
});

test('a query that cannot be read is refused', () => {
  expect(() => matches(readerOf(device), [])).toThrow(BadQuery);
  expect(() => matches(readerOf(device), { _id: { $where: 'x' } })).toThrow(BadQuery);
});

test('a projection gives only what is asked, and the id', () => {
  expect(projected(device, 'Device.Hosts.Host.3')).toEqual({
    _id: 'A-B-C',
    Device: { Hosts: { Host: { '3': { HostName: { _value: 'cuisine' } } } } },
  });
  expect(projected(device, 'Device.DeviceInfo,Device.DeviceInfo.UpTime')).toEqual({
    _id: 'A-B-C',
    Device: { DeviceInfo: device.Device.DeviceInfo },
  });
  expect(projected(device, undefined)).toBe(device);
});

test('every unusual byte of an id is escaped, a dash too', () => {
  const id = deviceIdOf({ manufacturer: 'ZTE', oui: 'C0B101', productClass: 'ZXHN H-199', serial: 'é1' });
  expect(id).toBe('C0B101-ZXHN%20H%2D199-%C3%A91');
});

test('an export with commas, quotes and line ends inside its fields is read', () => {
  const csv =
    'Parameter,Object,Writable,Value,Value type\r\nDeviceID.Manufacturer,false,false,"Huawei, Ltd",xsd:string\r\nDevice.A.Note,false,true,"a ""b""\nc",xsd:string\r\nDevice.A.On,false,true,1,xsd:boolean\r\nDevice.A.Never,false,true,,\r\n';
  expect(deviceFromCsv(csv)).toMatchObject({
    _deviceId: { _Manufacturer: 'Huawei, Ltd' },
    Device: {
      A: { Note: { _value: 'a "b"\nc' }, On: { _value: true }, Never: { _object: false, _writable: true } },
    },
  });
});

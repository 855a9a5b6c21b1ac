import { ponSerialBytes, ponSerialOf } from '../pon-serial/index.ts';
import type { DeviceKey } from './port.ts';
import { macOf } from './wifi.ts';

/** Parameters in which devices repeat the serial of their optical port. */
const PON_SERIAL_PATHS = [
  'Device.Optical.Interface.1.GponAuth.GponSn',
  'Device.XPON.ONU.1.ANI.1.TC.ONUActivation.SerialNumber',
  'InternetGatewayDevice.DeviceInfo.X_HW_SerialNumber',
  'InternetGatewayDevice.DeviceInfo.SerialNumber',
] as const;

/** Parameters in which a device shows a MAC that may be on its label. */
const MAC_PATHS = [
  'Device.Ethernet.Interface.1.MACAddress',
  'Device.Ethernet.Interface.2.MACAddress',
  'Device.Ethernet.Link.1.MACAddress',
  'Device.WiFi.SSID.1.BSSID',
  'Device.WiFi.SSID.3.BSSID',
  'InternetGatewayDevice.LANDevice.1.LANEthernetInterfaceConfig.1.MACAddress',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.1.BSSID',
  'InternetGatewayDevice.LANDevice.1.WLANConfiguration.5.BSSID',
  'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANIPConnection.1.MACAddress',
  'InternetGatewayDevice.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1.MACAddress',
] as const;

/** Nothing with a meaning of its own in a query: `*` is a wildcard there, and `/` begins a pattern. */
const SERIAL = /^[A-Za-z0-9 ._:-]{3,64}$/;

/** The query that finds a device by what somebody reads on it; null when it is neither serial nor MAC. */
export function deviceQuery(key: DeviceKey): object | null {
  return 'mac' in key ? macQuery(key.mac) : serialQuery(key.serial.trim());
}

function serialQuery(serial: string): object | null {
  if (!SERIAL.test(serial)) return null;
  const pon = ponSerialOf(serial);
  const writings = new Set([serial, serial.toUpperCase()]);
  if (pon !== null) writings.add(pon).add(ponSerialBytes(pon).toString('hex').toUpperCase());
  const paths = pon === null ? ['_deviceId._SerialNumber'] : ['_deviceId._SerialNumber', ...PON_SERIAL_PATHS];
  return anyOf(paths, [...writings]);
}

function macQuery(text: string): object | null {
  const mac = macOf(text);
  if (mac === null) return null;
  // Devices write theirs in capitals or not, and each query compares as written.
  return anyOf([...MAC_PATHS], [mac, mac.toLowerCase()]);
}

function anyOf(paths: readonly string[], values: readonly string[]): object {
  return { $or: paths.flatMap((path) => values.map((value) => ({ [path]: value }))) };
}

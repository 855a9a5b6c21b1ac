import { ponSerialBytes } from '@gigafibre/outside/pon-serial';
import { macAfter, type OntFacts, type ParameterSpec } from './equipment.ts';

const text = (value: string) => () => value;
const yes = () => true;
const no = () => false;

/** A level as this maker writes it: linear, in tenths of a microwatt. */
function tenthMicrowatts(dbm: number): number {
  return Math.round(10 ** (dbm / 10) * 10_000);
}

function gponSn({ serial }: OntFacts): string {
  return ponSerialBytes(serial).toString('hex').toUpperCase();
}

/** The maker's own serial, digits unlike the one of the optical port. */
export function tpLinkSerial({ serial }: OntFacts): string {
  return `22${Number.parseInt(serial.slice(4), 16).toString().padStart(10, '0')}`.slice(0, 13);
}

const WAN = 'Device.IP.Interface.6';
const GPON = 'Device.Optical.Interface.1';

/** TP-Link XX230v: TR-181, product class `Device2`, light in a vendor object while the standard one stays 0. */
export const XX230V_PARAMETERS: readonly ParameterSpec[] = [
  ['Device.DeviceInfo.Manufacturer', 'xsd:string', false, text('TP-Link')],
  ['Device.DeviceInfo.ManufacturerOUI', 'xsd:string', false, text('1C61B4')],
  ['Device.DeviceInfo.ModelName', 'xsd:string', false, text('XX230v')],
  ['Device.DeviceInfo.ProductClass', 'xsd:string', false, text('Device2')],
  ['Device.DeviceInfo.SerialNumber', 'xsd:string', false, tpLinkSerial],
  ['Device.DeviceInfo.HardwareVersion', 'xsd:string', false, text('XX230v v1.0 00000000')],
  [
    'Device.DeviceInfo.SoftwareVersion',
    'xsd:string',
    false,
    text('0.9.0 3.0.0 v6066.0 Build 250314 Rel.40112n'),
  ],
  ['Device.DeviceInfo.UpTime', 'xsd:unsignedInt', false, (ont) => ont.uptimeSeconds],
  ['Device.ManagementServer.PeriodicInformInterval', 'xsd:unsignedInt', true, () => 300],
  ['Device.ManagementServer.ConnectionRequestPassword', 'xsd:string', true, () => undefined],
  [`${GPON}.Enable`, 'xsd:boolean', true, yes],
  [`${GPON}.Status`, 'xsd:string', false, text('Up')],
  [`${GPON}.OpticalSignalLevel`, 'xsd:int', false, () => 0],
  [`${GPON}.TransmitOpticalLevel`, 'xsd:int', false, () => 0],
  [`${GPON}.GponAuth.GponSn`, 'xsd:string', true, gponSn],
  [`${GPON}.X_TP_GPON_Config.RXPower`, 'xsd:int', false, (ont) => tenthMicrowatts(ont.rxDbm)],
  [`${GPON}.X_TP_GPON_Config.TXPower`, 'xsd:int', false, (ont) => tenthMicrowatts(ont.txDbm)],
  [`${GPON}.X_TP_GPON_Config.BiasCurrent`, 'xsd:int', false, () => 8302],
  [`${GPON}.X_TP_GPON_Config.SupplyVottage`, 'xsd:int', false, () => 3298],
  [`${GPON}.X_TP_GPON_Config.TransceiverTemperature`, 'xsd:int', false, () => 12_251],
  [`${GPON}.X_TP_GPON_Config.Status`, 'xsd:string', false, text('5')],
  ['Device.Ethernet.Interface.1.MACAddress', 'xsd:string', false, (ont) => ont.mac],
  ['Device.Ethernet.Interface.1.MaxBitRate', 'xsd:int', true, () => 1000],
  ['Device.Ethernet.Interface.2.MACAddress', 'xsd:string', false, (ont) => ont.mac],
  ['Device.Ethernet.Interface.2.MaxBitRate', 'xsd:int', true, () => -1],
  ['Device.IP.Interface.1.Status', 'xsd:string', false, text('Up')],
  ['Device.IP.Interface.1.X_TP_ConnType', 'xsd:string', true, text('LAN')],
  ['Device.IP.Interface.1.IPv4Address.1.IPAddress', 'xsd:string', true, text('192.168.1.1')],
  [`${WAN}.Status`, 'xsd:string', false, text('Up')],
  [`${WAN}.LowerLayers`, 'xsd:string', true, text('Device.PPP.Interface.3.')],
  [`${WAN}.X_TP_ConnType`, 'xsd:string', true, text('PPPoE')],
  [`${WAN}.X_TP_ServiceType`, 'xsd:string', true, text('Internet')],
  [`${WAN}.IPv4Address.1.IPAddress`, 'xsd:string', true, (ont) => ont.wanIp],
  ['Device.PPP.Interface.3.Status', 'xsd:string', false, text('Up')],
  ['Device.PPP.Interface.3.ConnectionStatus', 'xsd:string', false, text('Connected')],
  ['Device.PPP.Interface.3.IPCP.LocalIPAddress', 'xsd:string', false, (ont) => ont.wanIp],
  ['Device.PPP.Interface.3.Username', 'xsd:string', true, (ont) => ont.serial.toLowerCase()],
  ...radio(1, '2.4GHz', 6),
  ...radio(2, '5GHz', 44),
  ...network(1, 1, (ont) => ont.ssid, 0),
  ...network(3, 2, (ont) => `${ont.ssid}_5G`, 2),
  ['Device.Hosts.Host.1.PhysAddress', 'xsd:string', false, (ont) => macAfter(ont.mac, 0x1111)],
  ['Device.Hosts.Host.1.IPAddress', 'xsd:string', false, text('192.168.1.10')],
  ['Device.Hosts.Host.1.HostName', 'xsd:string', false, text('portable-salon')],
  ['Device.Hosts.Host.1.InterfaceType', 'xsd:string', false, text('Wi-Fi')],
  ['Device.Hosts.Host.1.Active', 'xsd:boolean', false, yes],
  ['Device.Hosts.Host.2.PhysAddress', 'xsd:string', false, (ont) => macAfter(ont.mac, 0x2222)],
  ['Device.Hosts.Host.2.IPAddress', 'xsd:string', false, text('192.168.1.11')],
  ['Device.Hosts.Host.2.HostName', 'xsd:string', false, text('Unknown')],
  ['Device.Hosts.Host.2.InterfaceType', 'xsd:string', false, text('Ethernet')],
  ['Device.Hosts.Host.2.Active', 'xsd:boolean', false, no],
];

function radio(index: number, band: string, channel: number): readonly ParameterSpec[] {
  const at = `Device.WiFi.Radio.${index}`;
  return [
    [`${at}.Enable`, 'xsd:boolean', true, yes],
    [`${at}.Status`, 'xsd:string', false, text('Up')],
    [`${at}.OperatingFrequencyBand`, 'xsd:string', true, text(band)],
    [`${at}.Channel`, 'xsd:unsignedInt', true, () => channel],
  ];
}

function network(
  index: number,
  radioIndex: number,
  ssid: (ont: OntFacts) => string,
  macStep: number,
): readonly ParameterSpec[] {
  const at = `Device.WiFi.SSID.${index}`;
  const accessPoint = `Device.WiFi.AccessPoint.${index}`;
  return [
    [`${at}.Enable`, 'xsd:boolean', true, yes],
    [`${at}.SSID`, 'xsd:string', true, ssid],
    [`${at}.BSSID`, 'xsd:string', false, (ont) => macAfter(ont.mac, macStep)],
    [`${at}.LowerLayers`, 'xsd:string', true, text(`Device.WiFi.Radio.${radioIndex}.`)],
    [`${accessPoint}.Enable`, 'xsd:boolean', true, yes],
    [`${accessPoint}.SSIDReference`, 'xsd:string', true, text(`${at}.`)],
    [`${accessPoint}.Security.KeyPassphrase`, 'xsd:string', true, text('')],
  ];
}

import { ponSerialBytes } from '@gigafibre/outside/pon-serial';
import { macAfter, type OntFacts, type ParameterSpec } from './equipment.ts';

const text = (value: string) => () => value;
const yes = () => true;

const IGD = 'InternetGatewayDevice';
const WAN = `${IGD}.WANDevice.1.WANConnectionDevice.1.WANPPPConnection.1`;
/** The typing error is the maker's. */
const GPON = `${IGD}.WANDevice.1.X_GponInterafceConfig`;

/** The maker's own serial is that of the optical port, in hexadecimal. */
export function huaweiSerial({ serial }: OntFacts): string {
  return ponSerialBytes(serial).toString('hex').toUpperCase();
}

/** Huawei EG8145V5: TR-098, light in whole dBm. */
export const EG8145V5_PARAMETERS: readonly ParameterSpec[] = [
  [`${IGD}.DeviceInfo.Manufacturer`, 'xsd:string', false, text('Huawei Technologies Co., Ltd')],
  [`${IGD}.DeviceInfo.ManufacturerOUI`, 'xsd:string', false, text('00259E')],
  [`${IGD}.DeviceInfo.ModelName`, 'xsd:string', false, text('EG8145V5')],
  [`${IGD}.DeviceInfo.ProductClass`, 'xsd:string', false, text('EG8145V5')],
  [`${IGD}.DeviceInfo.SerialNumber`, 'xsd:string', false, huaweiSerial],
  [`${IGD}.DeviceInfo.X_HW_SerialNumber`, 'xsd:string', false, (ont) => ont.serial],
  [`${IGD}.DeviceInfo.HardwareVersion`, 'xsd:string', false, text('159D.A')],
  [`${IGD}.DeviceInfo.SoftwareVersion`, 'xsd:string', false, text('V5R020C10S115')],
  [`${IGD}.DeviceInfo.UpTime`, 'xsd:unsignedInt', false, (ont) => ont.uptimeSeconds],
  [`${IGD}.ManagementServer.PeriodicInformInterval`, 'xsd:unsignedInt', true, () => 300],
  [`${GPON}.Status`, 'xsd:string', false, text('Up')],
  [`${GPON}.RXPower`, 'xsd:string', false, (ont) => String(Math.round(ont.rxDbm))],
  [`${GPON}.TXPower`, 'xsd:string', false, (ont) => String(Math.round(ont.txDbm))],
  [`${GPON}.TransceiverTemperature`, 'xsd:string', false, text('45')],
  [`${GPON}.BiasCurrent`, 'xsd:string', false, text('7')],
  [`${GPON}.SupplyVoltage`, 'xsd:string', false, text('3415')],
  [`${WAN}.Enable`, 'xsd:boolean', true, yes],
  [`${WAN}.ConnectionStatus`, 'xsd:string', false, text('Connected')],
  [`${WAN}.ConnectionType`, 'xsd:string', true, text('IP_Routed')],
  [`${WAN}.ExternalIPAddress`, 'xsd:string', false, (ont) => ont.wanIp],
  [`${WAN}.MACAddress`, 'xsd:string', false, (ont) => macAfter(ont.mac, 3)],
  [`${WAN}.Username`, 'xsd:string', true, (ont) => ont.serial.toLowerCase()],
  [`${WAN}.X_HW_SERVICELIST`, 'xsd:string', true, text('TR069_INTERNET')],
  [`${WAN}.Uptime`, 'xsd:unsignedInt', false, (ont) => Math.max(0, ont.uptimeSeconds - 40)],
  ...network(1, '2.4GHz', 6, (ont) => ont.ssid),
  ...network(5, '5GHz', 36, (ont) => `${ont.ssid}-5G`),
  [`${IGD}.LANDevice.1.Hosts.Host.1.MACAddress`, 'xsd:string', false, (ont) => macAfter(ont.mac, 0x3333)],
  [`${IGD}.LANDevice.1.Hosts.Host.1.IPAddress`, 'xsd:string', false, text('192.168.100.2')],
  [`${IGD}.LANDevice.1.Hosts.Host.1.HostName`, 'xsd:string', false, text('televiseur')],
  [`${IGD}.LANDevice.1.Hosts.Host.1.InterfaceType`, 'xsd:string', false, text('802.11')],
  [`${IGD}.LANDevice.1.Hosts.Host.1.Active`, 'xsd:boolean', false, yes],
];

function network(
  index: number,
  band: string,
  channel: number,
  ssid: (ont: OntFacts) => string,
): readonly ParameterSpec[] {
  const at = `${IGD}.LANDevice.1.WLANConfiguration.${index}`;
  return [
    [`${at}.Enable`, 'xsd:boolean', true, yes],
    [`${at}.SSID`, 'xsd:string', true, ssid],
    [`${at}.BSSID`, 'xsd:string', false, (ont) => macAfter(ont.mac, index)],
    [`${at}.Channel`, 'xsd:unsignedInt', true, () => channel],
    [`${at}.X_HW_RFBand`, 'xsd:string', true, text(band)],
    [`${at}.PreSharedKey.1.KeyPassphrase`, 'xsd:string', true, text('')],
  ];
}

/** Where a data model keeps what we show; the parts that differ by maker are lists, first found wins. */
export type DataModel = {
  readonly name: 'TR-098' | 'TR-181';
  readonly root: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly softwareVersion: string;
  readonly uptime: string;
  /** The PON serial, in any way of writing it. */
  readonly ponSerial: readonly string[];
  readonly wan: readonly WanPlace[];
  readonly hosts: HostPlace;
};

/** A kind of connection to the outside. `isUp` of its fields must say one of `up`. */
export type WanPlace = {
  readonly object: string;
  readonly ip: string;
  readonly isUp: string;
  readonly up: readonly string[];
  /** A field and values that make it not a connection to the outside. */
  readonly unless?: { readonly field: string; readonly is: readonly string[] };
};

/** Where things in the home are listed. */
export type HostPlace = {
  readonly object: string;
  readonly mac: string;
  /** Fields that tell cable from radio. */
  readonly link: readonly string[];
};

const IGD = 'InternetGatewayDevice';

/** The older model, still in most ONTs of Huawei and ZTE. */
export const TR_098: DataModel = {
  name: 'TR-098',
  root: IGD,
  manufacturer: `${IGD}.DeviceInfo.Manufacturer`,
  model: `${IGD}.DeviceInfo.ModelName`,
  softwareVersion: `${IGD}.DeviceInfo.SoftwareVersion`,
  uptime: `${IGD}.DeviceInfo.UpTime`,
  ponSerial: [`${IGD}.DeviceInfo.X_HW_SerialNumber`, `${IGD}.DeviceInfo.SerialNumber`],
  // A device may keep several connections up; the one with a session is the customer's.
  wan: [wanConnection('WANPPPConnection'), wanConnection('WANIPConnection')],
  hosts: {
    object: `${IGD}.LANDevice.*.Hosts.Host.*`,
    mac: 'MACAddress',
    link: ['InterfaceType', 'Layer2Interface'],
  },
};

function wanConnection(kind: string): WanPlace {
  return {
    object: `${IGD}.WANDevice.*.WANConnectionDevice.*.${kind}.*`,
    ip: 'ExternalIPAddress',
    isUp: 'ConnectionStatus',
    up: ['Connected'],
  };
}

/** The newer model, of TP-Link's ONTs and routers. */
export const TR_181: DataModel = {
  name: 'TR-181',
  root: 'Device',
  manufacturer: 'Device.DeviceInfo.Manufacturer',
  model: 'Device.DeviceInfo.ModelName',
  softwareVersion: 'Device.DeviceInfo.SoftwareVersion',
  uptime: 'Device.DeviceInfo.UpTime',
  ponSerial: [
    'Device.Optical.Interface.1.GponAuth.GponSn',
    'Device.XPON.ONU.1.ANI.1.TC.ONUActivation.SerialNumber',
  ],
  wan: [
    {
      object: 'Device.PPP.Interface.*',
      ip: 'IPCP.LocalIPAddress',
      isUp: 'ConnectionStatus',
      up: ['Connected'],
    },
    { object: 'Device.DHCPv4.Client.*', ip: 'IPAddress', isUp: 'DHCPStatus', up: ['Bound'] },
    {
      object: 'Device.IP.Interface.*',
      ip: 'IPv4Address.1.IPAddress',
      isUp: 'Status',
      up: ['Up'],
      unless: { field: 'X_TP_ConnType', is: ['LAN'] },
    },
  ],
  hosts: {
    object: 'Device.Hosts.Host.*',
    mac: 'PhysAddress',
    link: ['InterfaceType', 'Layer1Interface'],
  },
};

/** Subtrees worth asking for: everything the extractor reads, and little else of a tree of thousands. */
export const PROJECTION: readonly string[] = [
  '_deviceId',
  '_lastInform',
  'Device.DeviceInfo',
  'Device.Optical',
  'Device.XPON',
  'Device.WiFi.Radio',
  'Device.WiFi.SSID',
  'Device.WiFi.AccessPoint',
  'Device.Hosts',
  'Device.PPP.Interface',
  'Device.DHCPv4.Client',
  'Device.IP.Interface',
  `${IGD}.DeviceInfo`,
  `${IGD}.LANDevice`,
  `${IGD}.WANDevice`,
  `${IGD}.X_ALU_OntOpticalParam`,
];

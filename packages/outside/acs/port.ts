import type { Outcome } from '../outcome/index.ts';

/** How a device is looked for: its serial as printed on the label or reported, or any of its MACs. */
export type DeviceKey = { readonly serial: string } | { readonly mac: string };

/** Light at the ONT, in dBm. Null where the device gave nothing believable. */
export type OpticalReading = { readonly rxDbm: number | null; readonly txDbm: number | null };

/** One Wi-Fi network of the device. */
export type WifiNetwork = {
  readonly ssid: string;
  readonly band: '2.4GHz' | '5GHz' | '6GHz' | null;
  readonly enabled: boolean | null;
  readonly channel: number | null;
  readonly bssid: string | null;
};

/** One thing connected in the home. MAC in upper case with colons. */
export type LanHost = {
  readonly mac: string;
  readonly ip: string | null;
  readonly name: string | null;
  readonly active: boolean | null;
  readonly link: 'ethernet' | 'wifi' | null;
};

/** A device as the auto-configuration server last saw it: one document whatever maker and data model. */
export type AcsDevice = {
  readonly deviceId: string;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  /** Serial of the optical port as printed and as the OLT knows it, `TPLG46E80F93`. */
  readonly ponSerial: string | null;
  readonly softwareVersion: string | null;
  readonly uptimeSeconds: number | null;
  readonly wanIp: string | null;
  /** Null when the device has no optical port, or none was ever read. */
  readonly optical: OpticalReading | null;
  readonly wifi: readonly WifiNetwork[];
  readonly hosts: readonly LanHost[];
  readonly lastInformAt: Date | null;
};

/** One parameter as last read; `value` is null when the ACS knows the name but never fetched it. */
export type AcsParameter = {
  readonly path: string;
  readonly value: string | number | boolean | null;
  readonly readAt: Date | null;
};

/** What became of an order to a device: carried out now, or kept until it next speaks. */
export type TaskState = { readonly taskId: string; readonly state: 'ran' | 'queued' };

/** The server that manages equipment in homes. */
export type Acs = {
  /** Lower-case name of the vendor. */
  readonly vendor: string;
  /** The device with this serial or MAC; null when the ACS knows none. */
  findDevice(key: DeviceKey): Promise<Outcome<AcsDevice | null>>;
  /** Named parameters as last read; declined `no_such_device` when unknown. At most 200 paths. */
  getParameters(deviceId: string, paths: readonly string[]): Promise<Outcome<readonly AcsParameter[]>>;
  /** Asks the device to read these parameters again now; then use `getParameters`. */
  refreshParameters(deviceId: string, paths: readonly string[]): Promise<Outcome<TaskState>>;
  /** Restarts the device. */
  reboot(deviceId: string): Promise<Outcome<TaskState>>;
};

import { booleanOfParameter, instancesOf, numberOfParameter, textOf, type Parameters } from './parameters.ts';
import type { WifiNetwork } from './port.ts';

type Band = WifiNetwork['band'];

/** Fields in which TR-098 makers say the band; without one it follows from the channel. */
const BAND_FIELDS = ['X_HW_RFBand', 'X_TP_Band', 'OperatingFrequencyBand'] as const;
/** Channels up to 14 are 2.4 GHz; those of 6 GHz overlap and cannot be told apart by number. */
const LAST_24_GHZ_CHANNEL = 14;

/** The networks of a TR-098 device: each is a `WLANConfiguration` with everything in it. */
export function wifiOfTr098(parameters: Parameters): readonly WifiNetwork[] {
  return instancesOf(parameters, 'InternetGatewayDevice.LANDevice.*.WLANConfiguration.*').flatMap((at) => {
    const ssid = textOf(parameters, `${at}.SSID`);
    if (ssid === null) return [];
    const channel = channelOf(parameters, `${at}.Channel`);
    const band = bandOf(textOf(parameters, ...BAND_FIELDS.map((field) => `${at}.${field}`)));
    const enabled = booleanOfParameter(parameters, `${at}.Enable`);
    const bssid = macOf(textOf(parameters, `${at}.BSSID`));
    return [{ ssid, band: band ?? bandOfChannel(channel), enabled, channel, bssid }];
  });
}

/** The networks of a TR-181 device: a name on a radio, switched by the access point that refers to it. */
export function wifiOfTr181(parameters: Parameters): readonly WifiNetwork[] {
  const accessPoints = new Map(
    instancesOf(parameters, 'Device.WiFi.AccessPoint.*').map((at) => [
      withoutDot(textOf(parameters, `${at}.SSIDReference`)),
      booleanOfParameter(parameters, `${at}.Enable`),
    ]),
  );
  return instancesOf(parameters, 'Device.WiFi.SSID.*').flatMap((at) => {
    const ssid = textOf(parameters, `${at}.SSID`);
    if (ssid === null) return [];
    const radio = withoutDot(textOf(parameters, `${at}.LowerLayers`));
    const channel = channelOf(parameters, `${radio}.Channel`);
    const enabled = accessPoints.get(at) ?? booleanOfParameter(parameters, `${at}.Enable`);
    const bssid = macOf(textOf(parameters, `${at}.BSSID`));
    const band = bandOf(textOf(parameters, `${radio}.OperatingFrequencyBand`));
    return [{ ssid, band: band ?? bandOfChannel(channel), enabled, channel, bssid }];
  });
}

/** A MAC in capitals with colons; null when it is none, or all zeros. */
export function macOf(text: string | null): string | null {
  const digits = (text ?? '').replaceAll(/[^0-9A-Fa-f]/g, '').toUpperCase();
  if (digits.length !== 12 || /^0+$/.test(digits)) return null;
  return digits.match(/../g)?.join(':') ?? null;
}

function withoutDot(path: string | null): string {
  return (path ?? '').replace(/\.$/, '');
}

function channelOf(parameters: Parameters, path: string): number | null {
  const channel = numberOfParameter(parameters, path);
  return channel === null || channel <= 0 ? null : channel;
}

function bandOf(text: string | null): Band {
  const digits = /^(2\.4|5|6)/.exec(text ?? '')?.[1];
  if (digits === '2.4') return '2.4GHz';
  if (digits === '5') return '5GHz';
  return digits === '6' ? '6GHz' : null;
}

function bandOfChannel(channel: number | null): Band {
  if (channel === null) return null;
  return channel <= LAST_24_GHZ_CHANNEL ? '2.4GHz' : '5GHz';
}

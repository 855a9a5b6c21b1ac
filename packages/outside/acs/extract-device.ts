import { ponSerialOf } from '../pon-serial/index.ts';
import { instantOf, textAt, type JsonRecord } from '../wire/index.ts';
import { TR_098, TR_181, type DataModel, type WanPlace } from './data-models.ts';
import { opticalReading } from './optical.ts';
import {
  booleanOfParameter,
  identityOf,
  instancesOf,
  numberOfParameter,
  parametersOf,
  textOf,
  type Parameters,
} from './parameters.ts';
import type { AcsDevice, LanHost } from './port.ts';
import { macOf, wifiOfTr098, wifiOfTr181 } from './wifi.ts';

/** One document out of a device as GenieACS keeps it, whatever its maker; null when it is no device. */
export function extractDevice(document: JsonRecord): AcsDevice | null {
  const deviceId = textAt(document, '_id');
  if (deviceId === null) return null;
  const parameters = parametersOf(document);
  const model = 'InternetGatewayDevice' in document ? TR_098 : TR_181;
  return {
    deviceId,
    manufacturer: identityOf(document, '_Manufacturer') ?? textOf(parameters, model.manufacturer),
    model: modelName(document, parameters, model),
    serial: identityOf(document, '_SerialNumber'),
    ponSerial: ponSerial(parameters, model),
    softwareVersion: textOf(parameters, model.softwareVersion),
    uptimeSeconds: numberOfParameter(parameters, model.uptime),
    wanIp: wanIp(parameters, model.wan),
    optical: opticalReading(parameters),
    wifi: model === TR_098 ? wifiOfTr098(parameters) : wifiOfTr181(parameters),
    hosts: hosts(parameters, model),
    lastInformAt: instantOf(document['_lastInform']),
  };
}

/** The product class says little on TP-Link (`Device2`, `IGD`), and some devices name themselves `ModelName`. */
function modelName(document: JsonRecord, parameters: Parameters, model: DataModel): string | null {
  const named = textOf(parameters, model.model);
  return named === null || named === 'ModelName' ? identityOf(document, '_ProductClass') : named;
}

function ponSerial(parameters: Parameters, model: DataModel): string | null {
  for (const path of model.ponSerial) {
    const serial = ponSerialOf(textOf(parameters, path) ?? '');
    if (serial !== null) return serial;
  }
  return null;
}

function wanIp(parameters: Parameters, places: readonly WanPlace[]): string | null {
  for (const { object, ip, isUp, up, unless } of places) {
    for (const at of instancesOf(parameters, object)) {
      const address = textOf(parameters, `${at}.${ip}`);
      const excluded = unless?.is.includes(textOf(parameters, `${at}.${unless.field}`) ?? '') === true;
      const isConnected = up.includes(textOf(parameters, `${at}.${isUp}`) ?? '');
      if (isConnected && !excluded && address !== null && address !== '0.0.0.0') return address;
    }
  }
  return null;
}

function hosts(parameters: Parameters, { hosts: place }: DataModel): readonly LanHost[] {
  return instancesOf(parameters, place.object).flatMap((at) => {
    const mac = macOf(textOf(parameters, `${at}.${place.mac}`));
    if (mac === null) return [];
    const name = textOf(parameters, `${at}.HostName`);
    return [
      {
        mac,
        ip: textOf(parameters, `${at}.IPAddress`),
        name: name === '*' || name === 'Unknown' ? null : name,
        active: booleanOfParameter(parameters, `${at}.Active`),
        link: linkOf(place.link.map((field) => textOf(parameters, `${at}.${field}`) ?? '').join(' ')),
      },
    ];
  });
}

function linkOf(words: string): LanHost['link'] {
  if (/802\.11|wi-?fi|wlan/i.test(words)) return 'wifi';
  return /ethernet/i.test(words) ? 'ethernet' : null;
}

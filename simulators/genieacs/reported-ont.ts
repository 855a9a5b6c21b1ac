import { deviceDocument, deviceIdOf, setParameter, type DeviceDocument } from './device-document.ts';
import { rowsOf, type OntFacts } from './equipment.ts';
import { ONT_MODEL_SPECS } from './ont-models.ts';
import type { Reader } from './query.ts';

/** A value somebody set, which the device keeps. */
export type Setting = { readonly path: string; readonly value: string | number | boolean };

/** What an ONT last told the ACS. Its tree of parameters is only made when somebody asks for it. */
export type OntReport = {
  readonly id: string;
  readonly facts: OntFacts;
  readonly at: Date;
  readonly bootedAt: Date;
  readonly registeredAt: Date;
  readonly tags: readonly string[];
  readonly settings: readonly Setting[];
};

/** The id under which an ONT reports. */
export function reportedId(facts: OntFacts): string {
  return deviceIdOf(ONT_MODEL_SPECS[facts.model].identity(facts));
}

/** Reads single values of a report, for queries over many. */
export function readerOfReport(report: OntReport): Reader {
  const { parameters, identity } = ONT_MODEL_SPECS[report.facts.model];
  return (path) => {
    const parameter = parameters.get(path.replace(/\._value$/, ''));
    if (parameter !== undefined) {
      const set = report.settings.findLast((setting) => setting.path === parameter[0]);
      return set?.value ?? parameter[3](report.facts);
    }
    switch (path) {
      case '_id':
        return report.id;
      case '_lastInform':
        return report.at.toISOString();
      case '_tags':
        return report.tags.length === 0 ? undefined : report.tags;
      case '_deviceId._SerialNumber':
        return identity(report.facts).serial;
      case '_deviceId._Manufacturer':
        return identity(report.facts).manufacturer;
      case '_deviceId._ProductClass':
        return identity(report.facts).productClass;
      case '_deviceId._OUI':
        return identity(report.facts).oui;
      default:
        return undefined;
    }
  };
}

/** The whole document of a report. */
export function documentOfReport(report: OntReport): DeviceDocument {
  const { parameters, identity } = ONT_MODEL_SPECS[report.facts.model];
  const at = report.at.toISOString();
  const rows = rowsOf([...parameters.values()], report.facts, at);
  const document: DeviceDocument = {
    ...deviceDocument(identity(report.facts), rows),
    _registered: report.registeredAt.toISOString(),
    _lastInform: at,
    _lastBoot: report.bootedAt.toISOString(),
    _timestamp: at,
    ...(report.tags.length === 0 ? {} : { _tags: report.tags }),
  };
  for (const { path, value } of report.settings) {
    const type = parameters.get(path)?.[1] ?? 'xsd:string';
    setParameter(document, { path, value, type, writable: true, at });
  }
  return document;
}

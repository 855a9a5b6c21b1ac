import type { ParameterRow } from './device-document.ts';

/** Models of ONT the world has, by the name on the box. */
export const ONT_MODELS = ['XX230v', 'EG8145V5'] as const;

/** The name of a model. */
export type OntModel = (typeof ONT_MODELS)[number];

/** The state of an ONT that its parameters are written from. */
export type OntFacts = {
  /** As printed, `TPLG46E80F93`. */
  readonly serial: string;
  readonly mac: string;
  readonly model: OntModel;
  readonly rxDbm: number;
  readonly txDbm: number;
  readonly uptimeSeconds: number;
  readonly wanIp: string;
  readonly ssid: string;
};

/** Type and writability of a parameter, and how its value follows from the facts. */
export type ParameterSpec = readonly [
  path: string,
  type: 'xsd:string' | 'xsd:boolean' | 'xsd:int' | 'xsd:unsignedInt',
  writable: boolean,
  value: (facts: OntFacts) => string | number | boolean | undefined,
];

/** The parameters of an ONT, read at an instant. */
export function rowsOf(specs: readonly ParameterSpec[], facts: OntFacts, at: string): ParameterRow[] {
  return specs.map(([path, type, writable, value]) => ({ path, type, writable, value: value(facts), at }));
}

/** A MAC some steps after another, as makers number the interfaces of one box. */
export function macAfter(mac: string, steps: number): string {
  const last = Number.parseInt(mac.replaceAll(':', '').slice(6), 16) + steps;
  const digits =
    mac.replaceAll(':', '').slice(0, 6) + last.toString(16).toUpperCase().padStart(6, '0').slice(-6);
  return digits.match(/../g)?.join(':') ?? mac;
}

import type { DeviceIdentity } from './device-document.ts';
import type { OntFacts, OntModel, ParameterSpec } from './equipment.ts';
import { EG8145V5_PARAMETERS, huaweiSerial } from './huawei-eg8145v5.ts';
import { tpLinkSerial, XX230V_PARAMETERS } from './tp-link-xx230v.ts';

/** What a model says of itself, and its parameters by path. */
export type OntModelSpec = {
  readonly parameters: ReadonlyMap<string, ParameterSpec>;
  identity(facts: OntFacts): DeviceIdentity;
};

/** Every model of ONT, by name. */
export const ONT_MODEL_SPECS: Readonly<Record<OntModel, OntModelSpec>> = {
  XX230v: {
    parameters: byPath(XX230V_PARAMETERS),
    identity: (facts) => ({
      manufacturer: 'TP-Link',
      oui: '1C61B4',
      productClass: 'Device2',
      serial: tpLinkSerial(facts),
    }),
  },
  EG8145V5: {
    parameters: byPath(EG8145V5_PARAMETERS),
    identity: (facts) => ({
      manufacturer: 'Huawei Technologies Co., Ltd',
      oui: '00259E',
      productClass: 'EG8145V5',
      serial: huaweiSerial(facts),
    }),
  },
};

function byPath(parameters: readonly ParameterSpec[]): ReadonlyMap<string, ParameterSpec> {
  return new Map(parameters.map((parameter) => [parameter[0], parameter]));
}

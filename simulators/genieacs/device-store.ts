import type { OntRegistry, WorldOnt } from '../onts/ont-registry.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import {
  deviceDocument,
  isNode,
  nodeAt,
  setParameter,
  type DeviceDocument,
  type DeviceIdentity,
} from './device-document.ts';
import { rowsOf, type OntFacts, type ParameterSpec } from './equipment.ts';
import { EG8145V5_PARAMETERS, huaweiSerial } from './huawei-eg8145v5.ts';
import { tpLinkSerial, XX230V_PARAMETERS } from './tp-link-xx230v.ts';

/** Devices report by themselves this often, by the world's clock. */
const INFORM_EVERY_MS = 300_000;

type Model = { readonly parameters: readonly ParameterSpec[]; identity(facts: OntFacts): DeviceIdentity };

const MODELS: Readonly<Record<WorldOnt['model'], Model>> = {
  XX230v: {
    parameters: XX230V_PARAMETERS,
    identity: (facts) => ({
      manufacturer: 'TP-Link',
      oui: '1C61B4',
      productClass: 'Device2',
      serial: tpLinkSerial(facts),
    }),
  },
  EG8145V5: {
    parameters: EG8145V5_PARAMETERS,
    identity: (facts) => ({
      manufacturer: 'Huawei Technologies Co., Ltd',
      oui: '00259E',
      productClass: 'EG8145V5',
      serial: huaweiSerial(facts),
    }),
  },
};

/** A value set by somebody, which the device keeps. */
type Setting = { readonly path: string; readonly value: string | number | boolean };

/** What the ACS has stored of every device: as of its last report, or of the last time it was asked. */
export class DeviceStore {
  readonly #env: SimEnv;
  readonly #registry: OntRegistry;
  readonly #documents = new Map<string, DeviceDocument>();
  /** Which device is which ONT, both ways. */
  readonly #serials = new Map<string, string>();
  readonly #ids = new Map<string, string>();
  readonly #settings = new Map<string, Setting[]>();

  constructor(env: SimEnv, registry: OntRegistry) {
    this.#env = env;
    this.#registry = registry;
  }

  /** Every device, brought up to its last report. */
  all(): readonly DeviceDocument[] {
    const now = this.#env.clock().getTime();
    for (const ont of this.#registry.onts.values()) {
      if (ont.state !== 'online') continue;
      const sinceBoot = Math.max(0, now - ont.bootedAt.getTime());
      const informedAt = new Date(now - (sinceBoot % INFORM_EVERY_MS));
      const id = this.#ids.get(ont.serial) ?? '';
      if ((this.#documents.get(id)?._lastInform ?? '') < informedAt.toISOString())
        this.#report(ont, informedAt);
    }
    return [...this.#documents.values()];
  }

  /** Keeps a device that is no ONT of the world, such as one read from an export. */
  keep(document: DeviceDocument): void {
    this.#documents.set(document._id, document);
  }

  /** Forgets a device until it reports again. */
  forget(id: string): boolean {
    return this.#documents.delete(id);
  }

  get(id: string): DeviceDocument | undefined {
    return this.all().find((document) => document._id === id);
  }

  /** The ONT behind a device, if it is one of the world. */
  ontOf(id: string): WorldOnt | undefined {
    return this.#registry.onts.get(this.#serials.get(id) ?? '');
  }

  /** The device tells everything again, now. */
  refresh(id: string): void {
    const ont = this.ontOf(id);
    if (ont !== undefined) this.#report(ont, this.#env.clock());
  }

  /** Sets parameters; false when one does not exist or may not be written. */
  set(id: string, settings: readonly Setting[]): boolean {
    const document = this.#documents.get(id);
    if (document === undefined) return false;
    const leaves = settings.map(({ path }) => nodeAt(document, path));
    if (leaves.some((leaf) => leaf?.['_writable'] !== true || leaf['_object'] !== false)) return false;
    this.#settings.set(id, [...(this.#settings.get(id) ?? []), ...settings]);
    this.#apply(document, settings, this.#env.clock());
    return true;
  }

  /** Starts the device again; `forgetful` also drops everything set on it. */
  reboot(id: string, forgetful: boolean): void {
    const ont = this.ontOf(id);
    if (forgetful) this.#settings.delete(id);
    if (ont !== undefined) this.#registry.reboot(ont.serial);
    this.refresh(id);
  }

  #report(ont: WorldOnt, at: Date): void {
    const facts = this.#factsOf(ont, at);
    const model = MODELS[ont.model];
    const fresh = deviceDocument(model.identity(facts), rowsOf(model.parameters, facts, at.toISOString()));
    const known = this.#documents.get(fresh._id);
    const stamped: DeviceDocument = {
      ...fresh,
      _registered: known?.['_registered'] ?? at.toISOString(),
      _lastInform: at.toISOString(),
      _lastBoot: ont.bootedAt.toISOString(),
      _timestamp: at.toISOString(),
      ...(known?.['_tags'] === undefined ? {} : { _tags: known['_tags'] }),
    };
    this.#apply(stamped, this.#settings.get(fresh._id) ?? [], at);
    this.#documents.set(fresh._id, stamped);
    this.#serials.set(fresh._id, ont.serial);
    this.#ids.set(ont.serial, fresh._id);
  }

  #apply(document: DeviceDocument, settings: readonly Setting[], at: Date): void {
    for (const { path, value } of settings) {
      const leaf = nodeAt(document, path);
      const type = isNode(leaf) && typeof leaf['_type'] === 'string' ? leaf['_type'] : 'xsd:string';
      setParameter(document, { path, value, type, writable: true, at: at.toISOString() });
    }
  }

  #factsOf(ont: WorldOnt, at: Date): OntFacts {
    const uptimeSeconds = Math.max(0, Math.floor((at.getTime() - ont.bootedAt.getTime()) / 1000));
    return { ...ont, uptimeSeconds };
  }
}

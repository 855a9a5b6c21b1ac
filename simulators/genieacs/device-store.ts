import type { OntRegistry, WorldOnt } from '../onts/ont-registry.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { DeviceDocument } from './device-document.ts';
import type { OntFacts } from './equipment.ts';
import { ONT_MODEL_SPECS } from './ont-models.ts';
import { readerOf, type Searchable } from './query.ts';
import {
  documentOfReport,
  readerOfReport,
  reportedId,
  type OntReport,
  type Setting,
} from './reported-ont.ts';

/** Devices report by themselves this often, by the world's clock. */
const INFORM_EVERY_MS = 300_000;

/** A device as it can be searched, and when it last reported. */
export type StoredDevice = Searchable & { readonly id: string; readonly lastInform: string };

/** What the ACS has stored of every device: as of its last report, or of the last time it was asked. */
export class DeviceStore {
  readonly #env: SimEnv;
  readonly #registry: OntRegistry;
  /** Devices that are no ONT of the world. */
  readonly #documents = new Map<string, DeviceDocument>();
  /** What ONTs reported, by PON serial, and which device is which ONT. */
  readonly #reports = new Map<string, OntReport>();
  readonly #serials = new Map<string, string>();

  constructor(env: SimEnv, registry: OntRegistry) {
    this.#env = env;
    this.#registry = registry;
  }

  /** Every device, brought up to its last report. */
  all(): readonly StoredDevice[] {
    const now = this.#env.clock().getTime();
    for (const ont of this.#registry.onts.values()) {
      if (ont.state !== 'online') continue;
      const sinceBoot = Math.max(0, now - ont.bootedAt.getTime());
      const informedMs = now - (sinceBoot % INFORM_EVERY_MS);
      if ((this.#reports.get(ont.serial)?.at.getTime() ?? 0) < informedMs)
        this.#report(ont, new Date(informedMs));
    }
    return [
      ...[...this.#documents.values()].map((document) => ({
        id: document._id,
        lastInform: document._lastInform ?? '',
        read: readerOf(document),
        document: () => document,
      })),
      ...[...this.#reports.values()].map((report) => ({
        id: report.id,
        lastInform: report.at.toISOString(),
        read: readerOfReport(report),
        document: () => documentOfReport(report),
      })),
    ];
  }

  /** Keeps a device that is no ONT of the world, such as one read from an export. */
  keep(document: DeviceDocument): void {
    this.#documents.set(document._id, document);
  }

  /** Forgets a device until it reports again. */
  forget(id: string): boolean {
    return this.#documents.delete(id) || this.#reports.delete(this.#serials.get(id) ?? '');
  }

  /** Whether the ACS knows the device. */
  has(id: string): boolean {
    return this.all().some((device) => device.id === id);
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

  /** Sets parameters of an ONT; false when one does not exist or may not be written. */
  set(id: string, settings: readonly Setting[]): boolean {
    const report = this.#reports.get(this.#serials.get(id) ?? '');
    if (report === undefined) return false;
    const { parameters } = ONT_MODEL_SPECS[report.facts.model];
    if (settings.some(({ path }) => parameters.get(path)?.[2] !== true)) return false;
    const at = this.#env.clock();
    this.#reports.set(report.facts.serial, { ...report, at, settings: [...report.settings, ...settings] });
    return true;
  }

  /** Puts a tag on an ONT, or takes it off. */
  tag(id: string, tag: string, present: boolean): void {
    const report = this.#reports.get(this.#serials.get(id) ?? '');
    if (report === undefined) return;
    const others = report.tags.filter((one) => one !== tag);
    this.#reports.set(report.facts.serial, { ...report, tags: present ? [...others, tag] : others });
  }

  /** Starts the device again; `forgetful` also drops everything set on it. */
  reboot(id: string, forgetful: boolean): void {
    const ont = this.ontOf(id);
    if (ont === undefined) return;
    const report = this.#reports.get(ont.serial);
    if (forgetful && report !== undefined) this.#reports.set(ont.serial, { ...report, settings: [] });
    this.#registry.reboot(ont.serial);
    this.refresh(id);
  }

  #report(ont: WorldOnt, at: Date): void {
    const known = this.#reports.get(ont.serial);
    const uptimeSeconds = Math.max(0, Math.floor((at.getTime() - ont.bootedAt.getTime()) / 1000));
    const { serial, mac, model, rxDbm, txDbm, wanIp, ssid } = ont;
    const facts: OntFacts = { serial, mac, model, rxDbm, txDbm, wanIp, ssid, uptimeSeconds };
    const id = known?.id ?? reportedId(facts);
    const { registeredAt = at, tags = [], settings = [] } = known ?? {};
    this.#reports.set(serial, { id, facts, at, bootedAt: ont.bootedAt, registeredAt, tags, settings });
    this.#serials.set(id, serial);
  }
}

import { ponSerialOf } from '@gigafibre/outside/pon-serial';
import { recordOf } from '@gigafibre/outside/wire';
import { macAfter, ONT_MODELS, type OntModel } from '../genieacs/equipment.ts';
import type { SimEnv } from '../kit/sim-env.ts';

/** Seen but not configured; at work; configured but dark. */
export const ONT_STATES = ['unconfigured', 'online', 'offline'] as const;

/** The name of a state. */
export type OntState = (typeof ONT_STATES)[number];

/** An ONT on somebody's wall, as the OLT and the ACS both see it. */
export type WorldOnt = {
  readonly serial: string;
  readonly mac: string;
  readonly model: OntModel;
  /** Name of its OLT, and its port as `frame/slot/port`. */
  readonly olt: string;
  readonly port: string;
  /** Its number on the port, from 0; kept while configured. */
  readonly onuId: number;
  state: OntState;
  rxDbm: number;
  txDbm: number;
  /** What the OLT receives of it. */
  oltRxDbm: number;
  distanceM: number;
  /** Why it was last down, in Huawei's numbers; -1 for never. */
  lastDownCause: number;
  bootedAt: Date;
  readonly wanIp: string;
  readonly ssid: string;
};

/** What is asked to put an ONT in the world; the rest is chosen. */
export type NewOnt = {
  readonly serial: string;
  readonly model?: OntModel | undefined;
  readonly mac?: string | undefined;
  readonly rxDbm?: number | undefined;
  /** OLT by name; the first when not given. */
  readonly olt?: string | undefined;
  /** `frame/slot/port`; `0/1/0` when not given. */
  readonly port?: string | undefined;
  readonly state?: OntState | undefined;
};

/** What may change of an ONT. */
export type OntChange = {
  readonly state?: OntState | undefined;
  readonly rxDbm?: number | undefined;
  readonly lastDownCause?: number | undefined;
};

const MAX_ONTS = 20_000;
const MAX_PER_PORT = 128;
const DYING_GASP = 13;

/** Every ONT of the world. */
export class OntRegistry {
  readonly onts = new Map<string, WorldOnt>();
  readonly olts: readonly string[];
  #version = 0;
  readonly #env: SimEnv;

  constructor(env: SimEnv, olts: readonly string[]) {
    this.#env = env;
    this.olts = olts;
  }

  /** Puts an ONT in the world; one already there keeps its place and takes what is asked. Throws a sentence
   * when what is asked cannot be. */
  add(asked: NewOnt): WorldOnt {
    const serial = ponSerialOf(asked.serial);
    if (serial === null) throw new Error(`not a PON serial: ${asked.serial}`);
    const known = this.onts.get(serial);
    if (known !== undefined) return this.change(serial, asked);
    if (this.onts.size >= MAX_ONTS) throw new Error(`the world holds ${MAX_ONTS} ONTs at most`);
    const olt = asked.olt ?? this.olts[0] ?? '';
    if (!this.olts.includes(olt)) throw new Error(`no OLT named ${olt}; there is ${this.olts.join(', ')}`);
    const port = asked.port ?? '0/1/0';
    if (!/^\d{1,2}\/\d{1,2}\/\d{1,2}$/.test(port)) throw new Error(`not a port: ${port}`);
    const rxDbm = asked.rxDbm ?? -18 - Math.round(this.#env.random() * 40) / 10;
    const mac = asked.mac ?? macAfter('1C:61:B4:00:00:00', Number.parseInt(serial.slice(6), 16) % 0x1000000);
    const ont: WorldOnt = {
      serial,
      mac,
      model: asked.model ?? (serial.startsWith('HWTC') ? 'EG8145V5' : ONT_MODELS[0]),
      olt,
      port,
      onuId: this.#freeId(olt, port),
      state: asked.state ?? 'online',
      rxDbm,
      txDbm: 2.2,
      oltRxDbm: rxDbm - 1.4,
      distanceM: 200 + Math.floor(this.#env.random() * 9_000),
      lastDownCause: -1,
      bootedAt: this.#env.clock(),
      wanIp: `10.${64 + (this.onts.size >> 16)}.${(this.onts.size >> 8) & 255}.${this.onts.size & 255}`,
      ssid: `Gigafibre_${serial.slice(-4)}`,
    };
    this.onts.set(serial, ont);
    this.touch();
    return ont;
  }

  /** Changes an ONT. Going offline is by dying gasp unless another cause is given; coming back is a start. */
  change(serial: string, { state, rxDbm, lastDownCause }: OntChange): WorldOnt {
    const ont = this.onts.get(ponSerialOf(serial) ?? '');
    if (ont === undefined) throw new Error(`no ONT ${serial}`);
    if (rxDbm !== undefined) Object.assign(ont, { rxDbm, oltRxDbm: rxDbm - 1.4 });
    if (state === 'offline' && ont.state === 'online') ont.lastDownCause = DYING_GASP;
    if (state === 'online' && ont.state !== 'online') ont.bootedAt = this.#env.clock();
    if (lastDownCause !== undefined) ont.lastDownCause = lastDownCause;
    if (state !== undefined) ont.state = state;
    this.touch();
    return ont;
  }

  /** Takes an ONT out of the world; false when there was none. */
  remove(serial: string): boolean {
    this.touch();
    return this.onts.delete(ponSerialOf(serial) ?? '');
  }

  /** Starts an ONT again. */
  reboot(serial: string): void {
    const ont = this.onts.get(serial);
    if (ont === undefined) return;
    ont.bootedAt = this.#env.clock();
    ont.lastDownCause = 9;
    this.touch();
  }

  /** Grows with every change, so that others know when to look again. */
  get version(): number {
    return this.#version;
  }

  /** Says that something changed. */
  touch(): void {
    this.#version += 1;
    this.#env.changed?.();
  }

  /** Every ONT as JSON, for a later run. */
  snapshot(): unknown[] {
    return [...this.onts.values()];
  }

  /** Puts a snapshot back. It is our own file: what it holds is believed, except its OLTs. */
  restore(snapshot: readonly unknown[]): void {
    for (const one of snapshot.map(recordOf)) {
      // The same objects that `snapshot` wrote, their instants as text.
      const ont = { ...one, bootedAt: new Date(String(one['bootedAt'])) } as unknown as WorldOnt;
      if (this.olts.includes(ont.olt)) this.onts.set(ont.serial, ont);
    }
    this.#version += 1;
  }

  /** The ONTs of an OLT. */
  ofOlt(olt: string): readonly WorldOnt[] {
    return [...this.onts.values()].filter((ont) => ont.olt === olt);
  }

  #freeId(olt: string, port: string): number {
    const taken = new Set(
      this.ofOlt(olt)
        .filter((ont) => ont.port === port)
        .map(({ onuId }) => onuId),
    );
    const free = Array.from({ length: MAX_PER_PORT }, (_, id) => id).find((id) => !taken.has(id));
    if (free === undefined) throw new Error(`port ${port} of ${olt} is full`);
    return free;
  }
}

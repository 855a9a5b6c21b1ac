import { shuffled } from './random.ts';
import type { SimEnv } from './sim-env.ts';

/** How deliveries go out: as they come, kept until released, each twice at once, or in another order. */
export const DELIVERY_MODES = ['normal', 'hold', 'duplicate', 'shuffle'] as const;

/** The name of a mode. */
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/** What became of one delivery. */
export type DeliveryRecord = { label: string; attempts: number; state: string; at: string };

type Delivery<T> = { readonly item: T; readonly record: DeliveryRecord };

/** Pauses between attempts in real milliseconds; the last repeats. A hub started again is told soon. */
const RETRY_AFTER_MS = [250, 1_000, 2_000, 5_000, 10_000, 30_000] as const;
const MAX_ATTEMPTS = 40;
const MAX_RECORDS = 1_000;
/** In shuffle mode, what comes within this time is mixed. */
const SHUFFLE_WINDOW_MS = 100;

/** Sends things somewhere, again and again until taken, the way webhooks are sent. */
export class DeliveryQueue<T> {
  readonly records: DeliveryRecord[] = [];
  readonly #env: SimEnv;
  readonly #send: (item: T, signal: AbortSignal) => Promise<boolean>;
  readonly #abort = new AbortController();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #sending = new Set<Promise<void>>();
  #waiting: Delivery<T>[] = [];
  #held: Delivery<T>[] = [];
  #mode: DeliveryMode = 'normal';
  #delayMs = 0;
  #flushing = false;
  #stopped = false;

  /** `send` resolves to whether the receiver took the item; it has its own deadline, gives up on the signal
   * and does not throw. */
  constructor(env: SimEnv, send: (item: T, signal: AbortSignal) => Promise<boolean>) {
    this.#env = env;
    this.#send = send;
  }

  get mode(): DeliveryMode {
    return this.#mode;
  }

  get heldCount(): number {
    return this.#held.length;
  }

  /** Changes how what comes from now on goes out, and after how long. */
  setMode(mode: DeliveryMode, delayMs = 0): void {
    this.#mode = mode;
    this.#delayMs = delayMs;
  }

  /** Puts an item on its way. */
  push(item: T, label: string): void {
    if (this.#stopped) return;
    const at = this.#env.clock().toISOString();
    const delivery = { item, record: { label, attempts: 0, state: 'waiting', at } };
    this.records.push(delivery.record);
    if (this.records.length > MAX_RECORDS) this.records.shift();
    if (this.#mode === 'hold') {
      delivery.record.state = 'held';
      this.#held.push(delivery);
      return;
    }
    this.#waiting.push(delivery);
    if (this.#mode === 'duplicate') this.#waiting.push(delivery);
    this.#flushSoon();
  }

  /** Lets go of what is held; gives how many. */
  release(): number {
    const released = this.#held.splice(0);
    this.#waiting.push(...released);
    this.#flushSoon();
    return released.length;
  }

  /** Resolves when everything sent has been answered; not waiting for what is held or will be retried. */
  async settled(): Promise<void> {
    while (this.#waiting.length > 0 || this.#sending.size > 0) {
      await Promise.all(this.#sending);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  }

  /** Forgets everything that has not gone out. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting = [];
    this.#held = [];
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#abort.abort();
    await Promise.all(this.#sending);
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    const windowMs = this.#mode === 'shuffle' ? SHUFFLE_WINDOW_MS : 0;
    this.#later(() => this.#track(this.#flush()), Math.max(this.#delayMs, windowMs));
  }

  async #flush(): Promise<void> {
    this.#flushing = false;
    const batch = this.#waiting.splice(0);
    const ordered = this.#mode === 'shuffle' ? shuffled(batch, this.#env.random) : batch;
    for (const delivery of ordered) {
      const sending = this.#attempt(delivery);
      // Both copies travel at once, which is what a duplicate looks like to the receiver.
      if (this.#mode === 'duplicate') this.#track(sending);
      else await sending;
    }
  }

  async #attempt(delivery: Delivery<T>): Promise<void> {
    if (this.#stopped) return;
    delivery.record.attempts += 1;
    const taken = await this.#send(delivery.item, this.#abort.signal);
    if (taken) {
      delivery.record.state = 'delivered';
      return;
    }
    const { attempts, label } = delivery.record;
    delivery.record.state = attempts < MAX_ATTEMPTS ? 'retrying' : 'given up';
    this.#env.log(`delivery not taken`, { label, attempts });
    if (attempts < MAX_ATTEMPTS) {
      const pauseMs = RETRY_AFTER_MS[Math.min(attempts, RETRY_AFTER_MS.length) - 1] ?? 30_000;
      this.#later(() => this.#track(this.#attempt(delivery)), pauseMs);
    }
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#sending.delete(tracked));
    this.#sending.add(tracked);
  }

  #later(work: () => void, afterMs: number): void {
    if (this.#stopped) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      work();
    }, afterMs);
    timer.unref();
    this.#timers.add(timer);
  }
}

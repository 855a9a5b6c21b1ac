/** What one way of asking took: of every request its time, how many came through, and in a second. */
export type Load = Readonly<{ medianMs: number; p99Ms: number; perSecond: number; requests: number }>;

export type Bounds = Readonly<{ clients: number; requestsMax: number; timeMaxMs: number }>;

/** Sends request number `index` as client number `client` and waits for its answer. */
export type Ask = (client: number, index: number) => Promise<unknown>;

/** Asks again and again with so many clients at once, each waiting for its answer, until a bound is reached. */
export async function load(ask: Ask, { clients, requestsMax, timeMaxMs }: Bounds): Promise<Load> {
  const tookMs: number[] = [];
  let next = 0;
  const started = performance.now();
  const oneClient = async (client: number): Promise<void> => {
    while (next < requestsMax && performance.now() - started < timeMaxMs) {
      const index = next;
      next += 1;
      const asked = performance.now();
      await ask(client, index);
      tookMs.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, client) => oneClient(client)));
  const seconds = (performance.now() - started) / 1_000;
  tookMs.sort((a, b) => a - b);
  return {
    medianMs: quantile(tookMs, 0.5),
    p99Ms: quantile(tookMs, 0.99),
    perSecond: tookMs.length / seconds,
    requests: tookMs.length,
  };
}

/** The value that this share of sorted numbers does not exceed. */
export const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** The middle of the rounds, figure by figure. */
export function medianOf(rounds: readonly Load[]): Load {
  const middle = (figure: keyof Load) =>
    quantile(
      rounds.map((round) => round[figure]).sort((a, b) => a - b),
      0.5,
    );
  return {
    medianMs: middle('medianMs'),
    p99Ms: middle('p99Ms'),
    perSecond: middle('perSecond'),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  };
}

import type { DeviceDocument } from '@gigafibre/contract';
import type { Outcome } from '@gigafibre/outside/outcome';
import { within } from '../../platform/deadline.ts';
import type { Log } from '../../platform/log.ts';

export type SourceReport = DeviceDocument['sources'][number];
/** What one source said: its value when it knew the device, and the line of the document about it. */
export type Said<T> = Readonly<{ value: T | null; report: SourceReport }>;

/** No source may hold the technician up longer than this; the other one's answer is shown in any case. */
export const SOURCE_DEADLINE_MS = 6_000;

/**
 * Asks one source and never fails: whatever goes wrong becomes a line of the document. `saidAt` tells from the
 * value when the device itself last spoke to the source.
 */
export async function askSource<T>(asked: {
  source: SourceReport['source'];
  ask: () => Promise<Outcome<T | null>>;
  saidAt: (value: T) => Date | null;
  now: Date;
  log: Log;
  deadlineMs?: number;
}): Promise<Said<T>> {
  const { source, ask, saidAt, now, log } = asked;
  const started = performance.now();
  const outcome = await answered(asked.deadlineMs ?? SOURCE_DEADLINE_MS, ask).catch((error: unknown) => {
    log.error({ source, err: String(error) }, 'bug: a source threw');
    return { is: 'broken', reason: 'unexpected failure' } as const;
  });
  const tookMs = Math.round(performance.now() - started);
  const value = outcome !== 'late' && outcome.is === 'done' ? outcome.value : null;
  const spoke = value === null ? null : saidAt(value);
  return {
    value,
    report: {
      source,
      tookMs,
      saidAt: spoke?.toISOString() ?? null,
      ageSeconds: spoke ? Math.max(0, Math.round((now.getTime() - spoke.getTime()) / 1_000)) : null,
      ...wordsFor(outcome),
    },
  };
}

const answered = async <T>(deadlineMs: number, ask: () => Promise<T>): Promise<T | 'late'> =>
  within(deadlineMs, ask());

/** A source there is nothing to ask with. */
export const notAsked = (source: SourceReport['source'], reason: string): Said<never> => ({
  value: null,
  report: { source, outcome: 'not_asked', tookMs: 0, saidAt: null, ageSeconds: null, reason },
});

function wordsFor(outcome: Outcome<unknown> | 'late'): Pick<SourceReport, 'outcome' | 'reason'> {
  if (outcome === 'late') return { outcome: 'timeout', reason: null };
  switch (outcome.is) {
    case 'done':
      return { outcome: outcome.value === null ? 'unknown_device' : 'answered', reason: null };
    case 'declined':
      return { outcome: 'refused', reason: outcome.message };
    case 'retry':
    case 'unknown':
      return { outcome: 'unreachable', reason: outcome.reason };
    case 'broken':
      return { outcome: 'misconfigured', reason: outcome.reason };
  }
}

import type { Reading } from '../../platform/acting.ts';
import * as store from './store.ts';

export type QuoteStep =
  | 'created'
  | 'revised'
  | 'sent'
  | 'declined'
  | 'expired'
  | 'opened'
  | 'french_presented'
  | 'english_chosen'
  | 'code_sent'
  | 'code_refused'
  | 'code_verified'
  | 'accepted'
  | 'sealed';

/** From where somebody does it, when it is done through a page. */
export type Whence = Readonly<{ address: string; device: string | null }>;

/** Writes down that something happened to a version of a quote: its history, and the evidence of its signing. */
export async function writeStep(
  { db, now, by }: Pick<Reading, 'db' | 'now' | 'by'>,
  step: {
    quoteId: string;
    version: number;
    step: QuoteStep;
    detail?: string | undefined;
    whence?: Whence | undefined;
  },
): Promise<void> {
  await store.insertStep(db, {
    quote_id: step.quoteId,
    version: step.version,
    at: now,
    step: step.step,
    actor: by.name ?? by.id ?? by.kind,
    ip_address: step.whence?.address ?? null,
    device: step.whence?.device ?? null,
    detail: step.detail ?? null,
  });
}

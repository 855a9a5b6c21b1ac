import type { SmsStatus } from '@gigafibre/outside/sms';
import type { Tx } from '../../platform/acting.ts';
import { lockReport, tellMoved } from './deliver.ts';
import { keepEarlyReport } from './early-report-store.ts';
import * as store from './store.ts';

/**
 * What the provider says became of an SMS. Late, repeated and out-of-order reports change
 * nothing that is final; one that comes before the sending was written down is kept for it.
 */
export async function noteSmsStatus(tx: Tx, status: SmsStatus): Promise<void> {
  const { providerRef, state, errorCode } = status;
  if (state !== 'delivered' && state !== 'undelivered' && state !== 'failed') return;
  const to =
    state === 'delivered'
      ? { status: 'delivered', failure: null }
      : { status: 'failed', failure: `${errorCode ?? state}` };
  await lockReport(tx, providerRef);
  const row = await store.messageByProviderRef(tx.db, providerRef);
  if (!row) return void (await keepEarlyReport(tx.db, { provider_ref: providerRef, ...to, at: tx.now }));
  const from = ['sending', 'sent', 'unknown'];
  const moved = await store.moveMessage(tx.db, { id: row.id, from, to: { ...to, moved_at: tx.now } });
  if (moved) await tellMoved(tx, moved);
}

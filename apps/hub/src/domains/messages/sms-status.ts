import type { SmsStatus } from '@gigafibre/outside/sms';
import type { Tx } from '../../platform/acting.ts';
import { tellMoved } from './deliver.ts';
import * as store from './store.ts';

/** What the provider says became of an SMS. Late, repeated and out-of-order reports change nothing that is final. */
export async function noteSmsStatus(tx: Tx, status: SmsStatus): Promise<void> {
  const row = await store.messageByProviderRef(tx.db, status.providerRef);
  if (!row || (status.state !== 'delivered' && status.state !== 'undelivered' && status.state !== 'failed'))
    return;
  const to =
    status.state === 'delivered'
      ? { status: 'delivered', failure: null, moved_at: tx.now }
      : { status: 'failed', failure: `${status.errorCode ?? status.state}`, moved_at: tx.now };
  const moved = await store.moveMessage(tx.db, { id: row.id, from: ['sending', 'sent', 'unknown'], to });
  if (moved) await tellMoved(tx, moved);
}

import { paymentsEvents, type ParsedOf, type paymentsOperations } from '@gigafibre/contract';
import type { Acting } from '../../platform/http/route.ts';
import type { Reading } from '../../platform/acting.ts';
import { checkoutById } from './checkout-store.ts';
import { startCheckout, type Started } from './start-checkout.ts';

/** Opens a payment page for a customer and tells it: who tells customers things sends the address. */
export async function sendPaymentLink(
  env: Parameters<typeof startCheckout>[0],
  acting: Pick<Acting, 'reading' | 'transact'>,
  { customerId, invoiceId, channels }: ParsedOf<typeof paymentsOperations.sendPaymentLink>,
): Promise<Started> {
  const started = await startCheckout(env, acting, { customerId, invoiceId });
  await acting.transact((tx) =>
    tx.tell(paymentsEvents.paymentLinkSent, {
      subject: started.checkoutId,
      customerId,
      data: { amountCents: Number(started.amountCents), invoiceId, channels: [...new Set(channels)] },
    }),
  );
  return started;
}

/** Where a checkout can be paid, while it can be. */
export async function checkoutUrl({ db }: Pick<Reading, 'db'>, id: string): Promise<string | null> {
  const row = await checkoutById(db, id);
  return row?.state === 'open' ? row.url : null;
}

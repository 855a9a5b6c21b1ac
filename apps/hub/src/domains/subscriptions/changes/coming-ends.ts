import { addDays, civilDateOf, instantOf } from '@gigafibre/calendar';
import { subscriptionsEvents } from '@gigafibre/contract';
import type { Env } from '../../../env.ts';
import { SYSTEM, type Tx } from '../../../platform/acting.ts';
import type { Tick } from '../../../platform/jobs/worker.ts';
import { transact } from '../../../platform/transact.ts';
import * as store from '../notices-store.ts';

/** The contract promises the notice of its end between 90 and 60 days before: it is given on the first of them. */
const TERM_DAYS_BEFORE = 90;
const PROMOTION_DAYS_BEFORE = 30;
/** Nobody is written to before this, on the wall clock of the company. */
const FROM_TIME = '09:00';
const AT_ONCE_MAX = 200;

/** Tells customers of the end of their fixed term and of their promotions, once each, one service a transaction. */
export const comingEndsTick = (env: Env): Tick => ({
  name: 'coming ends of terms and promotions',
  run: async () => {
    const now = env.clock.now();
    if (now < instantOf({ date: civilDateOf(now), time: FROM_TIME })) return 0;
    let told = 0;
    for (const next of [tellTerm, tellPromotion])
      while (told < AT_ONCE_MAX && (await transact(env.ground, { by: SYSTEM }, next))) told += 1;
    return told;
  },
});

async function tellTerm(tx: Tx): Promise<boolean> {
  const today = civilDateOf(tx.now);
  const found = await store.nextTermEnding(tx.db, { today, by: addDays(today, TERM_DAYS_BEFORE) });
  if (!found) return false;
  const { subscription_id: subscriptionId, customer_id: customerId, months, ends_on: endsOn } = found;
  const notice = { subscriptionId, kind: 'term_end', about: String(months), on: endsOn, at: tx.now } as const;
  if (await store.insertNotice(tx.db, notice))
    await tx.tell(subscriptionsEvents.termEnding, {
      subject: subscriptionId,
      customerId,
      data: { endsOn, months },
    });
  return true;
}

async function tellPromotion(tx: Tx): Promise<boolean> {
  const today = civilDateOf(tx.now);
  const found = await store.nextPromotionEnding(tx.db, { today, by: addDays(today, PROMOTION_DAYS_BEFORE) });
  if (!found) return false;
  const { subscription_id: subscriptionId, customer_id: customerId, ends_on: endsOn } = found;
  const notice = {
    subscriptionId,
    kind: 'promotion_end',
    about: found.item_id,
    on: endsOn,
    at: tx.now,
  } as const;
  if (await store.insertNotice(tx.db, notice))
    await tx.tell(subscriptionsEvents.promotionEnding, {
      subject: subscriptionId,
      customerId,
      data: { endsOn, nameFr: found.name_fr, nameEn: found.name_en, priceCents: Number(found.price_cents) },
    });
  return true;
}

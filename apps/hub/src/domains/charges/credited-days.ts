import type { Tx } from '../../platform/acting.ts';
import { addCharge, type NewCharge } from './add-charge.ts';
import { cancelCharge } from './cancel-charge.ts';
import type { Charge } from './charge.ts';
import * as cycles from './cycles-store.ts';
import { sizeOf } from './service-days.ts';
import * as store from './store.ts';

/** Days of a recurring item that an invoice had billed and a credit note took back. */
export type CreditedDays = Readonly<{ itemId: string; from: string; to: string }>;

/**
 * What a credit note took back of an invoice waits for the next one, as it was. The cycle of a service keeps what it
 * was charged: the charge that waits stands for the line that was taken back.
 */
export async function chargeAgain(
  tx: Tx,
  {
    days,
    detail,
    ...charge
  }: Omit<NewCharge, 'days'> &
    Readonly<{ days: CreditedDays | null; detail: Readonly<{ fr: string; en: string }> | null }>,
): Promise<Charge> {
  if (days === null) return addCharge(tx, charge);
  const cycle = await cycles.cycleOn(tx.db, { itemId: days.itemId, on: days.from });
  // Billed before cycles were kept: its own days are its cycle.
  return addCharge(tx, { ...charge, days: { ...days, cycleFrom: cycle?.cycle.start ?? days.from, detail } });
}

/**
 * What a credit note gave up of days of a service is remembered with their cycle, so that a change of the service
 * does not credit it a second time; credits of that cycle that still wait, and that the note made too much, are
 * withdrawn. Gives back how much more the days have been credited than they were charged, which the caller refuses;
 * nothing for days billed before cycles were kept.
 */
export async function giveUpDays(
  tx: Tx,
  { days, cents, reason }: Readonly<{ days: CreditedDays; cents: bigint; reason: string }>,
): Promise<bigint> {
  const cycle = await cycles.cycleOn(tx.db, { itemId: days.itemId, on: days.from });
  if (!cycle) return 0n;
  const givenCents = cycle.givenCents + cents;
  let { cents: chargedCents } = cycle;
  const waiting = { itemId: days.itemId, cycleFrom: cycle.cycle.start };
  for (const credit of await store.openChargesOfCycle(tx.db, waiting)) {
    const beyond = sizeOf(givenCents) - sizeOf(chargedCents);
    const isCredit = credit.amount_cents < 0n === givenCents > 0n;
    if (!isCredit || beyond <= 0n || sizeOf(credit.amount_cents) > beyond) continue;
    await cancelCharge(tx, { id: credit.id, reason });
    chargedCents -= credit.amount_cents;
  }
  await cycles.putGiven(tx.db, { ...waiting, cents: chargedCents, givenCents });
  const isSameWay = givenCents > 0n === cents > 0n;
  const beyond = sizeOf(givenCents) - sizeOf(chargedCents);
  return isSameWay && beyond > 0n ? beyond : 0n;
}

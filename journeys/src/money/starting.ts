import { billingOperations, chargesOperations, subscriptionsOperations } from '@gigafibre/contract';
import { installOnt, newLocation, newSubscription } from '@gigafibre/testing';
import { expect } from 'vitest';
import { agreeTerm } from '../../../apps/hub/src/domains/subscriptions/index.ts';
import { chargeDays, newService, once, withTaxes, type Account, type Charge } from '../naive-account.ts';
import { plus } from '../naive-calendar.ts';
import { begin } from '../naive-effects.ts';
import { EXTRAS, PLANS } from './sold.ts';
import { ask, aService, send, today, touch, type Taking, type Verbs } from './story.ts';

const SERVICES_MAX = 2;
/** Given on goods bought with some of the services, for two years or for no time. */
const REBATE = 24_000n;

/** A service, its ONT, some days ago or today; sometimes with a rebate on goods. */
async function startService({ scene, step, account }: Taking): Promise<boolean> {
  if (account.services.length >= SERVICES_MAX) return false;
  const { world, office } = scene;
  const province = step.which % 2 === 0 || account.exempt ? 'QC' : 'ON';
  const locationId = await newLocation(world, account.id, province === 'QC' ? 'J0L 2L0' : 'K1A 0B1');
  const at = { customerId: account.id, locationId };
  const id = await newSubscription(world, { ...at, skus: ['FIBRE-500', 'ROUTEUR'] });
  await installOnt(world, at);
  const on = plus(today(scene), -Math.abs(step.days % 28));
  const preview = await office.call(billingOperations.previewFirstInvoice, { id, on });
  await office.call(subscriptionsOperations.activateSubscription, { id, on });
  await world.drain();
  const service = newService({ id, from: on, province }, { billing: account.billing, today: today(scene) });
  if (step.which >= 4) {
    service.term = { from: on, months: step.which === 4 ? 24 : null, rebate: REBATE };
    const { months } = service.term;
    await world.act((tx) => agreeTerm(tx, { id, on, months, goodsRebateCents: REBATE, source: 'essai' }));
  }
  const { options: _, ...plan } = PLANS['FIBRE-500'];
  for (const item of [plan, EXTRAS.ROUTEUR]) begin(service, { ...item, from: on, to: null });
  const total = firstBill(account, chargeDays(service));
  account.services.push(service);
  account.balance += total;
  touch(scene, account);
  expect(preview.totalCents, 'preview of the first invoice').toBe(total);
  return true;
}

/** The first bill takes along what was sold once and waits; credits only as far as the bill stays above zero. */
function firstBill(account: Account, own: readonly Charge[]): bigint {
  const open = account.charges.filter(({ service }) => service === null);
  const all = withTaxes(account, [...own, ...open]);
  const taken = all >= 0n ? open : open.filter(({ cents }) => cents > 0n);
  account.charges = account.charges.filter((charge) => !taken.includes(charge));
  return withTaxes(account, [...own, ...taken]);
}

export const starting = {
  'start a service': startService,
  'add a charge': async (taking) => {
    const { account, step, scene } = taking;
    const service = aService(taking);
    if (!service) return false;
    const { locationId } = await scene.office.call(subscriptionsOperations.readSubscription, {
      id: service.id,
    });
    const cents = BigInt(step.which % 3 === 0 ? -step.cents : step.cents);
    const charge = { customerId: account.id, locationId, sku: 'VISITE', unitPriceCents: Number(cents) };
    if (typeof (await send(taking, chargesOperations.addCharge, charge)) === 'string') return false;
    ask(scene, account, [once(service.province, cents)]);
    return true;
  },
} satisfies Verbs;

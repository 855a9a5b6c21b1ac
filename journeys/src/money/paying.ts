import { paymentsOperations } from '@gigafibre/contract';
import { stripeSignature } from '@gigafibre/simulators';
import { expect } from 'vitest';
import { accountOf } from '../../../apps/hub/src/domains/ledger/index.ts';
import { send, type Taking, type Verbs } from './story.ts';

/** What the provider says, signed; twice when told twice. */
async function tell({ scene, step }: Taking, type: string, object: object): Promise<void> {
  const { world } = scene;
  const created = Math.floor(world.now.getTime() / 1_000);
  const id = `evt_model_${(scene.number += 1)}`;
  const body = JSON.stringify({ id, object: 'event', type, created, data: { object } });
  const signature = stripeSignature(body, 'whsec_test', world.now);
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const once = () => fetch(`${world.url}/webhook/stripe`, { method: 'POST', body, headers });
  for (const { status } of await Promise.all(step.twice ? [once(), once()] : [once()]))
    expect(status).toBe(200);
  await world.drain();
}

const CHARGEBACK_WORDS = [
  ['charge.dispute.created', 'needs_response'],
  ['charge.dispute.funds_withdrawn', 'needs_response'],
  ['charge.dispute.funds_reinstated', 'won'],
  ['charge.dispute.closed', 'lost'],
] as const;

export const paying = {
  'pay by hand': async (taking) => {
    const { account, step, scene } = taking;
    const reference = `${scene.number}`;
    const input = { customerId: account.id, method: 'cheque', amountCents: step.cents, reference } as const;
    const paid = await send(taking, paymentsOperations.recordPayment, input);
    if (typeof paid === 'string') return false;
    account.balance -= BigInt(step.cents);
    scene.story.paid.push({ id: paid.id, account: account.id, left: BigInt(step.cents) });
    return true;
  },
  'pay by card': async (taking) => {
    const { account, step, scene } = taking;
    // Now and then the same payment is told by another event.
    const known = scene.story.money.find((one) => one.account === account.id);
    const again = step.which === 0 && known !== undefined;
    const ref = again ? known.ref : `pi_model_${scene.number}`;
    const cents = step.cents;
    const intent = {
      id: ref,
      object: 'payment_intent',
      amount: cents,
      amount_received: cents,
      currency: 'cad',
    };
    await tell(taking, 'payment_intent.succeeded', {
      ...intent,
      customer: scene.story.payers.get(account.id),
    });
    if (again) return true;
    account.balance -= BigInt(cents);
    scene.story.money.push({ ref, account: account.id, left: BigInt(cents), taken: 0n, decided: false });
    return true;
  },
  refund: async (taking) => {
    const { step, scene } = taking;
    const one = scene.story.paid[step.which % Math.max(1, scene.story.paid.length)];
    const account = scene.story.accounts.find(({ id }) => id === one?.account);
    if (!one || !account) return false;
    const destination = step.days < 0 ? 'credit' : 'cheque';
    const amountCents = step.which === 0 ? step.cents : Math.min(step.cents, Math.max(1, Number(one.left)));
    const asked = { paymentId: one.id, amountCents, destination, reason: 'mistake' } as const;
    const refund = await send(taking, paymentsOperations.refundPayment, asked);
    if (destination === 'cheque')
      expect(refund === 'refund_too_large', 'refunded as far as money is left').toBe(
        BigInt(amountCents) > one.left,
      );
    if (typeof refund === 'string') return false;
    if (destination === 'credit') return true;
    one.left -= BigInt(amountCents);
    account.balance += BigInt(amountCents);
    return true;
  },
  /** What credit notes left the customer: the amount asked, or all of it, as the system says. */
  'pay a credit out': async (taking) => {
    const { account, step, scene } = taking;
    const { creditCents } = await accountOf(scene.world, account.id);
    const amount = step.days < 0 ? { amountCents: step.cents } : {};
    const refund = await send(taking, paymentsOperations.refundCredit, {
      customerId: account.id,
      ...amount,
      destination: 'cheque',
      reason: 'requested_by_customer',
    });
    if (typeof refund === 'string' || refund.state === 'awaiting_approval') return false;
    if (amount.amountCents !== undefined) expect(refund.amountCents).toBe(BigInt(amount.amountCents));
    expect(refund.amountCents, 'paid out beyond the credit').toBeLessThanOrEqual(creditCents);
    account.balance += refund.amountCents;
    return true;
  },
  /** The payer's bank takes the money back, and may give it back; after its last word it says no more. */
  chargeback: async (taking) => {
    const { step, scene } = taking;
    const one = scene.story.money[step.which % Math.max(1, scene.story.money.length)];
    const account = scene.story.accounts.find(({ id }) => id === one?.account);
    if (!one || one.decided || !account) return false;
    const [type, status] = CHARGEBACK_WORDS[step.cents % 4] ?? CHARGEBACK_WORDS[0];
    const dispute = {
      id: `dp_${one.ref}`,
      object: 'dispute',
      payment_intent: one.ref,
      currency: 'cad',
      status,
    };
    await tell(taking, type, { ...dispute, amount: Number(one.left + one.taken), reason: 'general' });
    one.decided = status !== 'needs_response';
    const isTaken = type !== 'charge.dispute.created' && one.taken === 0n;
    if (isTaken) [one.taken, one.left] = [one.left, 0n];
    if (isTaken) account.balance += one.taken;
    if (status === 'won') account.balance -= one.taken;
    return true;
  },
} satisfies Verbs;

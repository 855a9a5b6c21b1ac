import { paymentsOperations } from '@gigafibre/contract';
import { send, type Scene, type Taking, type Verbs } from './story.ts';

/** Accounts and cards of the simulated banks: good, without funds, contested after it was paid, declined later. */
const METHODS = [
  { cardNumber: '4242424242424242', cardExpiry: '12/32', cardCvc: '123' },
  { institution: '000', transit: '11000', account: '000123456789' },
  { institution: '000', transit: '11000', account: '000222222227' },
  { institution: '000', transit: '11000', account: '000000000004' },
  { cardNumber: '4000000000000341', cardExpiry: '12/32', cardCvc: '123' },
] as const;

/** Gives a method at the provider's page, and agrees to be debited from it. */
async function agreeToDebits(taking: Taking): Promise<boolean> {
  const { scene, account, step } = taking;
  const { office, world } = scene;
  const typed = METHODS[step.which % METHODS.length] ?? METHODS[0];
  const kind = 'account' in typed ? 'bank_account' : 'card';
  const { url } = await office.call(paymentsOperations.setupForCustomer, { id: account.id, kind });
  await fetch(url, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' });
  await world.settle();
  const { textVersion } = await office.call(paymentsOperations.readPpa, { id: account.id });
  const { rows } = await office.call(paymentsOperations.listMethods, { customer: account.id });
  const ends = ('account' in typed ? typed.account : typed.cardNumber).slice(-4);
  const methodId = rows.find(({ last4 }) => last4 === ends)?.id ?? null;
  const asked = { id: account.id, enabled: true, methodId, textVersion, proof: 'appel' };
  return typeof (await send(taking, paymentsOperations.togglePpaForCustomer, asked)) !== 'string';
}

export const debiting = {
  'agree to debits': agreeToDebits,
  'stop debits': async (taking) => {
    const asked = { id: taking.account.id, enabled: false, proof: 'appel' };
    return typeof (await send(taking, paymentsOperations.togglePpaForCustomer, asked)) !== 'string';
  },
} satisfies Verbs;

/** A customer as the provider knows them; their number there. */
export async function knownAtProvider({ world }: Pick<Scene, 'world'>, name: string): Promise<string> {
  const answer = await fetch(`${world.world.addresses.stripe}/v1/customers`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_1' },
    body: new URLSearchParams({ name }),
  });
  const { id } = (await answer.json()) as { id?: string }; // the simulator's answer
  if (id === undefined) throw new Error(`no customer at the provider: ${answer.status}`);
  return id;
}

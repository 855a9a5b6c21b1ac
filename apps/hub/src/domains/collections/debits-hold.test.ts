// A bank’s answer takes days: the ladder waits for it, for the next attempt, and goes on when neither is left.
import { addDays } from '@gigafibre/calendar';
import { paymentsOperations as op, portalOperations } from '@gigafibre/contract';
import { newCustomer, testWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../../doors/portal-sign-in/index.ts';
import { issueInvoice } from '../billing/index.ts';
import { listAccounts } from './list-accounts.ts';
import { readAccount } from './read-account.ts';

const WITHOUT_FUNDS = { institution: '000', transit: '11000', account: '000222222227' };

test('nothing is asked of a customer while a debit is under way or will be tried again', async () => {
  const world = await testWorld();
  const customerId = await newCustomer(world);
  const line = {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: 8_043n,
    amountCents: 8_043n,
    taxTreatment: 'outside',
    revenueAccount: '4060',
    locationId: null,
  } as const;
  await world.act((tx) => issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }));
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id: customerId });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  const { url } = await browser.call(op.setupMethod, { kind: 'bank_account' });
  await fetch(url, { method: 'POST', body: new URLSearchParams(WITHOUT_FUNDS), redirect: 'manual' });
  await world.settle();
  const { textVersion } = await browser.call(op.readMyPpa, {});
  await browser.call(op.togglePpa, { enabled: true, textVersion });
  const morning = async (date: string) => {
    // What was caused before leaves before.
    await world.settle();
    await world.moveTo(new Date(`${date}T14:00:00Z`));
    await world.settle();
  };
  const account = () => readAccount(world, customerId);

  await morning('2026-11-23');
  await morning('2026-11-26');
  expect(await account()).toMatchObject({ holds: ['processing'], steps: [], next: { why: 'held' } });
  const { rows } = await listAccounts(world, { limit: 10, show: 'all', sort: 'next', hold: 'processing' });
  expect(rows).toHaveLength(1);

  world.world.stripe.clearBanks();
  await world.settle();
  const waiting = await account();
  expect(waiting).toMatchObject({ holds: ['debit_window'], returnedDebit: true, steps: [] });
  const retryOn = addDays(waiting.next?.on ?? '', -1);
  await morning(retryOn);
  expect((await account()).holds).toContain('processing');
  world.world.stripe.clearBanks();
  await world.settle();
  expect((await account()).steps).toEqual([]);
  await morning(addDays(retryOn, 1));
  const after = await account();
  expect(after).toMatchObject({ holds: [], returnedDebit: true });
  expect(after.steps).toHaveLength(1);
});

import { expect } from 'vitest';
import { verifyBilling } from '../../../apps/hub/src/domains/billing/index.ts';
import { accountOf, verifyLedger } from '../../../apps/hub/src/domains/ledger/index.ts';
import { verifyPayments } from '../../../apps/hub/src/domains/payments/index.ts';
import type { Account } from '../naive-account.ts';
import { askedOf, billedTwice } from './books.ts';
import { takeWhatCameBack } from './mirrored.ts';
import type { Scene } from './story.ts';

/** Everything that must be true at any moment, after something happened. */
export async function agree(scene: Scene, what: string): Promise<void> {
  const { world, story } = scene;
  expect([what, (await verifyLedger(world)).differences]).toEqual([what, []]);
  expect([what, await verifyBilling(world)]).toEqual([what, []]);
  expect([what, await verifyPayments(world)]).toEqual([what, []]);
  const twice = await billedTwice(world);
  expect([what, 'recurring lines of one service and cycle', twice]).toEqual([what, expect.anything(), []]);
  await takeWhatCameBack(scene);
  for (const account of story.accounts) {
    const { balanceCents, receivableCents, creditCents } = await accountOf(world, account.id);
    expect([what, account.id, balanceCents]).toEqual([what, account.id, account.balance]);
    expect(receivableCents >= 0n && creditCents >= 0n, `${what}: below zero without being a credit`).toBe(
      true,
    );
    expect([what, (await askedOf(world, account.id)).toSorted()]).toEqual([what, naivelyAsked(account)]);
  }
}

const naivelyAsked = ({ services }: Account): string[] =>
  services
    .flatMap(({ items }) => items.filter(({ from, to }) => to === null || to >= from))
    .flatMap(({ sku, from, to, charged }) =>
      [...charged]
        .filter(([, { cents }]) => cents !== 0n)
        .map(([start, { cents }]) => [sku, from, ...(to === null ? [] : [to]), start, cents].join(' ')),
    )
    .toSorted();

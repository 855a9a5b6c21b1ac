// Cutting and ending for a debt by hand: the law is the same for a person as for the ladder.
import { instantOf } from '@gigafibre/calendar';
import { subscriptionChangesOperations as changes } from '@gigafibre/contract';
import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { openInvoicesOf } from '../billing/index.ts';
import { setMessageMode } from '../messages/index.ts';
import { receivePayment } from '../payments/index.ts';
import { readSubscription } from '../subscriptions/index.ts';
import { placeHold, releaseHold } from './agreed/holds.ts';
import { readAccount } from './read-account.ts';

test('a clerk cuts or ends for a debt only when the ladder would at that moment, and hears what is missing', async () => {
  let sent = 0;
  const send = () => {
    sent += 1;
    return Promise.resolve({ is: 'done', value: { providerRef: `ref-${sent}` } } as const);
  };
  const mail = { vendor: 'test', send, close: () => Promise.resolve() };
  const hub = await testHub({ outside: { mail } });
  await stockCatalog(hub);
  await hub.act((tx) => setMessageMode(tx, { mode: 'live', allowlist: [] }));
  const { customerId, subscriptionId: id } = await activeService(hub, { on: '2026-11-02' });
  await hub.drain();
  const on = async (date: string, time = '09:00') => {
    await hub.moveTo(instantOf({ date, time }));
    await hub.drain();
  };
  const served = await serveHub(hub);
  const byHand = { id, reason: 'non_payment' } as const;
  const cut = async () => (await served.as('csr')).call(changes.suspendSubscription, byHand);
  const refusedFor = (whyFr: string) =>
    expect(cut()).rejects.toMatchObject({ code: 'debt_not_ripe', data: { what: 'suspend', whyFr } });
  // A Sunday, with nothing due.
  await on('2026-11-08');
  await refusedFor('rien n’est en souffrance au compte');
  await on('2026-11-25');
  await refusedFor('le deuxième rappel doit d’abord être fait et prouvé (prévu le 2026-12-02)');
  for (const day of ['2026-12-02', '2026-12-22', '2027-01-10', '2027-01-23']) await on(day);
  await refusedFor('la suspension n’est permise que le 2027-01-25');
  await on('2027-01-25', '22:00');
  await refusedFor('ce n’est ni un jour ni une heure permis');
  await on('2027-01-26');
  const held = await hub.act((tx) =>
    placeHold(tx, { customerId, kind: 'vulnerable', reason: 'oxygène', until: '2027-03-01' }),
  );
  await refusedFor('quelque chose retient l’échelle');
  await hub.act((tx) => releaseHold(tx, { id: held.manualHolds[0]?.id ?? '' }));
  const csr = await served.as('csr');
  const change = { command: 'endSubscription', endedBy: 'default', reason: 'dette' } as const;
  await expect(csr.call(changes.previewChange, { id, change })).rejects.toMatchObject({
    code: 'debt_not_ripe',
    data: { what: 'end' },
  });
  await cut();
  // It counts as the ladder's own: a part that is enough lifts it.
  expect(await readAccount(hub, customerId)).toMatchObject({ suspendedOn: '2027-01-26', proposal: null });
  const owed = (await openInvoicesOf(hub, customerId)).reduce((sum, one) => sum + one.outstandingCents, 0n);
  await hub.act((tx) =>
    receivePayment(tx, {
      customerId,
      method: 'transfer',
      amountCents: owed - 5_000n,
      receivedOn: '2027-01-26',
    }),
  );
  await hub.drain();
  expect((await readSubscription(hub, id)).status).toBe('active');
});

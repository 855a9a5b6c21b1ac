// Who ends a service decides what may be asked for it, and from when (CPA ss. 13, 214.7).
import { subscriptionChangesOperations as changes } from '@gigafibre/contract';
import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { rehearse } from '../../../platform/transact.ts';
import { readSubscription } from '../read-subscription.ts';
import { repriceItem } from './change-options.ts';
import { endSubscription } from './end-subscription.ts';
import { agreeTerm } from './terms.ts';

test('only the customer’s own early end bears an indemnity; the company waits for what the law says', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-02' });
  await hub.drain();
  const csr = await (await serveHub(hub)).as('csr');
  const seen = async (end: object, of = id) =>
    csr.call(changes.previewChange, { id: of, change: { command: 'endSubscription', reason: 'x', ...end } });
  // For an indeterminate time: 60 days of notice, unless something forbids to wait.
  await expect(seen({ endedBy: 'company', on: '2026-12-31' })).rejects.toMatchObject({
    code: 'company_notice',
    data: { from: '2027-01-01', daysMin: 60 },
  });
  expect((await seen({ endedBy: 'company', on: '2027-01-01' })).on).toBe('2027-01-01');
  expect((await seen({ endedBy: 'company', ground: 'fraud' })).on).toBe('2026-11-02');
  // A fixed term with a rebate on goods.
  await hub.act((tx) =>
    agreeTerm(tx, { id, on: '2026-11-02', months: 24, goodsRebateCents: 24_000n, source: 'contract' }),
  );
  const indemnity = async (end: object) =>
    (await seen({ on: '2026-11-30', ...end })).charges
      .filter(({ sku }) => sku === 'RESILIATION')
      .map(({ amountCents }) => amountCents);
  expect(await indemnity({})).toEqual([23_000n]);
  expect(await indemnity({ endedBy: 'company', ground: 'safety' })).toEqual([]);
  await expect(seen({ endedBy: 'company', on: '2027-03-01' })).rejects.toMatchObject({
    code: 'term_kept',
    data: { until: '2028-11-01' },
  });
  // What the ladder of debts ends bears interest, and nothing more.
  const { charges } = await rehearse(hub.env.ground, { by: hub.by }, (tx) =>
    endSubscription(tx, { id, on: '2026-11-30', reason: 'dette', endedBy: 'default' }),
  );
  expect(charges.filter(({ sku }) => sku === 'RESILIATION')).toEqual([]);
});

test('who refuses a higher price leaves without indemnity, up to 30 days after it holds', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { subscriptionId: id } = await activeService(hub, { on: '2026-11-02' });
  const term = { id, on: '2026-11-02', months: null, goodsRebateCents: 24_000n, source: 'contract' };
  await hub.act((tx) => agreeTerm(tx, term));
  const indemnity = async (on: string) =>
    (
      await rehearse(hub.env.ground, { by: hub.by }, (tx) => endSubscription(tx, { id, on, reason: 'refus' }))
    ).charges.filter(({ sku }) => sku === 'RESILIATION').length;
  expect(await indemnity('2026-11-30')).toBe(1);
  const itemId = (await readSubscription(hub, id)).items.find(({ kind }) => kind === 'internet')?.id ?? '';
  const rise = { id, itemId, priceCents: 9_995n, when: '2026-12-02', reason: 'coûts' };
  await hub.act((tx) => repriceItem(tx, rise));
  expect(await indemnity('2026-11-30')).toBe(0);
  expect(await indemnity('2027-01-01')).toBe(0);
  expect(await indemnity('2027-01-02')).toBe(1);
});

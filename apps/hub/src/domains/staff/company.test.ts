import { activeService, serveHub, stockCatalog, testHub } from '@gigafibre/testing';
import { companyOperations as op } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { EXAMPLE_COMPANY } from '../../platform/company.ts';

test('nothing is invoiced until the company is described; what waited is billed then, with its numbers', async () => {
  const hub = await testHub();
  await hub.pool.query(`delete from app.settings where name = 'company'`);
  const served = await serveHub(hub);
  const [admin, clerk] = [await served.as('admin'), await served.as('billing')];
  expect(await clerk.call(op.readCompany, {})).toEqual({ profile: EXAMPLE_COMPANY, changedAt: null });
  await stockCatalog(hub);
  await activeService(hub);
  await hub.drain();
  const invoices = async () => (await hub.pool.query('select company from billing.invoices')).rows;
  expect(await invoices()).toEqual([]);
  const profile = { ...EXAMPLE_COMPANY, tradeName: 'Fibre du Nord', gstNumber: '100000009 rt0001' };
  await expect(clerk.call(op.changeCompany, profile)).rejects.toMatchObject({ code: 'forbidden' });
  for (const gstNumber of ['100000008 RT0001', '12345678 RT0001', ''])
    await expect(admin.call(op.changeCompany, { ...profile, gstNumber })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  await admin.call(op.changeCompany, profile);
  await hub.drain();
  expect(await invoices()).toMatchObject([
    { company: { tradeName: 'Fibre du Nord', gstNumber: '100000009 RT0001' } },
  ]);
  expect((await clerk.call(op.readCompany, {})).changedAt).not.toBeNull();
});

import { purchasesOperations as op, reportsOperations } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { setStage } from './src/stage.ts';
import { wordsIn } from './src/words.ts';

// A bill of a supplier from its paper to the tax return, by two people at their screens.

const words = wordsIn('fr');
const pdf = { name: 'facture.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') };

test('a clerk enters a bill with its paper, a manager approves it, the clerk notes that it is paid', async () => {
  const stage = await setStage();
  const clerk = await stage.person({ size: 'desktop' });
  await clerk.goto(await stage.staffLink({ role: 'billing' }));
  await clerk.getByRole('link', { name: words.ops('purchases.title'), exact: true }).click();
  await clerk.getByRole('button', { name: words.ops('purchases.enter') }).click();
  await clerk.getByRole('heading', { level: 1, name: words.ops('purchases.enter') }).waitFor();
  await clerk
    .getByRole('combobox', { name: words.ops('purchases.supplier') })
    .selectOption({ label: 'Transit Laurentien inc.' });
  await clerk.getByLabel(words.ops('purchases.theirNumber')).fill('TL-30001');
  const billedOn = stage.now.toISOString().slice(0, 10);
  await clerk.getByLabel(words.ops('purchases.billedOn')).fill(billedOn);
  await clerk.getByLabel(words.ops('purchases.description')).fill('Transit IP');
  await clerk.getByLabel(words.ops('purchases.net')).fill('2 000');
  await clerk
    .getByText(/2\s299,50/)
    .first()
    .waitFor();
  // The paper has one cent more than the rules.
  await clerk.getByRole('textbox', { name: /^TVQ/ }).fill('199,51');
  await clerk.getByRole('button', { name: words.ops('purchases.keepDraft') }).click();
  const heading = clerk.getByRole('heading', { level: 1, name: /^SB-\d+$/ });
  await heading.waitFor();
  const id = (await heading.innerText()).trim();
  await clerk.locator('input[type=file]').setInputFiles(pdf);
  await clerk.getByRole('link', { name: 'facture.pdf' }).waitFor();

  const manager = await stage.person({ size: 'desktop' });
  await manager.goto(await stage.staffLink({ role: 'manager' }));
  await manager.getByRole('link', { name: words.ops('purchases.title'), exact: true }).click();
  await manager.getByText('TL-30001').click();
  const approve = manager.getByRole('button', { name: words.ops('purchases.approve.action') });
  await approve.click();
  await manager
    .getByRole('dialog')
    .getByRole('button', { name: words.ops('purchases.approve.action') })
    .click();
  await manager.getByText(words.ops('purchases.approve.done', { number: id })).waitFor();

  await clerk.getByRole('button', { name: words.ops('purchases.pay.action') }).click();
  await clerk
    .getByRole('dialog')
    .getByRole('button', { name: words.ops('purchases.pay.confirm') })
    .click();
  await clerk.getByText(words.ops('states.supplier_bill.paid'), { exact: true }).first().waitFor();

  const bill = await stage.behind.call(op.readBill, { id });
  expect(bill).toMatchObject({ state: 'paid', totalCents: 229_951n, qstCents: 19_951n });
  const { rows } = await stage.behind.call(reportsOperations.listReportDocuments, {
    report: 'taxes',
    from: billedOn,
    to: billedOn,
    column: 'paid',
  });
  expect(rows).toMatchObject([{ kind: 'supplier_bill', id, cents: -29_951n }]);
  expect(stage.complaints).toEqual([]);
});

// What a really issued invoice says, read back from its PDF by another program than the one that wrote it.
import {
  billingOperations,
  billingRunsOperations as runs,
  interestOperations as interest,
  type Language,
} from '@gigafibre/contract';
import { readPdf } from '@gigafibre/documents/read-pdf';
import {
  activeService,
  serveHub,
  stockCatalog,
  testHub,
  type ServedHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { invoiceDocument, issueInvoice } from './domains/billing/index.ts';
import { addCharge } from './domains/charges/index.ts';
import { bill, customerOfProvider, GOOD } from './domains/payments/test/debited-customer.ts';
import { agreementDocument, readPpa } from './domains/payments/index.ts';
import { readContractPdf } from './domains/sales/index.ts';
import { HELENE, quoteFor, sellingHub, signFully } from './domains/sales/test/sold.ts';
import { SYSTEM } from './platform/acting.ts';

const lines = [
  {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: 100_000n,
    amountCents: 100_000n,
    taxTreatment: 'outside',
    revenueAccount: '4060',
    locationId: null,
  },
] as const;

async function pdfOf({ as, url }: ServedHub, id: string, language: Language): Promise<string> {
  const path = billingOperations.readInvoicePdf.path.replace('{id}', id);
  const answer = await (await as('admin')).fetch(`${url}${path}?language=${language}`);
  return (await readPdf(new Uint8Array(await answer.arrayBuffer()))).text;
}

const mailOf = async (hub: TestHub, id: string): Promise<{ email: string; sms: string }> => {
  const { rows } = await hub.pool.query<{ channel: string; body_text: string }>(
    'select channel, body_text from messages.messages where idempotency_key like $1',
    [`invoice:${id}:%`],
  );
  const of = (channel: string) =>
    rows.find((row) => row.channel === channel)?.body_text.replaceAll(/\s/g, ' ') ?? '';
  return { email: of('email'), sms: of('sms') };
};

test('an invoice that is debited announces its day, amount and account, and the debit is as it said', async () => {
  const { world, customerId, invoice: first, at, debits } = await customerOfProvider(GOOD);
  expect(await pdfOf(world, first.id, 'fr')).toContain('À payer au plus tard le 22 novembre 2026.');
  expect((await mailOf(world, first.id)).email).toContain(
    'Elle est payable au plus tard le 22 novembre 2026.',
  );
  await at('2026-11-20');
  const invoice = await bill(world, customerId, 6_543n, '2026-11-20');
  await world.settle();
  const said = await pdfOf(world, invoice.id, 'fr');
  // Thursday 10 December, the due date. What was owed before has its own debit.
  expect(said).toContain(
    'Ne payez pas cette facture : un prélèvement de 65,43 $ sera fait le 10 décembre 2026 (compte 000-11000 •••• 6789).',
  );
  expect(said).not.toContain('Payer en ligne');
  expect(await pdfOf(world, invoice.id, 'en')).toContain(
    'Do not pay this invoice: $65.43 will be taken on December 10, 2026 (account 000-11000 •••• 6789).',
  );
  expect((await mailOf(world, invoice.id)).email).toContain(
    'un prélèvement de 65,43 $ sera fait le 10 décembre 2026 (compte 000-11000 •••• 6789). Cette facture en est le préavis.',
  );
  for (const day of ['2026-12-09', '2026-12-10']) {
    await at(day);
    const mine = (await debits()).filter(({ invoiceId }) => invoiceId === invoice.id);
    expect(mine.map(({ amountCents }) => amountCents)).toEqual(day === '2026-12-10' ? [6_543n] : []);
  }
  expect(await pdfOf(world, invoice.id, 'fr')).toBe(said);
});

test('why a bill is different is on it, a person’s words when they are for the customer; it says so for ever', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const [shown, kept] = [await activeService(hub), await activeService(hub, { name: 'Autre' })];
  await hub.drain();
  await hub.moveTo(new Date('2026-11-25T15:00:00Z'));
  for (const { customerId } of [shown, kept])
    await hub.act((tx) =>
      addCharge(tx, {
        customerId,
        locationId: null,
        sku: 'VISITE',
        description: { fr: 'Visite', en: 'Visit' },
        amountCents: 900_000n,
        taxTreatment: 'taxable',
        revenueAccount: '4060',
        source: 'test',
      }),
    );
  const served = await serveHub(hub);
  const clerk = await served.as('billing');
  const { id } = await clerk.call(runs.startRun, { through: '2026-12-01' });
  await hub.drain();
  const explained = { id, explanation: 'Travaux convenus le 3 novembre' };
  await clerk.call(runs.explainRunDifference, { ...explained, customerId: shown.customerId, shown: true });
  await clerk.call(runs.explainRunDifference, { ...explained, customerId: kept.customerId });
  await clerk.call(runs.approveRun, { id });
  await hub.drain();
  const { rows } = await clerk.call(runs.listRunCustomers, { id });
  const invoiceOf = (customerId: string) =>
    rows.find((row) => row.customerId === customerId)?.invoiceId ?? '';
  const [mine, other] = [invoiceOf(shown.customerId), invoiceOf(kept.customerId)];
  const french = await pdfOf(served, mine, 'fr');
  for (const words of [
    'Pourquoi cette facture est différente',
    'Vérifié par notre équipe : Visite · +9 000,00 $',
    'Chaque écart est avant taxes.',
    'Travaux convenus le 3 novembre',
  ])
    expect(french).toContain(words);
  expect(await pdfOf(served, mine, 'en')).toContain('Checked by our team: Visit · +$9,000.00');
  const neutral = await pdfOf(served, other, 'fr');
  expect(neutral).toContain('Vérifié par notre équipe : Visite');
  for (const said of [french, neutral]) expect(said).not.toContain('inhabituel');
  expect(neutral).not.toContain('Travaux convenus');
  // The portal says the same.
  expect(await clerk.call(runs.readInvoiceDifference, { id: mine })).toMatchObject({
    explanation: explained.explanation,
    causes: expect.arrayContaining([expect.objectContaining({ kind: 'explained' })]),
  });
  expect(await clerk.call(runs.readInvoiceDifference, { id: other })).toMatchObject({ explanation: null });
  await expect(
    hub.pool.query(`update billing.run_customers set explanation = 'autre' where invoice_id = $1`, [mine]),
  ).rejects.toThrow('differs is printed');
});

test('an invoice is the same bytes wherever the product is reached later', async () => {
  const hub = await testHub();
  await stockCatalog(hub);
  const { customerId } = await activeService(hub);
  await hub.drain();
  const { rows } = await hub.pool.query<{ id: string }>(
    'select id from billing.invoices where customer_id = $1',
    [customerId],
  );
  const id = rows[0]?.id ?? '';
  const at = async (address: string) => invoiceDocument(hub, { publicUrl: () => address }, { id });
  const [then, now] = [await at('https://old.example.test'), await at('https://new.example.test')];
  expect(Buffer.from(now.bytes).equals(Buffer.from(then.bytes))).toBe(true);
  expect((await readPdf(now.bytes)).text).toContain('Payer en ligne');
});

test('interest is what the contract signed says, on the contract, on the invoice, and charged to nobody else', async () => {
  const hub = await sellingHub();
  const served = await serveHub(hub);
  const [admin, clerk] = [await served.as('admin'), await served.as('billing')];
  const order = async (name: string) => {
    const quote = await quoteFor(hub, { contact: { ...HELENE, name, emailId: `${name}@example.test` } });
    const { customerId } = await signFully(hub, quote);
    await hub.drain();
    const { bytes } = await readContractPdf(hub, { id: quote.id });
    return { customerId, contract: (await readPdf(bytes)).text };
  };
  const before = await order('avant');
  expect(before.contract).toContain('ne porte pas intérêt');
  const term = { from: '2026-11-02', residentialPercent: '18', businessPercent: null };
  await admin.call(interest.changeInterest, term);
  const after = await order('apres');
  expect(after.contract).toContain('1,5 % par mois, soit 18 % par année');
  const invoices = [];
  for (const { customerId } of [before, after])
    invoices.push(
      await hub.act((tx) => issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines })),
    );
  const [unsaid = '', said = ''] = invoices.map(({ id }) => id);
  expect(await pdfOf(served, said, 'fr')).toContain(
    'Intérêts de 1,5 % par mois (18 % par année) sur tout solde en souffrance.',
  );
  expect(await pdfOf(served, said, 'en')).toContain('Interest of 1.5% per month (18% per year)');
  expect(await pdfOf(served, unsaid, 'fr')).not.toContain('Intérêts');
  await hub.moveTo(new Date('2026-12-22T15:00:00Z')); // 30 days after the due date
  const due = async () => (await clerk.call(interest.listInterestDue, {})).rows;
  expect(await due()).toEqual([
    { customerId: after.customerId, customerName: 'apres', invoices: 1, totalCents: 1_479n },
  ]);
  await clerk.call(interest.chargeAllInterest, {});
  await hub.drain();
  expect(await due()).toEqual([]);
  await clerk.call(interest.chargeAllInterest, {});
  await hub.drain();
  const { rows } = await hub.pool.query(
    `select i.customer_id, i.total_cents from billing.invoices i join billing.interest_postings p on p.invoice_id = i.id`,
  );
  expect(rows).toEqual([{ customer_id: after.customerId, total_cents: 1_479n }]);
});

test('an agreement is printed in the words that were accepted, whatever they are by now', async () => {
  const { world, customerId } = await customerOfProvider(GOOD);
  const { agreement } = await readPpa(world, { customerId });
  const id = agreement?.id ?? '';
  const accepted = 'J’accepte les mots de 2025.';
  await world.pool.query(
    `update payments.agreements set text_version = '2025-01',
       printed = jsonb_set(printed, '{paragraphs,fr}', to_jsonb(array[$2::text])) where id = $1`,
    [id, accepted],
  );
  const { bytes } = await agreementDocument({ db: world.db, by: SYSTEM }, { id });
  expect((await readPdf(bytes)).text).toContain(accepted);
});

// The letters as the mail server received them, read back by a MIME parser, against what the office downloads.
import { billingOperations, paymentsOperations, salesOperations } from '@gigafibre/contract';
import { activeService, stockCatalog, testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { DEMO_CATALOG } from '../db/demo/catalog.ts';
import { layDemoPlant } from '../db/demo/plant.ts';
import { importItem } from './domains/catalog/index.ts';
import { recordPayment } from './domains/payments/record-payment.ts';
import { HELENE, quoteFor, signFully } from './domains/sales/test/sold.ts';
import { sendQuote } from './domains/sales/index.ts';

const letters = z.array(
  z.object({
    subject: z.string(),
    attachments: z.array(z.object({ filename: z.string(), contentType: z.string(), base64: z.string() })),
  }),
);

async function lettersTo(world: TestWorld, to: string) {
  return letters.parse(await (await fetch(`${world.world.addresses.inbox}/mail?to=${to}`)).json());
}

const pdfOf = async (world: TestWorld, path: string): Promise<string> => {
  const answer = await (await world.as('admin')).fetch(`${world.url}${path}`);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  return Buffer.from(await answer.arrayBuffer()).toString('base64');
};

const cash = { method: 'cash', amountCents: 2_000n, invoiceId: null, reference: null, note: '' } as const;
const at = (path: string, id: string) => path.replace('{id}', id);

test('an invoice and a receipt leave with their letters, the very bytes the office sees', async () => {
  const world = await testWorld({ messages: 'live' });
  await world.drain();
  await stockCatalog(world);
  const { customerId } = await activeService(world);
  await world.settle();
  await world.act((tx) => recordPayment(tx, { ...cash, customerId }));
  await world.settle();
  const { rows } = await world.pool.query<{ invoice: string; payment: string }>(
    'select (select id from billing.invoices) as invoice, (select id from payments.payments) as payment',
  );
  const { invoice = '', payment = '' } = rows[0] ?? {};
  const enclosed = (await lettersTo(world, 'zoe@example.test')).flatMap(({ attachments }) => attachments);
  const contentType = 'application/pdf';
  expect(enclosed).toEqual([
    {
      filename: `Facture ${invoice}.pdf`,
      contentType,
      base64: await pdfOf(world, at(billingOperations.readInvoicePdf.path, invoice)),
    },
    {
      filename: `Reçu ${payment}.pdf`,
      contentType,
      base64: await pdfOf(world, at(paymentsOperations.readReceipt.path, payment)),
    },
  ]);
});

test('the sealed contract leaves with its letter; who has no e-mail gets the way to it by SMS', async () => {
  const world = await testWorld({ messages: 'live' });
  await world.act(async (tx) => {
    await layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' });
    for (const item of DEMO_CATALOG) await importItem(tx, item);
  });
  await world.settle();
  const sell = async (contact: { emailId: string | null; cellPhone: string }) => {
    const quote = await quoteFor(world, { contact: { ...HELENE, ...contact } });
    await world.act((tx) => sendQuote(tx, { id: quote.id, version: 1 }));
    await signFully(world, quote);
    await world.settle();
    return quote.id;
  };
  const id = await sell(HELENE);
  const mail = (await lettersTo(world, HELENE.emailId)).filter(({ attachments }) => attachments.length > 0);
  expect(mail).toEqual([
    {
      subject: 'Merci, votre commande est confirmée',
      attachments: [
        {
          filename: `Contrat ${id.replace('QTN', 'CTR')}.pdf`,
          contentType: 'application/pdf',
          base64: await pdfOf(world, at(salesOperations.readContractPdf.path, id)),
        },
      ],
    },
  ]);
  await sell({ emailId: null, cellPhone: '+14505550188' });
  const { rows } = await world.pool.query(
    `select body_text, attachments from messages.messages where template = 'quote_accepted' and channel = 'sms'`,
  );
  expect(rows).toEqual([{ body_text: expect.stringContaining(`${world.url}/portal/#/me`), attachments: [] }]);
});

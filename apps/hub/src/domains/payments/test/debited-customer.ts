import { addDays } from '@gigafibre/calendar';
import { paymentsOperations as op } from '@gigafibre/contract';
import { newCustomer, testWorld, type TestWorld } from '@gigafibre/testing';
import { issueInvoice, verifyBilling } from '../../billing/index.ts';
import { balanceOf, verifyLedger } from '../../ledger/index.ts';
import { debitDay } from '../debits/bank-codes.ts';
import { listDebits } from '../debits/debit.ts';
import { verifyPayments } from '../index.ts';
import { AGREEMENT_VERSION } from '../ppa/agreement-text.ts';

export const CARD = { cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' };
export const account = (number: string) => ({ institution: '000', transit: '11000', account: number });
export const GOOD = account('000123456789');
/** A payer's own word for one debit. */
export const AUTHORIZED = {
  authorization: {
    means: 'recording',
    givenBy: 'Zoé Tremblay',
    givenOn: '2026-11-02',
    reference: 'appel 4711',
  },
} as const;
export const ISSUED_ON = '2026-11-02';
const RAIL = {
  originatorId: 'GIGAF00001',
  dataCentre: '81510',
  shortName: 'GIGAFIBRE',
  longName: 'Gigafibre inc.',
  institution: '815',
  transit: '30000',
  account: '7654321',
};

export const bill = (world: TestWorld, customerId: string, amountCents = 8_043n, on = ISSUED_ON) => {
  const line = {
    kind: 'one_time',
    sku: null,
    description: { fr: 'Travaux', en: 'Work' },
    quantity: 1,
    unitPriceCents: amountCents,
    amountCents,
    taxTreatment: 'outside',
    revenueAccount: '4060',
    locationId: null,
  } as const;
  return world.act((tx) => issueInvoice(tx, { customerId, on, reason: 'test', lines: [line] }));
};

const agreed = (id: string) => ({
  id,
  enabled: true,
  textVersion: AGREEMENT_VERSION,
  proof: 'appel 1',
});

/** What everybody who was debited has in common: the day of their invoice, and ways to look at them. */
const seen = (world: TestWorld, customerId: string, invoice: Awaited<ReturnType<typeof bill>>) => {
  const at = async (date: string, utc = '11:00') => {
    // What was caused before leaves before.
    await world.settle();
    await world.moveTo(new Date(`${date}T${utc}:00Z`));
    await world.settle();
  };
  const day = debitDay(invoice, 'bank_account');
  return {
    world,
    customerId,
    invoice,
    /** Six in the morning of a day in Montréal, unless another time is said; what is due then is done. */
    at,
    /** The day the invoice is debited from an account, and the one before. */
    day,
    eve: addDays(day, -1),
    debits: async () => (await listDebits(world, { limit: 20, customerId })).rows,
    owes: () => balanceOf(world, customerId),
    /** The bank answers for everything it has. */
    bankAnswers: async () => {
      world.world.stripe.clearBanks();
      await world.settle();
    },
    booksAreWrong: async () => [
      ...(await verifyLedger(world)).differences,
      ...(await verifyBilling(world)),
      ...(await verifyPayments(world)),
    ],
  };
};

/** A customer with an invoice of 80.43 who saved a method on the provider's page and, unless not, agreed to debits. */
export const customerOfProvider = async (
  typed: Record<string, string>,
  { agrees = true, start }: { agrees?: boolean; start?: Date } = {},
) => {
  const world = await testWorld(start ? { start } : {});
  const customerId = await newCustomer(world);
  const invoice = await bill(world, customerId);
  const clerk = await world.as('csr');
  const kind = 'account' in typed ? 'bank_account' : 'card';
  const { url } = await clerk.call(op.setupForCustomer, { id: customerId, kind });
  await fetch(url, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' });
  await world.settle();
  if (agrees) await clerk.call(op.togglePpaForCustomer, agreed(customerId));
  await world.settle();
  return seen(world, customerId, invoice);
};

/** The same whose account the company debits itself, by its bank's file. */
export const customerOfOwnBank = async () => {
  const world = await testWorld();
  await (await world.as('admin')).call(op.setBankRail, RAIL);
  const clerk = await world.as('csr');
  const customerId = await newCustomer(world);
  const invoice = await bill(world, customerId);
  const given = { institution: '815', transit: '30001', account: '1234567', payerName: 'Zoé Tremblay' };
  await clerk.call(op.addBankAccount, { id: customerId, ...given });
  await clerk.call(op.togglePpaForCustomer, agreed(customerId));
  await world.settle();
  /** Made by one person, released and sent by another. */
  const sendFile = async () => {
    const { id } = await (await world.as('billing')).call(op.makeDebitFile, {});
    const office = await world.as('manager');
    const file = await office.call(op.releaseDebitFile, { id });
    await office.call(op.markDebitFileSent, { id });
    await world.settle();
    return file;
  };
  return { ...seen(world, customerId, invoice), sendFile };
};

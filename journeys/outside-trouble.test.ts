import {
  fieldOperations,
  messagesOperations,
  paymentsOperations,
  portalOperations,
} from '@gigafibre/contract';
import {
  home,
  job,
  newCustomer,
  oltAt,
  phoneOf,
  publishTo,
  technician,
  testWorld,
  troubledLine,
  TROUBLES,
  type Caller,
  type TestWorld,
  type Trouble,
  type TroubledLine,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { issueInvoice, verifyBilling } from '../apps/hub/src/domains/billing/index.ts';
import { verifyLedger } from '../apps/hub/src/domains/ledger/index.ts';
import { sendMessage } from '../apps/hub/src/domains/messages/index.ts';
import { verifyPayments } from '../apps/hub/src/domains/payments/index.ts';
import { portalLink } from '../apps/hub/src/doors/portal-sign-in/index.ts';
import { unrest } from './src/traces.ts';

// The systems outside are reached over lines that fail: nobody is there, nobody answers, or something answers that is
// not them. People read a sentence before their patience ends, nothing is half written, and it goes through later.

/** Shorter than in real life, so that nobody answering takes less of everybody's time. */
const DEADLINE_MS = 4_000;
const deadlines = {
  stripeMs: DEADLINE_MS,
  twilioMs: DEADLINE_MS,
  smtpMs: DEADLINE_MS,
  acsMs: DEADLINE_MS,
  acsConnectionMs: 1_000,
  oltAnswerMs: 500,
  oltMs: 1_000,
};
const LATER_MS = 60_000;
const TEST_MS = 180_000;

const SYSTEMS = {
  stripe: 'STRIPE_API_URL',
  twilio: 'TWILIO_API_URL',
  smtp: 'SMTP_URL',
  acs: 'GENIEACS_URL',
} as const;
type System = keyof typeof SYSTEMS;
type Lines = Readonly<Record<System, TroubledLine>>;

/** A world whose lines a test can trouble. */
async function troubledWorld(messages: 'sandbox' | 'live'): Promise<{ world: TestWorld; lines: Lines }> {
  const lines: Partial<Record<System, TroubledLine>> = {};
  const world = await testWorld({
    messages,
    deadlines,
    reach: async (found) => {
      const reached = { ...found };
      for (const system of ['stripe', 'twilio', 'smtp', 'acs'] as const) {
        const line = await troubledLine(found[SYSTEMS[system]] ?? '');
        lines[system] = line;
        reached[SYSTEMS[system]] = line.url;
      }
      return reached;
    },
  });
  const { stripe, twilio, smtp, acs } = lines;
  if (!stripe || !twilio || !smtp || !acs) throw new Error('the world has no such system');
  return { world, lines: { stripe, twilio, smtp, acs } };
}

const booksAreRight = async (world: TestWorld): Promise<void> => {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
};
const count = async ({ pool }: TestWorld, table: string): Promise<number> =>
  (await pool.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]?.n ?? 0;

/** A customer who owes 80.43, on the portal. */
async function debtor(world: TestWorld): Promise<{ invoiceId: string; portal: Caller }> {
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
  const { id } = await world.act((tx) =>
    issueInvoice(tx, { customerId, on: '2026-11-02', reason: 'test', lines: [line] }),
  );
  const link = await portalLink(world.env, { customerIds: [customerId], now: world.now, id: customerId });
  const portal = world.visitor('portal');
  await portal.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return { invoiceId: id, portal };
}

test.each(TROUBLES)(
  'Stripe %s: at the till the payer reads so and pays later; when a payment is told, it counts all the same',
  { timeout: TEST_MS },
  async (trouble) => {
    const { world, lines } = await troubledWorld('sandbox');
    const { invoiceId, portal } = await debtor(world);
    await world.settle();
    lines.stripe.set(trouble);
    await expect(portal.call(paymentsOperations.checkoutInvoice, { invoiceId })).rejects.toMatchObject({
      code: 'outside_unavailable',
      status: 503,
      message: 'Le service « stripe » ne répond pas. Réessayez dans un instant.',
    });
    expect(await count(world, 'payments.payments')).toBe(0);
    await booksAreRight(world);

    lines.stripe.set(null);
    const { url, checkoutId } = await portal.call(paymentsOperations.checkoutInvoice, { invoiceId });
    lines.stripe.set(trouble);
    const card = { cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' };
    await fetch(url, { method: 'POST', body: new URLSearchParams(card), redirect: 'manual' });
    await world.settle();
    expect(await portal.call(paymentsOperations.readMyCheckout, { id: checkoutId })).toMatchObject({
      state: 'paid',
    });
    expect(await unrest(world, world.world), 'which card it was is still to be asked').toEqual([
      'job payments.describe-payment retry',
    ]);

    lines.stripe.set(null);
    await restsAtLast(world);
    const { rows } = await world.pool.query('select brand, last4 from payments.payments');
    expect(rows).toEqual([{ brand: 'visa', last4: '4242' }]);
    expect(await count(world, 'payments.checkouts')).toBe(1);
    await booksAreRight(world);
  },
);

/** Jobs that failed are tried again after pauses of real time. */
const restsAtLast = (world: TestWorld): Promise<unknown> =>
  expect
    .poll(
      async () => {
        await world.settle();
        return unrest(world, world.world);
      },
      { timeout: LATER_MS },
    )
    .toEqual([]);

/** What the network outside says, or does not say, is asked of two systems; both are in trouble. */
const OLT_FAULTS: Readonly<Record<Trouble, 'silent' | 'garbage'>> = {
  down: 'silent',
  silent: 'silent',
  garbage: 'garbage',
};
const SERIAL = 'TPLG46E80F93';

test.each(TROUBLES)(
  'ACS and OLT %s at the visit: the technician is told to measure, and the same question is answered later',
  { timeout: TEST_MS },
  async (trouble) => {
    const { world, lines } = await troubledWorld('sandbox');
    world.world.addOnt({ serial: SERIAL, rxDbm: -19.4, state: 'online' });
    await oltAt(world, world.world.addresses.olt);
    const technicianId = await technician(world);
    const id = await job(world, { type: 'install', ...(await home(world)) });
    await publishTo(world, { jobId: id, technicianId, startsAt: world.now.toISOString() });
    const { phone } = await phoneOf(world, world, technicianId);
    const about = { id, at: world.now.toISOString() };
    await phone.call(fieldOperations.startTravel, about);
    await phone.call(fieldOperations.arrive, about);
    await phone.call(fieldOperations.attachEquipment, { ...about, serial: SERIAL, how: 'scan' });
    const asked = { ...about, readingId: crypto.randomUUID() };

    lines.acs.set(trouble);
    world.world.olts[0]?.setFault(OLT_FAULTS[trouble]);
    await expect(phone.call(fieldOperations.takeReading, asked)).rejects.toMatchObject({
      code: 'no_reading',
      status: 422,
      message: expect.stringMatching(/^Aucune mesure optique : (?=.*OLT)(?=.*ACS).*Mesurez au wattmètre/),
    });
    expect(await count(world, 'network.readings')).toBe(0);

    lines.acs.set(null);
    world.world.olts[0]?.setFault(null);
    const { reading, applied } = await phone.call(fieldOperations.takeReading, asked);
    expect({ applied, rxDbm: reading.rxDbm }).toEqual({ applied: true, rxDbm: -19.4 });
    expect(await phone.call(fieldOperations.takeReading, asked)).toMatchObject({ applied: false });
  },
);

const PERSON = { email: 'helene@example.test', phone: '+14505550123', language: 'fr' } as const;
const AN_HOUR_MS = 3_600_000;

test.each(TROUBLES)(
  'mail and SMS %s: what is certain not to have left leaves later, what may have left waits for a person; nothing twice',
  { timeout: TEST_MS },
  async (trouble) => {
    const { world, lines } = await troubledWorld('live');
    const admin = await world.as('admin');
    await world.settle();
    lines.smtp.set(trouble);
    lines.twilio.set(trouble);
    await world.act((tx) =>
      sendMessage(tx, world.env, {
        template: 'staff_code',
        to: PERSON,
        variables: { code: '123456' },
        idempotencyKey: 'k',
        channels: ['email', 'sms'],
      }),
    );
    await world.settle();
    const waiting = (await admin.call(messagesOperations.listMessages, {})).rows;
    expect(waiting.map(({ channel }) => channel).toSorted()).toEqual(['email', 'sms']);
    for (const { status, failure } of waiting) {
      expect(['queued', 'unknown']).toContain(status);
      expect(failure).toMatch(/\S/);
    }
    expect(arrived(world)).toEqual([0, 0]);

    lines.smtp.set(null);
    lines.twilio.set(null);
    for (const { id, status } of waiting)
      if (status === 'unknown') await admin.call(messagesOperations.resendMessage, { id });
    await world.moveTo(new Date(world.now.getTime() + AN_HOUR_MS));
    await world.settle();
    expect(arrived(world)).toEqual([1, 1]);
    const { rows } = await admin.call(messagesOperations.listMessages, {});
    for (const { status } of rows) expect(['sent', 'delivered']).toContain(status);
  },
);

/** How many letters and text messages have come to the person. */
const arrived = ({ world }: TestWorld): [mail: number, sms: number] => [
  world.smtp.mail(PERSON.email).length,
  world.twilio.messages(PERSON.phone).length,
];

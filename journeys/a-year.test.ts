// A year of seven households on one hub, in virtual time: every month is computed, approved, issued and debited, and
// to each something happens that happens in a year. Amounts are written out: who reads them can check them by hand.
import {
  billingOperations,
  billingRunsOperations,
  paymentsOperations,
  portalOperations,
  statementOperations,
  subscriptionChangesOperations,
  subscriptionsOperations,
  taxExemptionOperations,
} from '@gigafibre/contract';
import {
  activeService,
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
  testWorld,
  type Caller,
  type TestWorld,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { portalLink } from '../apps/hub/src/doors/portal-sign-in/index.ts';
import { importItem } from '../apps/hub/src/domains/catalog/index.ts';
import { verifyBilling } from '../apps/hub/src/domains/billing/index.ts';
import { accountOf, verifyLedger } from '../apps/hub/src/domains/ledger/index.ts';
import { verifyPayments } from '../apps/hub/src/domains/payments/index.ts';
import { chargeDays, newService, sum, type Service } from './src/naive-account.ts';
import { plus } from './src/naive-calendar.ts';
import { begin, effects } from './src/naive-effects.ts';

/** 79.95 and 5.00 a month: with GST and QST, with HST, and without taxes. */
const MONTH = { net: 8_495n, quebec: 9_767n, ontario: 9_599n } as const;
const CARD = { cardNumber: '4242424242424242', cardExpiry: '12/30', cardCvc: '123' };
const bank = (account: string) => ({ institution: '000', transit: '11000', account });

type Household = Readonly<{ customerId: string; locationId: string; subscriptionId: string }>;

/** A household whose service starts today, with its first bill. */
async function household(world: TestWorld, name: string): Promise<Household> {
  const customerId = await newCustomer(world, { name });
  const { locationId, subscriptionId } = await serviceAt(world, customerId, 'J0L 2L0');
  return { customerId, locationId, subscriptionId };
}

async function serviceAt(world: TestWorld, customerId: string, postalCode: string) {
  const locationId = await newLocation(world, customerId, postalCode);
  const subscriptionId = await newSubscription(world, { customerId, locationId });
  await installOnt(world, { customerId, locationId });
  const office = await world.as('csr');
  await office.call(subscriptionsOperations.activateSubscription, { id: subscriptionId });
  await world.settle();
  return { locationId, subscriptionId };
}

async function signedIn(world: TestWorld, customerId: string): Promise<Caller> {
  const link = await portalLink(world.env, {
    customerIds: [customerId],
    now: world.now,
    id: `${customerId} ${world.now.getTime()}`,
  });
  const browser = world.visitor('portal');
  await browser.call(portalOperations.openPortalLink, { token: link.split('token=')[1] ?? '' });
  return browser;
}

/** The customer saves a card or an account on the provider's page and agrees to be debited. */
async function agrees(world: TestWorld, customerId: string, typed: Record<string, string>): Promise<void> {
  const browser = await signedIn(world, customerId);
  const { url } = await browser.call(paymentsOperations.setupMethod, {
    kind: 'account' in typed ? 'bank_account' : 'card',
  });
  await fetch(url, { method: 'POST', body: new URLSearchParams(typed), redirect: 'manual' });
  await world.settle();
  const { textVersion } = await browser.call(paymentsOperations.readMyPpa, {});
  const { rows } = await browser.call(paymentsOperations.listMyMethods, {});
  const ends = (typed['account'] ?? typed['cardNumber'] ?? '').slice(-4);
  const methodId = rows.find(({ last4 }) => last4 === ends)?.id ?? null;
  await browser.call(paymentsOperations.togglePpa, { enabled: true, methodId, textVersion });
}

/** Six in the morning, and a moment later what banks have answered. */
async function morning(world: TestWorld, day: string): Promise<void> {
  await world.moveTo(new Date(`${day}T12:30:00Z`));
  await world.settle();
  world.world.stripe.clearBanks();
  await world.settle();
}

/** A month is billed on the 25th of the one before, looked at, approved, and issued. */
async function monthIsBilled(world: TestWorld, through: string): Promise<void> {
  await morning(world, `${plus(through, -1).slice(0, 8)}25`);
  const office = await world.as('admin');
  const { id } = await office.call(billingRunsOperations.startRun, { through });
  await world.settle();
  expect((await office.call(billingRunsOperations.readRun, { id })).state).toBe('counted');
  const { rows } = await office.call(billingRunsOperations.listRunCustomers, { id, limit: 50 });
  // Who is away for a month has more back than is asked: a person says so.
  for (const { customerId, causes } of rows.filter(({ comparison }) => comparison === 'unexplained')) {
    expect([through, causes.at(-1)?.kind]).toEqual(['2027-08-01', 'below_zero']);
    await office.call(billingRunsOperations.explainRunDifference, {
      id,
      customerId,
      explanation: 'vacances',
    });
  }
  await office.call(billingRunsOperations.approveRun, { id });
  await world.settle();
  expect((await office.call(billingRunsOperations.readRun, { id })).state).toBe('issued');
}

const invoicesOf = async (world: TestWorld, { customerId }: Household) =>
  (
    await (await world.as('billing')).call(billingOperations.listInvoices, { customerId, limit: 50 })
  ).rows.toReversed();
const account = (world: TestWorld, { customerId }: Household) => accountOf(world, customerId);

async function booksAreRight(world: TestWorld): Promise<void> {
  expect((await verifyLedger(world)).differences).toEqual([]);
  expect(await verifyBilling(world)).toEqual([]);
  expect(await verifyPayments(world)).toEqual([]);
}

/** Who pays by hand sends what they owe, and not a cent more. */
async function paysWhatIsOwed(world: TestWorld, { customerId }: Household): Promise<void> {
  const { receivableCents } = await accountOf(world, customerId);
  if (receivableCents === 0n) return;
  const reference = `${customerId} ${world.now.toISOString().slice(0, 10)}`;
  const cheque = { customerId, method: 'cheque', amountCents: Number(receivableCents), reference } as const;
  await (await world.as('billing')).call(paymentsOperations.recordPayment, cheque);
  await world.settle();
}

/** All the household was ever billed before taxes, less what credit notes took back. */
async function netOfTheYear({ pool }: TestWorld, { customerId }: Household): Promise<bigint> {
  const { rows } = await pool.query<{ net: bigint }>(
    `select (coalesce((select sum(subtotal_cents) from billing.invoices where customer_id = $1), 0)
             - coalesce((select sum(subtotal_cents) from billing.credit_notes where customer_id = $1), 0))::bigint as net`,
    [customerId],
  );
  return rows[0]?.net ?? 0n;
}

/** Services whose days of a cycle are on two invoices: there is none. */
const billedTwice = async ({ pool }: TestWorld): Promise<unknown[]> =>
  (
    await pool.query(
      `select subscription_item_id, period_from from billing.invoice_lines
        where kind = 'recurring' and charge_id is null group by 1, 2 having count(*) > 1`,
    )
  ).rows;

/** What happens on a day, in the order of days; on one day in the order written. */
type Agenda = readonly (readonly [on: string, act: () => Promise<unknown>])[];
async function live(world: TestWorld, agenda: Agenda): Promise<void> {
  for (const [on, act] of agenda.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))) {
    await morning(world, on);
    await act();
    await world.settle();
  }
}

const nothing = async (): Promise<void> => undefined;
const firstsOfMonth = Array.from({ length: 12 }, (_, after) =>
  new Date(Date.UTC(2026, 11 + after, 1)).toISOString().slice(0, 10),
);

/** The months of a year: billed on the 25th, debited on the due date or the next day banks work. */
const months = (world: TestWorld, byHand: readonly Household[]): Agenda =>
  firstsOfMonth.flatMap((first): Agenda => {
    const billed = `${plus(first, -1).slice(0, 8)}25`;
    const pay = async () => {
      for (const household of byHand) await paysWhatIsOwed(world, household);
    };
    return [
      [billed, () => monthIsBilled(world, first)],
      [plus(billed, 20), pay],
      [plus(billed, 23), nothing],
    ];
  });

const monthly = { taxTreatment: 'taxable', onSale: true, frequency: 'monthly' } as const;
const MORE_ITEMS = [
  {
    ...monthly,
    sku: 'FIBRE-1000',
    nameFr: 'Fibre 1000',
    nameEn: 'Fibre 1000',
    kind: 'internet',
    revenueAccount: '4010',
    downloadMbps: 1_000,
    uploadMbps: 500,
    oltProfile: 'PLAN-1000',
    radiusProfile: 'plan-1000',
    prices: [{ priceCents: 8_995, from: '2025-01-01' }],
  },
  {
    ...monthly,
    sku: 'VACANCES',
    nameFr: 'Pause vacances',
    nameEn: 'Vacation hold',
    kind: 'option',
    revenueAccount: '4080',
    prices: [{ priceCents: 1_000, from: '2025-01-01' }],
  },
] satisfies Parameters<typeof importItem>[1][];

/** A household whose certificate lapses at the end of June. */
async function exemptHousehold(world: TestWorld): Promise<Household> {
  const customerId = await newCustomer(world, { name: 'Famille Awashish' });
  await (
    await world.as('admin')
  ).call(taxExemptionOperations.grantTaxExemption, {
    customerId,
    taxes: ['GST', 'QST'],
    reason: 'Premières Nations',
    certificate: '0123456789',
    evidence: 'copie du certificat',
    validFrom: '2026-11-01',
    validTo: '2027-06-30',
  });
  return { customerId, ...(await serviceAt(world, customerId, 'J0L 2L0')) };
}

async function paysFor(world: TestWorld, { customerId }: Household, amountCents: number): Promise<void> {
  const transfer = {
    customerId,
    method: 'transfer',
    amountCents,
    reference: world.now.toISOString(),
  } as const;
  await (await world.as('billing')).call(paymentsOperations.recordPayment, transfer);
}

/** Pays what is owed on the provider's page. */
async function paidByCard(world: TestWorld, { customerId }: Household): Promise<void> {
  const browser = await signedIn(world, customerId);
  const { url } = await browser.call(paymentsOperations.checkoutBalance, {});
  await fetch(url, { method: 'POST', body: new URLSearchParams(CARD), redirect: 'manual' });
}

/** The payer tells their bank that the payment was not theirs; the dispute. */
async function contests(world: TestWorld, { customerId }: Household): Promise<string> {
  const { rows } = await (await world.as('billing')).call(paymentsOperations.listPayments, { customerId });
  return world.world.stripe.openDispute(rows.find(({ method }) => method === 'card')?.reference ?? '');
}

const debitStates = async (world: TestWorld, { customerId }: Household): Promise<string[]> => {
  const { rows } = await (
    await world.as('billing')
  ).call(paymentsOperations.listDebits, { customerId, limit: 50 });
  return rows.map(({ state }) => state).toReversed();
};

test('a year of seven households', { timeout: 600_000 }, async () => {
  const world = await testWorld({ start: new Date('2026-11-02T14:00:00Z') });
  await stockCatalog(world);
  for (const item of MORE_ITEMS) await world.act((tx) => importItem(tx, item));
  const office = () => world.as('admin');
  const steady = await household(world, 'Famille Lavigne');
  const returned = await household(world, 'Famille Brochu');
  const contested = await household(world, 'Famille Ouellet');
  const exempt = await exemptHousehold(world);
  const movers = await household(world, 'Famille Dubé');
  const leavers = await household(world, 'Famille Roy');
  const changers = await household(world, 'Famille Gagnon');
  for (const { customerId } of [steady, changers]) await agrees(world, customerId, CARD);
  await agrees(world, returned.customerId, bank('000222222227'));
  let dispute = '';

  await live(world, [
    ...months(world, [contested, exempt, movers, leavers]),
    ['2026-11-10', () => paidByCard(world, contested)],
    [
      '2026-11-20',
      async () => {
        for (const one of [exempt, movers, leavers]) await paysWhatIsOwed(world, one);
      },
    ],
    ['2026-11-22', nothing],
    // The account had no funds; presented again, it has none either. They pay, and name another account.
    ['2026-11-23', async () => expect(await debitStates(world, returned)).toEqual(['returned'])],
    ['2026-11-30', async () => expect(await debitStates(world, returned)).toEqual(['returned', 'returned'])],
    [
      '2026-12-03',
      async () => {
        expect((await account(world, returned)).receivableCents).toBe(9_442n + MONTH.quebec);
        await paysFor(world, returned, 9_442);
        await agrees(world, returned.customerId, bank('000123456789'));
      },
    ],
    // A year has a contested payment in it.
    ['2026-12-01', async () => (dispute = await contests(world, contested))],
    [
      '2026-12-02',
      async () => expect((await account(world, contested)).balanceCents).toBe(9_442n + MONTH.quebec),
    ],
    ['2026-12-10', async () => world.world.stripe.closeDispute(dispute, 'won')],
    ['2026-12-11', async () => expect((await account(world, contested)).balanceCents).toBe(MONTH.quebec)],
    // Five hundred dollars ahead, for whoever will not be there.
    ['2027-01-10', () => paysFor(world, leavers, 50_000)],
    [
      '2027-03-12',
      async () =>
        (await office()).call(subscriptionChangesOperations.endSubscription, {
          id: leavers.subscriptionId,
          reason: 'départ',
        }),
    ],
    [
      '2027-02-10',
      async () =>
        (await office()).call(subscriptionChangesOperations.changePlan, {
          id: changers.subscriptionId,
          sku: 'FIBRE-1000',
          when: 'next_cycle',
        }),
    ],
    [
      '2027-05-10',
      async () =>
        (await office()).call(subscriptionChangesOperations.endSubscription, {
          id: movers.subscriptionId,
          on: '2027-05-15',
          reason: 'déménagement',
        }),
    ],
    [
      '2027-05-16',
      async () => {
        await serviceAt(world, movers.customerId, 'K1A 0B1');
        expect((await account(world, movers)).balanceCents).toBe(4_954n - 5_040n);
      },
    ],
    [
      '2027-07-01',
      async () =>
        (await office()).call(subscriptionChangesOperations.suspendSubscription, {
          id: changers.subscriptionId,
          reason: 'vacation',
          until: '2027-07-31',
        }),
    ],
    [
      '2027-08-01',
      async () =>
        expect(
          (
            await (
              await office()
            ).call(subscriptionsOperations.readSubscription, { id: changers.subscriptionId })
          ).status,
        ).toBe('active'),
    ],
  ]);
  await theYearWas(world, { steady, returned, contested, exempt, movers, leavers, changers });
});

const twelve = <T>(value: T): T[] => Array.from({ length: 12 }, () => value);
const totals = async (world: TestWorld, one: Household): Promise<bigint[]> =>
  (await invoicesOf(world, one)).map(({ totalCents }) => totalCents);

/** 29 of the 30 days of November, before taxes and with them. */
const FIRST = { net: 8_212n, quebec: 9_442n } as const;
const YEAR_NET = FIRST.net + 12n * MONTH.net;

type Year = Readonly<
  Record<'steady' | 'returned' | 'contested' | 'exempt' | 'movers' | 'leavers' | 'changers', Household>
>;

/** What the year came to for each of them. */
async function theYearWas(world: TestWorld, year: Year): Promise<void> {
  const { steady, returned, contested, exempt, movers, leavers, changers } = year;
  expect(await totals(world, steady)).toEqual([FIRST.quebec, ...twelve(MONTH.quebec)]);
  expect(await debitStates(world, steady)).toEqual(['succeeded', ...twelve('succeeded')]);
  expect((await debitStates(world, returned)).filter((state) => state === 'returned')).toHaveLength(2);
  expect(await debitStates(world, returned)).toHaveLength(2 + 12);
  // Half a year without taxes, then with them: the day of the invoice decides.
  expect(await totals(world, exempt)).toEqual([
    FIRST.net,
    ...twelve(MONTH.net).slice(0, 8),
    ...twelve(MONTH.quebec).slice(0, 4),
  ]);
  // 16 days of May in Ontario at 13 %; the same days at the old place came back at once, with Québec's taxes.
  expect(await totals(world, movers)).toEqual([
    FIRST.quebec,
    ...twelve(MONTH.quebec).slice(0, 6),
    4_954n,
    ...twelve(MONTH.ontario).slice(0, 6),
  ]);
  expect(await totals(world, contested)).toEqual([FIRST.quebec, ...twelve(MONTH.quebec)]);
  for (const one of [steady, returned, contested, movers])
    expect(await netOfTheYear(world, one)).toBe(YEAR_NET);
  // Three months of one plan, four of another, July on hold, four more.
  expect(await netOfTheYear(world, changers)).toBe(FIRST.net + 3n * MONTH.net + 8n * 9_495n + 1_000n);
  for (const one of [steady, returned, contested, exempt, movers, changers])
    expect(await account(world, one)).toEqual({ receivableCents: 0n, creditCents: 0n, balanceCents: 0n });
  // Four whole months, less the 19 days of March after they left; what is left of their 500 $ and of March is theirs.
  expect(await netOfTheYear(world, leavers)).toBe(FIRST.net + 4n * MONTH.net - 5_206n);
  expect((await account(world, leavers)).balanceCents).toBe(-26_684n);
  expect(await billedTwice(world)).toEqual([]);
  const statement = await (
    await world.as('billing')
  ).call(statementOperations.readStatement, {
    customerId: steady.customerId,
    from: '2026-11-01',
    to: '2027-11-30',
  });
  expect([statement.debitCents, statement.creditCents, statement.closingCents]).toEqual([
    FIRST.quebec + 12n * MONTH.quebec,
    FIRST.quebec + 12n * MONTH.quebec,
    0n,
  ]);
  await booksAreRight(world);
}

/** Days around the ends of February, and around the Sundays on which the clocks of Québec change. */
const ODD_DAYS = [
  ['2026-10-31', 3],
  ['2027-02-27', 3],
  ['2027-03-13', 3],
  ['2028-02-28', 3],
] as const;

/** The instant at which a clock on the wall in Montréal says so. */
function atMontreal(day: string, time: string): Date {
  const says = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/Toronto',
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const found = [4, 5]
    .map((hours) => new Date(`${day}T${time}:00-0${hours}:00`))
    .find((instant) => says.format(instant) === `${day} ${time}`);
  if (!found) throw new Error(`no ${time} on ${day}`);
  return found;
}

test(
  'a plan changed in the first or the last minute of an odd day is charged by its days',
  { timeout: 600_000 },
  async () => {
    const world = await testWorld({ start: new Date('2026-10-01T14:00:00Z') });
    await stockCatalog(world);
    for (const item of MORE_ITEMS) await world.act((tx) => importItem(tx, item));
    for (const [from, days] of ODD_DAYS)
      for (let after = 0; after < days; after += 1) {
        const day = plus(from, after);
        for (const time of ['00:01', '23:59']) {
          await world.moveTo(atMontreal(day, time));
          const { subscriptionId: id } = await activeService(world, { on: plus(day, -9) });
          await world.drain();
          const naive = naiveService(day);
          const office = await world.as('csr');
          const change = { command: 'changePlan', sku: 'FIBRE-1000' } as const;
          const preview = await office.call(subscriptionChangesOperations.previewChange, { id, change });
          const done = await office.call(subscriptionChangesOperations.changePlan, { id, sku: 'FIBRE-1000' });
          effects.changePlan(
            naive,
            day,
            { sku: 'FIBRE-1000', kind: 'internet', cents: 8_995n, months: 1 },
            [],
          );
          expect([day, time, done.on, done.chargesCents]).toEqual([day, time, day, sum(chargeDays(naive))]);
          expect(preview.chargesCents).toBe(done.chargesCents);
        }
      }
    await booksAreRight(world);
  },
);

/** A plan and a router for ten days, all of the month charged. */
function naiveService(today: string): Service {
  const from = plus(today, -9);
  const billing = { basis: 'common', day: 1 } as const;
  const service = newService({ id: '', from, province: 'QC' }, { billing, today });
  begin(service, { sku: 'FIBRE-500', kind: 'internet', cents: 7_995n, months: 1, from, to: null });
  begin(service, { sku: 'ROUTEUR', kind: 'equipment', cents: 500n, months: 1, from, to: null });
  chargeDays(service);
  return service;
}

import {
  billingOperations,
  billingRunsOperations,
  chargesOperations,
  creditNoteOperations,
  interestOperations,
  paymentsOperations,
  receivableOperations,
  subscriptionChangesOperations,
  subscriptionsOperations,
  taxExemptionOperations,
  type Operation,
} from '@gigafibre/contract';
import {
  activeService,
  keptLog,
  stockCatalog,
  testWorld,
  type Caller,
  type ServedHub,
  type TestHub,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';

// What nobody honest sends about money, to things that are really there: a command that would be carried out as it
// stands is sent with one field wrong at a time, as text, so that a float or an exponent arrives as it was written.

/** As they stand in JSON. None of them is an amount of money. */
const NO_AMOUNT = [
  '"1000"',
  '"10,00 $"',
  '"1e3"',
  '""',
  '10.5',
  '0.1',
  '1e-2',
  '1e400',
  '-1e400',
  '9007199254740993',
  '99999999999999999999',
  '9000000000001',
  'true',
  'null',
  '[1000]',
  '{"cents":1000,"currency":"usd"}',
] as const;
const NOT_ABOVE_ZERO = ['0', '-0', '-1', '-1000'] as const;
/** More than any document of this company, and still an amount: refused or written, never a fault of the hub. */
const EXTREME = ['9000000000000', '-9000000000000', '8999999999999'] as const;
const NO_DAY = [
  '"2026-02-30"',
  '"2027-02-29"',
  '"2026-13-01"',
  '"2026-00-10"',
  '"2026-11-31"',
  '"0000-00-00"',
  '"0001-01-01"',
  '"2026-11-2"',
  '"02/11/2026"',
  '"2026-11-02T00:00:00Z"',
  '"demain"',
  '""',
  '20261102',
  'true',
  '{}',
] as const;
const NO_COUNT = ['0', '-1', '1.5', '"2"', '1e9', '1e400', 'null', '[1]'] as const;
/** No number of anything, a number of another thing, and numbers that are nobody's. */
const NO_ID = [
  '"1"',
  '""',
  '7',
  'true',
  '"C-1; drop table billing.invoices"',
  '"../INV-00001"',
  '"INV-99999999999999999999"',
  '"inv-00001"',
] as const;

type Field = 'amount' | 'above zero' | 'day' | 'count' | 'id';
const WRONG: Readonly<Record<Field, readonly string[]>> = {
  amount: NO_AMOUNT,
  'above zero': [...NO_AMOUNT, ...NOT_ABOVE_ZERO],
  day: NO_DAY,
  count: NO_COUNT,
  id: NO_ID,
};

type Attack = Readonly<{
  operation: Operation;
  input: Readonly<Record<string, unknown>>;
  /** Where it is wrong, a dot for each level: `lines.0.amountCents`. */
  wrong: Readonly<Record<string, Field>>;
  /** Values of these fields that are right here: no upper or lower bound, or nothing chosen. */
  right?: readonly string[];
}>;

/** All that a refused request leaves in the log. */
const REQUEST =
  /^info request \{"requestId":"[0-9a-f-]{36}","method":"[A-Z]+","path":"[A-Za-z/:-]+","status":\d{3},"durationMs":\d+\}$/;

/** A household with an invoice half paid, another household, and who works at the office. */
async function company() {
  const log = keptLog();
  const hub = await testWorld({ log });
  const served = hub;
  await stockCatalog(hub);
  const office = await served.as('admin');
  const mine = await activeService(hub, { on: '2026-11-02' });
  const theirs = await activeService(hub, { on: '2026-11-02', name: 'Voisine' });
  await hub.settle();
  const invoiceOf = async (customerId: string) =>
    (await office.call(billingOperations.listInvoices, { customerId })).rows[0]?.id ?? '';
  const { customerId, locationId, subscriptionId } = mine;
  const invoiceId = await invoiceOf(customerId);
  const payment = { customerId, method: 'cheque', amountCents: 5_000, reference: '1' } as const;
  const { id: paymentId } = await office.call(paymentsOperations.recordPayment, payment);
  await hub.settle();
  const lost = await office.call(receivableOperations.writeOffInvoice, {
    id: await invoiceOf(theirs.customerId),
    amountCents: 100,
    reason: 'test',
  });
  const { items } = await office.call(subscriptionsOperations.readSubscription, { id: subscriptionId });
  return {
    hub,
    log,
    served,
    office,
    customerId,
    locationId,
    subscriptionId,
    invoiceId,
    paymentId,
    writeOffId: lost.id,
    itemId: items.find(({ sku }) => sku === 'ROUTEUR')?.id ?? '',
    theirs: { customerId: theirs.customerId, invoiceId: await invoiceOf(theirs.customerId) },
  };
}
type Company = Awaited<ReturnType<typeof company>>;

/** Every command that moves money, as it would be carried out, and what can be wrong in it. */
const attacksOn = (c: Company): readonly Attack[] => [
  {
    operation: paymentsOperations.recordPayment,
    input: {
      customerId: c.customerId,
      method: 'transfer',
      amountCents: 100,
      receivedOn: '2026-11-01',
      invoiceId: c.invoiceId,
      reference: '4711',
    },
    wrong: { customerId: 'id', amountCents: 'above zero', receivedOn: 'day', invoiceId: 'id' },
  },
  {
    operation: paymentsOperations.refundPayment,
    input: { paymentId: c.paymentId, amountCents: 100, destination: 'cheque', reason: 'mistake' },
    wrong: { paymentId: 'id', amountCents: 'above zero' },
  },
  {
    operation: paymentsOperations.chargeMethod,
    input: { customerId: c.customerId, invoiceId: c.invoiceId, amountCents: 100 },
    wrong: { customerId: 'id', invoiceId: 'id', amountCents: 'above zero' },
  },
  {
    operation: chargesOperations.addCharge,
    input: { customerId: c.customerId, sku: 'VISITE', quantity: 1, unitPriceCents: 100 },
    wrong: { customerId: 'id', quantity: 'count', unitPriceCents: 'amount' },
  },
  {
    operation: billingOperations.issueInvoice,
    input: {
      customerId: c.customerId,
      reason: 'test',
      lines: [{ sku: 'VISITE', quantity: 1, unitPriceCents: 100 }],
    },
    wrong: { customerId: 'id', 'lines.0.quantity': 'count', 'lines.0.unitPriceCents': 'amount' },
  },
  {
    operation: creditNoteOperations.issueCreditNote,
    input: { id: c.invoiceId, lines: [{ line: 1, amountCents: 10 }], reason: 'test' },
    wrong: { id: 'id', 'lines.0.line': 'count', 'lines.0.amountCents': 'above zero' },
  },
  {
    operation: creditNoteOperations.issueCreditNote,
    input: { id: c.invoiceId, lines: [{ line: 1, quantity: 1 }], reason: 'test' },
    wrong: { 'lines.0.quantity': 'count' },
  },
  {
    operation: receivableOperations.writeOffInvoice,
    input: { id: c.invoiceId, amountCents: 10, reason: 'test' },
    wrong: { id: 'id', amountCents: 'above zero' },
  },
  {
    operation: receivableOperations.recoverWriteOff,
    input: { id: c.writeOffId, amountCents: 10, reason: 'test' },
    wrong: { id: 'id', amountCents: 'above zero' },
  },
  {
    operation: receivableOperations.openDispute,
    input: { id: c.invoiceId, amountCents: 10, reason: 'test' },
    wrong: { id: 'id', amountCents: 'above zero' },
  },
  {
    operation: interestOperations.chargeFee,
    input: { customerId: c.customerId, fee: 'late', amountCents: 100, reason: 'test' },
    wrong: { customerId: 'id', amountCents: 'above zero' },
  },
  {
    operation: interestOperations.waiveInterest,
    input: { customerId: c.customerId, from: '2026-11-02', to: '2026-11-03', reason: 'test' },
    wrong: { customerId: 'id', from: 'day', to: 'day' },
  },
  {
    operation: subscriptionChangesOperations.repriceItem,
    input: { id: c.subscriptionId, itemId: c.itemId, priceCents: 400, when: '2026-11-02', reason: 'test' },
    wrong: { id: 'id', itemId: 'id', priceCents: 'amount', when: 'day' },
  },
  {
    operation: subscriptionChangesOperations.addDiscount,
    input: { id: c.subscriptionId, sku: 'RABAIS', amountCents: 100, cycles: 1 },
    wrong: { id: 'id', amountCents: 'above zero', cycles: 'count' },
  },
  {
    operation: subscriptionChangesOperations.suspendSubscription,
    input: { id: c.subscriptionId, reason: 'vacation', on: '2026-11-02', until: '2026-12-02' },
    wrong: { id: 'id', on: 'day', until: 'day' },
  },
  {
    operation: subscriptionChangesOperations.endSubscription,
    input: { id: c.subscriptionId, on: '2026-11-30', reason: 'test' },
    wrong: { id: 'id', on: 'day' },
  },
  {
    operation: billingRunsOperations.startRun,
    input: { through: '2026-12-01' },
    wrong: { through: 'day' },
  },
  {
    operation: taxExemptionOperations.grantTaxExemption,
    input: {
      customerId: c.customerId,
      taxes: ['GST'],
      reason: 'test',
      certificate: '1',
      evidence: 'test',
      validFrom: '2026-11-01',
      validTo: '2026-12-01',
    },
    wrong: { customerId: 'id', validFrom: 'day', validTo: 'day' },
  },
];

/** What may be absent said with a null, or unbounded by nature: right where it stands. */
const MAY_BE: ReadonlySet<string> = new Set([
  'payments.recordPayment invoiceId null',
  'payments.chargeMethod invoiceId null',
  'billing.grantTaxExemption validTo null',
  'billing.waiveInterest to null',
]);

const MARK = '"@here@"';
/** The input as JSON text with one value written as given. */
function written(input: Attack['input'], { at, raw }: { at: string; raw: string }): string {
  const copy = structuredClone(input) as Record<string, unknown>;
  const path = at.split('.');
  let holder = copy;
  for (const step of path.slice(0, -1)) holder = holder[step] as Record<string, unknown>; // the paths above are theirs
  holder[path.at(-1) ?? ''] = JSON.parse(MARK);
  return JSON.stringify(copy).replace(MARK, raw);
}

type Answer = Readonly<{ status: number; code: string; message: string }>;
async function post(
  caller: Caller,
  url: string,
  { operation, body }: { operation: Operation; body: string },
): Promise<Answer> {
  const fields = JSON.parse(body.replaceAll(/-?1e400/g, '0')) as Record<string, unknown>;
  const path = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(fields[name] ?? 'x')),
  );
  const headers = { 'content-type': 'application/json' };
  const response = await caller.fetch(`${url}${path}`, { method: operation.method, headers, body });
  const text = await response.text();
  const said = (text.startsWith('{') ? JSON.parse(text) : {}) as {
    error?: { code: string; message: string };
  };
  return { status: response.status, code: said.error?.code ?? '', message: said.error?.message ?? '' };
}

/** Everything that is written, row by row, but for who knocked at the door. */
async function everything({ pool }: TestHub): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname !~ '^(pg|information_schema|public)' and tablename not in ('rate_hits', 'api_keys') order by 1`,
  );
  const sums = rows.map(
    ({ name }) => `select '${name}' as name, sum(hashtext(t::text)::bigint) as sum from ${name} t`,
  );
  const all = await pool.query<{ name: string; sum: string | null }>(
    `${sums.join(' union all ')} order by name`,
  );
  return all.rows.map(({ name, sum }) => `${name} ${sum}`);
}

/** Faults of the hub on one command: an answer that is no refusal in words. */
async function faultsOf(c: Company, attack: Attack): Promise<string[]> {
  const faults: string[] = [];
  const { operation, input, wrong } = attack;
  for (const [at, field] of Object.entries(wrong))
    for (const raw of WRONG[field]) {
      if (MAY_BE.has(`${operation.name} ${at} ${raw}`)) continue;
      // In the path it is not a value of JSON: numbers and texts look the same there.
      const body = written(input, { at, raw });
      const { status, code, message } = await post(c.office, c.served.url, { operation, body });
      if (status < 400 || status >= 500 || code === '' || message === '')
        faults.push(`${operation.name} ${at} = ${raw}: ${status} ${code} ${message}`);
    }
  return faults;
}

test(
  'amounts, days, counts and numbers that are none are refused in words, and nothing is written',
  { timeout: 300_000 },
  async () => {
    const c = await company();
    const faults: string[] = [];
    const before = await everything(c.hub);
    for (const attack of attacksOn(c)) faults.push(...(await faultsOf(c, attack)));
    expect(faults).toEqual([]);
    expect(await everything(c.hub), 'nothing was written').toEqual(before);
    // Which route, by its pattern, how it ended and how long it took: nothing of what was sent, no number of anybody.
    expect(c.log.lines.filter((line) => !REQUEST.test(line))).toEqual([]);
    // The same commands without the fault are carried out: what was refused was the fault.
    const refused: string[] = [];
    for (const { operation, input } of attacksOn(c)) {
      const { status, code } = await post(c.office, c.served.url, { operation, body: JSON.stringify(input) });
      if (status >= 400) refused.push(`${operation.name} ${code}`);
    }
    // No method is saved, the line was credited just before, no fee for consumers, no discounts in this catalog.
    expect(refused).toEqual([
      'payments.chargeMethod method_needed',
      'billing.issueCreditNote credit_above_left',
      'billing.chargeFee fee_forbidden',
      'subscriptions.addDiscount item_not_priced',
    ]);
  },
);

test(
  'the largest amounts are written or refused, and never a fault of the hub',
  { timeout: 120_000 },
  async () => {
    const c = await company();
    const faults: string[] = [];
    for (const { operation, input, wrong } of attacksOn(c))
      for (const [at, field] of Object.entries(wrong))
        for (const raw of field === 'amount' || field === 'above zero' ? EXTREME : []) {
          const { status, code } = await post(c.office, c.served.url, {
            operation,
            body: written(input, { at, raw }),
          });
          if (status >= 500) faults.push(`${operation.name} ${at} = ${raw}: ${status} ${code}`);
        }
    await c.hub.settle();
    expect(faults).toEqual([]);
  },
);

test('what is another’s is not there, and without the right nothing is given back', async () => {
  const c = await company();
  const { customerId, theirs } = c;
  const pay = { customerId, method: 'transfer', amountCents: 100, invoiceId: theirs.invoiceId };
  const tries: [who: Caller, operation: Operation, input: object, expected: [number, string]][] = [
    [c.office, paymentsOperations.recordPayment, pay, [404, 'not_found']],
    [c.office, paymentsOperations.recordPayment, { ...pay, method: 'cash' }, [404, 'not_found']],
    [
      c.office,
      paymentsOperations.checkoutForCustomer,
      { id: customerId, invoiceId: theirs.invoiceId },
      [404, 'not_found'],
    ],
    [
      c.office,
      paymentsOperations.chargeMethod,
      { customerId, invoiceId: theirs.invoiceId },
      [409, 'method_needed'],
    ],
    [c.office, paymentsOperations.recordPayment, { ...pay, customerId: 'C-999999' }, [404, 'not_found']],
    [
      c.office,
      paymentsOperations.refundPayment,
      { paymentId: 'PAY-999999', destination: 'cash', reason: 'mistake' },
      [404, 'not_found'],
    ],
    ...(await withoutRight(c.served, c)),
  ];
  const before = await everything(c.hub);
  const answers: unknown[] = [];
  for (const [who, operation, input] of tries) {
    const { status, code } = await post(who, c.served.url, { operation, body: JSON.stringify(input) });
    answers.push([operation.name, [status, code]]);
  }
  expect(answers).toEqual(tries.map(([, { name }, , expected]) => [name, expected]));
  expect(await everything(c.hub)).toEqual(before);
});

/** Refunds, credits and debts given up, by those whose work it is not. */
async function withoutRight(served: ServedHub, { paymentId, invoiceId }: Company) {
  const refund = { paymentId, amountCents: 100, destination: 'cash', reason: 'mistake' };
  const note = { id: invoiceId, lines: [{ line: 1, amountCents: 10 }], reason: 'test' };
  const lost = { id: invoiceId, amountCents: 10, reason: 'test' };
  const asked: [Operation, object][] = [
    [paymentsOperations.refundPayment, refund],
    [creditNoteOperations.issueCreditNote, note],
    [receivableOperations.writeOffInvoice, lost],
  ];
  const nobody = served.visitor('ops');
  const reader = await served.as('readonly');
  return asked.flatMap(([operation, input]): [Caller, Operation, object, [number, string]][] => [
    [reader, operation, input, [403, 'forbidden']],
    [nobody, operation, input, [401, 'unauthenticated']],
  ]);
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Outcome } from '../outcome/index.ts';
import type { NewCheckout, PaymentProvider, ProviderEvent } from './port.ts';

/** A provider to try, and the hands of a payer on its page. */
export type PaymentsUnderTest = {
  readonly provider: PaymentProvider;
  /** Pays an open page with a card the bank takes, or refuses. */
  pay(pageUrl: string, card: 'taken' | 'refused'): Promise<void>;
  /** Webhooks received so far, once all that are on their way have arrived. */
  received(): Promise<readonly { rawBody: string; signatureHeader: string }[]>;
  nowMs(): number;
  stop(): Promise<void>;
};

/** What every payment provider must do, tried against one adapter. `unique` makes keys of this run. */
export function paymentsConformance(
  name: string,
  start: () => Promise<PaymentsUnderTest>,
  unique = '',
): void {
  describe(`${name} keeps the promises of a payment provider`, () => {
    let under: PaymentsUnderTest;
    beforeAll(async () => {
      under = await start();
    });
    afterAll(() => under.stop());

    test('a checkout is open and unpaid, for the amount asked, with our metadata', async () => {
      const made = value(await under.provider.createCheckout(checkout(`${unique}open`)));
      const state = value(await under.provider.getCheckout(made.sessionId));
      expect(state).toMatchObject({ state: 'open', paid: false, amountCents: 11_492n, currency: 'cad' });
      expect(state.metadata).toEqual({ invoice: 'INV-00012' });
      expect(made.expiresAt.getTime()).toBeGreaterThan(under.nowMs());
    });

    test('the same key gives the same page, and never another amount', async () => {
      const first = value(await under.provider.createCheckout(checkout(`${unique}same`)));
      const again = value(await under.provider.createCheckout(checkout(`${unique}same`)));
      expect(again).toEqual(first);
      const other = await under.provider.createCheckout({
        ...checkout(`${unique}same`),
        amountCents: 1_000n,
      });
      expect(other.is).toBe('broken');
    });

    test('an amount below the least is declined with the provider’s code', async () => {
      const outcome = await under.provider.createCheckout({
        ...checkout(`${unique}small`),
        amountCents: 20n,
      });
      expect(outcome).toMatchObject({ is: 'declined', code: 'amount_too_small' });
    });

    test('what does not exist is declined, not broken', async () => {
      const session = await under.provider.getCheckout('cs_test_none');
      const payment = await under.provider.getPaymentIntent('pi_none');
      expect([session, payment]).toMatchObject([
        { is: 'declined', code: 'resource_missing' },
        { is: 'declined', code: 'resource_missing' },
      ]);
    });

    test('a customer made twice is one customer, and can be charged by reference', async () => {
      const customer = {
        customerId: `${unique}C-00001`,
        name: 'Zoé Tremblay',
        email: 'zoe@example.test',
        language: 'fr',
      } as const;
      const first = value(await under.provider.createCustomer(customer));
      expect(value(await under.provider.createCustomer(customer))).toEqual(first);
      const corrected = await under.provider.createCustomer({ ...customer, email: 'zoe2@example.test' });
      expect(corrected.is).toBe('done');
      const made = value(
        await under.provider.createCheckout({
          ...checkout(`${unique}customer`),
          customerRef: first.customerRef,
        }),
      );
      expect(value(await under.provider.getCheckout(made.sessionId)).customerRef).toBe(first.customerRef);
    });

    paidAndRefused(() => under, unique);
    believed(() => under, unique);
  });
}

function paidAndRefused(under: () => PaymentsUnderTest, unique: string): void {
  test('a paid page is complete, its payment succeeded, and webhooks tell the same', async () => {
    const { provider, pay } = under();
    const made = value(await provider.createCheckout(checkout(`${unique}paid`)));
    await pay(made.url, 'taken');
    const state = value(await provider.getCheckout(made.sessionId));
    expect(state).toMatchObject({ state: 'complete', paid: true });
    const paymentRef = state.paymentRef ?? '';
    const payment = value(await provider.getPaymentIntent(paymentRef));
    expect(payment).toMatchObject({ state: 'succeeded', receivedCents: 11_492n, refundedCents: 0n });
    expect(payment.metadata).toEqual({ invoice: 'INV-00012' });
    expect(payment.method).toMatchObject({ type: 'card', last4: '4242' });
    const told = (await events(under())).filter((event) => event.providerPaymentRef === paymentRef);
    const succeeded = told.filter((event) => event.kind === 'payment_succeeded');
    expect(succeeded.length).toBeGreaterThan(0);
    for (const event of succeeded) {
      expect(event).toMatchObject({
        amountCents: 11_492n,
        currency: 'cad',
        metadata: { invoice: 'INV-00012' },
      });
    }
  });

  test('a refused card leaves the page open, says why, and takes nothing', async () => {
    const { provider, pay } = under();
    const made = value(await provider.createCheckout(checkout(`${unique}refused`)));
    await pay(made.url, 'refused');
    const state = value(await provider.getCheckout(made.sessionId));
    expect(state).toMatchObject({ state: 'open', paid: false });
    const failed = (await events(under())).find((event) => event.kind === 'payment_failed');
    expect(failed?.failure?.code).toBe('generic_decline');
    const payment = value(await provider.getPaymentIntent(failed?.providerPaymentRef ?? ''));
    expect(payment).toMatchObject({
      state: 'awaiting_payer',
      receivedCents: 0n,
      failure: { code: 'generic_decline' },
    });
  });
}

function believed(under: () => PaymentsUnderTest, unique: string): void {
  test('a webhook is believed only unaltered, signed and recent', async () => {
    const { provider, pay, nowMs } = under();
    await pay(value(await provider.createCheckout(checkout(`${unique}signed`))).url, 'taken');
    const webhook = (await under().received()).at(-1);
    if (webhook === undefined) throw new Error('no webhook came');
    const { rawBody, signatureHeader } = webhook;
    const read = (body: string, header: string | undefined, atMs = nowMs()) =>
      provider.readWebhook(body, header, atMs);
    expect(read(rawBody, signatureHeader).ok).toBe(true);
    const altered = rawBody.replace('11492', '21492');
    expect(altered).not.toBe(rawBody);
    expect(read(altered, signatureHeader)).toEqual({ ok: false, reason: 'bad_signature' });
    expect(read(rawBody, undefined)).toEqual({ ok: false, reason: 'bad_signature' });
    expect(read(rawBody, 't=1,v1=00')).toEqual({ ok: false, reason: 'bad_signature' });
    expect(read(rawBody, signatureHeader, nowMs() + 301_000)).toEqual({ ok: false, reason: 'stale' });
    expect(read(rawBody, signatureHeader, nowMs() + 290_000).ok).toBe(true);
  });
}

async function events(under: PaymentsUnderTest): Promise<ProviderEvent[]> {
  const readings = (await under.received()).map(({ rawBody, signatureHeader }) =>
    under.provider.readWebhook(rawBody, signatureHeader, under.nowMs()),
  );
  return readings.map((reading) => {
    if (!reading.ok) throw new Error(`webhook not believed: ${reading.reason}`);
    return reading.event;
  });
}

function checkout(idempotencyKey: string): NewCheckout {
  return {
    amountCents: 11_492n,
    currency: 'cad',
    description: 'Facture INV-00012',
    metadata: { invoice: 'INV-00012' },
    successUrl: 'http://127.0.0.1:9/portal/#/payment-success?session={CHECKOUT_SESSION_ID}',
    cancelUrl: 'http://127.0.0.1:9/portal/#/payment-cancel',
    idempotencyKey,
    locale: 'fr-CA',
  };
}

function value<T>(outcome: Outcome<T>): T {
  if (outcome.is !== 'done') throw new Error(`expected done, got ${JSON.stringify(outcome)}`);
  return outcome.value;
}

// Events of the real-input collection, written by many API versions from 2014 on; and a few of our own.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData } from '@gigafibre/testing/shared-data';
import { describe, expect, test } from 'vitest';
import { stripeEvent } from './stripe-event.ts';

const folder = sharedData('stripe/events_ruby_mock');

describe.skipIf(folder === undefined)(
  'recorded Stripe events (skipped without the real-input collection)',
  () => {
    const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'));

    test.each(files)('%s is read for what it is', (file) => {
      const raw: unknown = JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'));
      const event = stripeEvent(raw);
      expect(event?.type).toBe(file.replace('.json', ''));
      expect(event?.kind).toBe(EXPECTED_KIND.get(file) ?? 'ignored');
    });

    test('a succeeded payment carries its amount in cents and its reference', () => {
      const event = stripeEvent(recorded('payment_intent.succeeded.json'));
      expect(event).toMatchObject({ amountCents: 2_000n, currency: 'usd' });
      expect(event?.providerPaymentRef).toMatch(/^pi_/);
    });

    test('a dispute names the payment it is about and where it stands', () => {
      const event = stripeEvent(recorded('charge.dispute.created.json'));
      expect(event?.caseRef).toMatch(/^dp_/);
      expect(event?.caseState).toBe('warning_needs_response');
      expect(event?.amountCents).toBeTypeOf('bigint');
    });

    function recorded(file: string): unknown {
      return JSON.parse(readFileSync(join(folder ?? '', file), 'utf8'));
    }
  },
);

const EXPECTED_KIND = new Map([
  ['checkout.session.completed.json', 'payment_succeeded'],
  ['payment_intent.succeeded.json', 'payment_succeeded'],
  ['payment_intent.processing.json', 'payment_processing'],
  ['payment_intent.payment_failed.json', 'payment_failed'],
  ['charge.dispute.created.json', 'dispute'],
  ['charge.dispute.updated.json', 'dispute'],
  ['charge.dispute.funds_reinstated.json', 'dispute'],
  ['setup_intent.succeeded.json', 'method_saved'],
  ['payment_method.detached.json', 'method_gone'],
  ['mandate.updated.json', 'mandate_changed'],
  ['payout.paid.json', 'payout'],
]);

const session = { id: 'cs_1', mode: 'payment', amount_total: 5000, currency: 'cad', payment_intent: 'pi_1' };

function event(type: string, object: object): unknown {
  return { id: 'evt_1', object: 'event', type, created: 1_772_463_600, data: { object } };
}

test('a completed session that is not yet paid is only processing', () => {
  const read = stripeEvent(event('checkout.session.completed', { ...session, payment_status: 'unpaid' }));
  expect(read).toMatchObject({ kind: 'payment_processing', checkoutRef: 'cs_1', providerPaymentRef: 'pi_1' });
});

test('a completed session that set a card up moves no money', () => {
  const read = stripeEvent(event('checkout.session.completed', { ...session, mode: 'setup' }));
  expect(read?.kind).toBe('ignored');
});

test('a payment said to have succeeded without an amount or a reference is not believed', () => {
  const { amount_total: _amount, ...withoutAmount } = { ...session, payment_status: 'paid' };
  expect(stripeEvent(event('checkout.session.completed', withoutAmount))).toBeNull();
  expect(
    stripeEvent(event('payment_intent.succeeded', { id: 'pi_1', currency: 'cad', amount: 12.5 })),
  ).toBeNull();
});

test('a refund is one refund, not the running total of its charge', () => {
  const refund = { id: 're_1', amount: 700, currency: 'cad', payment_intent: 'pi_1', status: 'succeeded' };
  expect(stripeEvent(event('refund.created', refund))).toMatchObject({
    kind: 'refund',
    amountCents: 700n,
    caseRef: 're_1',
    caseState: 'succeeded',
  });
  expect(stripeEvent(event('charge.refunded', { id: 'ch_1', amount_refunded: 1400 }))?.kind).toBe('ignored');
});

test.each([null, 7, 'text', [], {}, { id: 'evt_1' }, { id: 'evt_1', type: 'x', created: 'y' }])(
  '%j is not an event',
  (raw) => {
    expect(stripeEvent(raw)).toBeNull();
  },
);

test('a type named like something every object has is ignored like any other', () => {
  expect(stripeEvent(event('constructor', {}))?.kind).toBe('ignored');
});

test('an event of an account connected to ours moves no money of ours', () => {
  const paid = event('payment_intent.succeeded', { id: 'pi_1', amount_received: 5_000, currency: 'cad' });
  expect(stripeEvent(paid)?.kind).toBe('payment_succeeded');
  expect(stripeEvent({ ...(paid as object), account: 'acct_of_somebody_else' })?.kind).toBe('ignored');
});

test('a payment that was given up has failed, by the refusal before it when there was one', () => {
  const intent = { id: 'pi_1', amount: 5000, currency: 'cad', metadata: { debitId: 'DEB-1' } };
  expect(stripeEvent(event('payment_intent.canceled', intent))).toMatchObject({
    kind: 'payment_failed',
    providerPaymentRef: 'pi_1',
    failure: { code: 'canceled' },
    metadata: { debitId: 'DEB-1' },
  });
  const refused = { ...intent, last_payment_error: { code: 'account_closed', message: 'closed' } };
  expect(stripeEvent(event('payment_intent.canceled', refused))?.failure?.code).toBe('account_closed');
});

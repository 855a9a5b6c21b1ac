import { z } from 'zod';
import { event } from './event.ts';
import {
  billingDay,
  suspensionReason,
  subscriptionStatus,
  provisioningTarget,
  provisioningReason,
  provisioningState,
} from './subscriptions.ts';
import { cents, civilDate, ids } from './values.ts';

const staffStale = ['subscriptions.listSubscriptions', 'subscriptions.readSubscription', 'views.customer360'];
const stale = [...staffStale, 'subscriptions.listMyServices', 'customers.listCustomers'];

/** What begins or ends with a change, at the price of its own cycle. */
const changedItem = z.object({ nameFr: z.string(), nameEn: z.string(), priceCents: cents });

const serviceFacts = z.object({
  locationId: ids.location,
  nameFr: z.string(),
  nameEn: z.string(),
  downloadMbps: z.int().nullable(),
  uploadMbps: z.int().nullable(),
  monthlyCents: cents,
});

export const subscriptionsEvents = {
  subscriptionOpened: event({
    type: 'subscription.opened',
    subject: 'subscription',
    data: serviceFacts.extend({ source: z.string() }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale,
  }),
  subscriptionActivated: event({
    type: 'subscription.activated',
    subject: 'subscription',
    data: serviceFacts.extend({
      on: civilDate,
      address: z.string(),
      equipmentId: ids.equipment.nullable(),
      radiusUser: z.string(),
    }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [
      ...stale,
      'customers.readCustomer',
      'subscriptions.listDrift',
      'subscriptions.listActivationTroubles',
      'views.dashboard',
    ],
  }),
  subscriptionChanged: event({
    type: 'subscription.changed',
    subject: 'subscription',
    data: z.object({
      command: z.string(),
      on: civilDate,
      monthlyBeforeCents: cents,
      monthlyAfterCents: cents,
      /** Added to the next invoice, before taxes. */
      chargesCents: cents,
      began: z.array(changedItem).default([]),
      ended: z.array(changedItem).default([]),
    }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'charges.listCharges', 'billing.previewInvoice', 'views.dashboard'],
  }),
  /** The fixed term comes to its end: told once, from 90 days before. */
  termEnding: event({
    type: 'subscription.term_ending',
    subject: 'subscription',
    data: z.object({ endsOn: civilDate, months: z.int() }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: ['views.customer360'],
  }),
  /** A promotion comes to its end: told once, from 30 days before. */
  promotionEnding: event({
    type: 'subscription.promotion_ending',
    subject: 'subscription',
    data: z.object({ endsOn: civilDate, nameFr: z.string(), nameEn: z.string(), priceCents: cents }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: ['views.customer360'],
  }),
  moveSet: event({
    type: 'subscription.move_set',
    subject: 'subscription',
    data: z.object({
      /** Which of its moves: the visit is made for it. */
      moveId: z.int(),
      on: civilDate,
      fromLocationId: ids.location,
      toLocationId: ids.location,
      address: z.string(),
      equipment: z.enum(['carried', 'swapped']),
    }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'charges.listCharges', 'billing.previewInvoice'],
  }),
  moveWithdrawn: event({
    type: 'subscription.move_withdrawn',
    subject: 'subscription',
    data: z.object({ moveId: z.int(), on: civilDate, toLocationId: ids.location, reason: z.string() }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'charges.listCharges', 'billing.previewInvoice'],
  }),
  subscriptionMoved: event({
    type: 'subscription.moved',
    subject: 'subscription',
    data: z.object({
      on: civilDate,
      fromLocationId: ids.location,
      toLocationId: ids.location,
      address: z.string(),
    }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'customers.readCustomer', 'stock.listEquipment', 'views.dashboard'],
  }),
  billingDayChanged: event({
    type: 'customer.billing_day_changed',
    subject: 'customer',
    data: billingDay,
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: ['subscriptions.readBillingDay', 'subscriptions.previewBillingDay', 'views.customer360'],
  }),
  subscriptionSuspended: event({
    type: 'subscription.suspended',
    subject: 'subscription',
    data: z.object({ reason: suspensionReason, on: civilDate }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'charges.listCharges', 'views.dashboard'],
  }),
  subscriptionReconnected: event({
    type: 'subscription.reconnected',
    subject: 'subscription',
    data: z.object({ from: suspensionReason, on: civilDate }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'charges.listCharges', 'views.dashboard'],
  }),
  subscriptionCancelled: event({
    type: 'subscription.cancelled',
    subject: 'subscription',
    data: z.object({ from: subscriptionStatus, on: civilDate, reason: z.string() }),
    seenWith: 'subscriptions.read',
    customerSees: true,
    stale: [...stale, 'subscriptions.listActivationTroubles', 'views.dashboard'],
  }),
  subscriptionNotStarted: event({
    type: 'subscription.not_started',
    subject: 'subscription',
    data: z.object({ jobId: ids.job, on: civilDate, refusal: z.string() }),
    seenWith: 'subscriptions.read',
    stale: ['subscriptions.listActivationTroubles', 'views.customer360'],
  }),
  provisioningSeen: event({
    type: 'provisioning.seen',
    subject: 'subscription',
    data: z.object({
      target: provisioningTarget,
      state: provisioningState,
      reason: provisioningReason.nullable().default(null),
    }),
    seenWith: 'subscriptions.read',
    stale: ['subscriptions.readSubscription', 'subscriptions.listDrift', 'views.customer360'],
  }),
  accessRevealed: event({
    type: 'subscription.access_revealed',
    subject: 'subscription',
    data: z.object({ radiusUser: z.string() }),
    seenWith: 'audit.read',
    stale: ['views.customer360'],
  }),
};

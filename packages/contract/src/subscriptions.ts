import { z } from 'zod';
import { itemFrequency, itemKind, sku } from './catalog.ts';
import { command, query } from './operation.ts';
import { cents, civilDate, ids, instant, line, page, pageInput } from './values.ts';

export const subscriptionStatus = z.enum(['pending', 'active', 'suspended', 'cancelled']);
export type SubscriptionStatus = z.infer<typeof subscriptionStatus>;

/** In which states each command may be given: the verb refuses with this table, the screen explains with it. */
export const subscriptionCan = {
  activate: ['pending'],
  cancel: ['pending'],
  change: ['active'],
  suspend: ['active'],
  reconnect: ['suspended'],
  end: ['active', 'suspended'],
  renew: ['active', 'suspended'],
  move: ['active'],
} as const satisfies Record<string, readonly SubscriptionStatus[]>;

/** A system that carries the service, and must be as the subscription says. */
export const provisioningTarget = z.enum(['radius', 'olt', 'acs']);
/** `waiting`: not seen yet. `agrees` and `drifts`: as last seen. */
export const provisioningState = z.enum(['waiting', 'agrees', 'drifts']);

/** What was wrong at the last look: it holds something else, knows no such device, did not answer, or cannot be asked. */
export const provisioningReason = z.enum([
  'differs',
  'unknown_device',
  'unreachable',
  'misconfigured',
  'nothing_to_ask',
]);

/** What one system should hold for a subscription beside what it was last seen to hold. */
export const provisioning = z.object({
  target: provisioningTarget,
  state: provisioningState,
  desired: z.record(z.string(), z.string()),
  actual: z.record(z.string(), z.string()).nullable(),
  desiredAt: instant,
  /** When it was last heard; an unreachable system keeps the state it was last seen in. */
  seenAt: instant.nullable(),
  reason: provisioningReason.nullable(),
  /** When it is asked again. */
  lookAt: instant.nullable(),
});

/** A service whose work is done but that could not start, and why: the code of a refusal with its data. */
export const activationTrouble = z.object({
  subscriptionId: ids.subscription,
  customerId: ids.customer,
  customerName: z.string(),
  address: z.string(),
  nameFr: z.string(),
  nameEn: z.string(),
  jobId: ids.job,
  /** First day of service, had it started. */
  on: civilDate,
  refusal: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  since: instant,
});

export const subscriptionItem = z.object({
  id: z.string(),
  sku,
  nameFr: z.string(),
  nameEn: z.string(),
  kind: itemKind,
  frequency: itemFrequency,
  /** Locked when it was sold: later catalog prices do not touch it. */
  priceVersionId: z.string(),
  priceCents: cents,
  /** The days it is in force, both included; none before the service starts, no end while it stands. */
  startsOn: civilDate.nullable(),
  endsOn: civilDate.nullable(),
});

/** What the customer agreed to: from when, until when; no end when for an indeterminate time. */
export const subscriptionTerm = z.object({
  startsOn: civilDate,
  months: z.int().nullable(),
  endsOn: civilDate.nullable(),
  goodsRebateCents: cents,
});

export const suspensionReason = z.enum(['non_payment', 'vacation', 'abuse']);

export const subscription = z.object({
  id: ids.subscription,
  customerId: ids.customer,
  locationId: ids.location,
  /** Service address, one line. */
  address: z.string(),
  status: subscriptionStatus,
  suspendedFor: suspensionReason.nullable(),
  /** The plan, or the first item when there is none. */
  nameFr: z.string(),
  nameEn: z.string(),
  downloadMbps: z.int().nullable(),
  uploadMbps: z.int().nullable(),
  /** Recurring price before taxes, brought to one month. */
  monthlyCents: cents,
  /** Those in force today. */
  items: z.array(subscriptionItem),
  /** Those that begin on a day to come. */
  itemsToCome: z.array(subscriptionItem),
  /** Last day of service, when an end is set. */
  lastDay: civilDate.nullable(),
  equipmentId: ids.equipment.nullable(),
  radiusUser: z.string().nullable(),
  source: z.string(),
  openedAt: instant,
  activatedOn: civilDate.nullable(),
  cancelledOn: civilDate.nullable(),
});

/** A move that is set for a day to come. */
export const moveToCome = z.object({
  /** First day at the new address. */
  on: civilDate,
  locationId: ids.location,
  address: z.string(),
  equipment: z.enum(['carried', 'swapped']),
});

/** All services on one day of the month (its last in a shorter one), or each on the day it began. */
export const billingDayBasis = {
  basis: z.enum(['common', 'anniversary']),
  day: z.int().min(1).max(31),
};
export const billingDay = z.object(billingDayBasis);

/** A change of state: when, from what to what, by whom and why. */
export const subscriptionStep = z.object({
  at: instant,
  from: subscriptionStatus.nullable(),
  to: subscriptionStatus,
  on: civilDate,
  reason: z.string().nullable(),
  by: z.string(),
});

export const subscriptionsOperations = {
  listSubscriptions: query({
    name: 'subscriptions.listSubscriptions',
    path: '/api/subscriptions',
    summary: 'Subscriptions, newest first; of one customer, location or status when asked.',
    allow: 'subscriptions.read',
    input: z.object({
      ...pageInput,
      customerId: ids.customer.optional(),
      locationId: ids.location.optional(),
      status: subscriptionStatus.optional(),
    }),
    output: page(subscription),
  }),
  readSubscription: query({
    name: 'subscriptions.readSubscription',
    path: '/api/subscriptions/{id}',
    summary: 'One subscription with its history and what each system should hold for it.',
    allow: 'subscriptions.read',
    input: z.object({ id: ids.subscription }),
    output: subscription.extend({
      move: moveToCome.nullable(),
      history: z.array(subscriptionStep),
      provisioning: z.array(provisioning),
    }),
    refusals: ['not_found'],
  }),
  listDrift: query({
    name: 'subscriptions.listDrift',
    path: '/api/provisioning/drift',
    summary: 'Services whose systems are not as they should be, longest first.',
    allow: 'subscriptions.read',
    input: z.object({ ...pageInput }),
    output: page(
      provisioning.extend({ subscriptionId: ids.subscription, customerId: ids.customer, since: instant }),
    ),
  }),
  listActivationTroubles: query({
    name: 'subscriptions.listActivationTroubles',
    path: '/api/provisioning/activation-troubles',
    summary:
      'Services whose work is done but that could not start, longest first; starting or withdrawing one ends it.',
    allow: 'subscriptions.read',
    input: z.object({ ...pageInput }),
    output: page(activationTrouble),
  }),
  activateSubscription: command({
    name: 'subscriptions.activateSubscription',
    path: '/api/subscriptions/{id}/activate',
    summary:
      'Starts the service: RADIUS at once, the other systems told what they must hold, billing from that day.',
    allow: 'subscriptions.write',
    input: z.object({
      id: ids.subscription,
      /** First day of service; today when absent. */
      on: civilDate.optional(),
      equipmentId: ids.equipment.nullable().default(null),
    }),
    output: subscription,
    refusals: ['not_found', 'not_in_this_state', 'activation_day', 'equipment_not_here', 'equipment_needed'],
  }),
  cancelSubscription: command({
    name: 'subscriptions.cancelSubscription',
    path: '/api/subscriptions/{id}/cancel',
    summary: 'Withdraws a subscription that never started; what it would have been charged is withdrawn too.',
    allow: 'subscriptions.write',
    input: z.object({ id: ids.subscription, reason: line() }),
    output: subscription,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  revealAccess: command({
    name: 'subscriptions.revealAccess',
    path: '/api/subscriptions/{id}/reveal-access',
    summary: 'Shows the session name and password of a service; who looked is written down.',
    allow: 'subscriptions.reveal',
    input: z.object({ id: ids.subscription }),
    output: z.object({ radiusUser: z.string(), radiusPassword: z.string() }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  listMyServices: query({
    name: 'subscriptions.listMyServices',
    path: '/api/me/services',
    summary: 'The services of the customer who asks.',
    allow: 'portal.self',
    input: z.object({}),
    output: z.object({
      services: z.array(
        subscription.pick({
          id: true,
          address: true,
          status: true,
          nameFr: true,
          nameEn: true,
          downloadMbps: true,
          uploadMbps: true,
          monthlyCents: true,
          items: true,
          activatedOn: true,
        }),
      ),
    }),
  }),
};

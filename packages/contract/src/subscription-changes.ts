import { z } from 'zod';
import { sku } from './catalog.ts';
import { charge } from './charges.ts';
import { command, query } from './operation.ts';
import { addressId, typedAddress } from './plant.ts';
import { billingDay, billingDayBasis, moveToCome, subscription } from './subscriptions.ts';
import { cents, civilDate, ids, line, typedCents } from './values.ts';

/** The commands that change a running service, each with the name the preview asks for. */
const itemId = z
  .string()
  .max(20)
  .regex(/^SI-\d+$/, 'SI-#####');
/** First day on which the change holds; today when absent. `next_cycle`: when the next billing cycle starts. */
const when = z.union([civilDate, z.literal('next_cycle')]).optional();
const id = ids.subscription;

const changePlan = z.object({ id, sku, when });
const addOption = z.object({ id, sku, when });
const removeOption = z.object({ id, itemId, when });
const addDiscount = z.object({
  id,
  /** The catalog's item for discounts: its words, its tax and its account. */
  sku,
  /** Taken off for each billing cycle, before taxes. */
  amountCents: cents.refine((value) => value > 0n, 'above zero'),
  cycles: z.int().min(1).max(60),
  when,
});
const reprice = z.object({
  id,
  itemId,
  priceCents: typedCents.refine((value) => value >= 0n, 'zero or more'),
  when,
  reason: line(),
});
const suspend = z.object({
  id,
  reason: z.enum(['non_payment', 'vacation', 'abuse']),
  on: civilDate.optional(),
  /** Last day of a vacation: the service comes back the next day by itself. */
  until: civilDate.optional(),
});
const reconnect = z.object({ id, on: civilDate.optional() });
const end = z.object({
  id,
  /** Last day of service, billed; today when absent. No notice can be asked of the customer (CRTC 2014-576). */
  on: civilDate.optional(),
  /** Who ends it: only a customer's own early end bears an indemnity; `default`, when the ladder of debts has come to it. */
  endedBy: z.enum(['customer', 'company', 'default']).default('customer'),
  /** What lets the company end it without the notice of the law. */
  ground: z.enum(['fraud', 'safety', 'law']).nullable().default(null),
  reason: line(),
});
const renew = z.object({ id, months: z.int().min(1).max(60).nullable() });
const move = z.object({
  id,
  /** Exactly one: a place known already, an address of the base, or one typed by hand. */
  locationId: ids.location.nullable().default(null),
  addressId: addressId.nullable().default(null),
  address: typedAddress.nullable().default(null),
  /** Replaces the unit of the address of the base. */
  unit: line(20).nullable().default(null),
  /** First day of service at the new address; today when absent. */
  on: civilDate.optional(),
  /** Another plan from that day on, at the catalog's price. */
  sku: sku.nullable().default(null),
  /** The device goes along, or another one is installed there and this one comes back. */
  equipment: z.enum(['carried', 'swapped']).default('carried'),
  /** The customer's other running services at the old address go too, as they are. */
  withOthers: z.boolean().default(false),
});
const withdraw = z.object({ id, reason: line() });
const bundle = z.object({
  id,
  sku,
  /** Of the parts the service does not have, which item to begin; a part with one item needs no choice. */
  parts: z.array(sku).max(10).default([]),
  when,
});

/** What a change does: the service as it will stand, and what the next invoice will carry because of it. */
export const subscriptionEffect = z.object({
  subscription,
  /** First day on which the change holds. */
  on: civilDate,
  /** Charges and credits added for the next invoice, before taxes. */
  charges: z.array(charge),
  chargesCents: cents,
  /** Recurring price before taxes brought to one month: now, and when the change holds. */
  monthlyBeforeCents: cents,
  monthlyAfterCents: cents,
  /** The move that is set for a day to come, with this change. */
  move: moveToCome.nullable(),
  /** A bundle's discount that ends because a part of it does, and its last day. */
  bundlesEnding: z.array(z.object({ sku, nameFr: z.string(), nameEn: z.string(), lastDay: civilDate })),
});

/** What another billing day does to one service: until when the days of before are charged, and for how much. */
export const billingDayEffect = z.object({
  billing: billingDay,
  services: z.array(
    z.object({
      subscriptionId: ids.subscription,
      nameFr: z.string(),
      nameEn: z.string(),
      /** First day of the first cycle on the new day. */
      from: civilDate,
      /** What is charged once for the days between the cycle that has been charged and that day, before taxes. */
      between: z.object({ from: civilDate, to: civilDate, cents }).nullable(),
    }),
  ),
});

const refusals = [
  'not_found',
  'not_in_this_state',
  'change_day',
  'item_not_priced',
  'end_is_set',
  'move_is_set',
] as const;
const changing = { allow: 'subscriptions.write', output: subscriptionEffect } as const;

export const subscriptionChangesOperations = {
  changePlan: command({
    name: 'subscriptions.changePlan',
    path: '/api/subscriptions/{id}/change-plan',
    summary: 'Another plan from a day on; both are charged by their days, options the new plan lacks end.',
    ...changing,
    input: changePlan,
    refusals: [...refusals, 'not_a_plan', 'same_plan', 'price_fixed', 'discounts_above_rest'],
  }),
  addOption: command({
    name: 'subscriptions.addOption',
    path: '/api/subscriptions/{id}/add-option',
    summary: 'Adds an option or equipment of the catalog from a day on.',
    ...changing,
    input: addOption,
    refusals: [...refusals, 'option_not_allowed', 'option_taken', 'discounts_above_rest'],
  }),
  removeOption: command({
    name: 'subscriptions.removeOption',
    path: '/api/subscriptions/{id}/remove-option',
    summary: 'Ends an option from a day on; its unused days are credited.',
    ...changing,
    input: removeOption,
    refusals: [...refusals, 'plan_stays', 'discounts_above_rest'],
  }),
  addDiscount: command({
    name: 'subscriptions.addDiscount',
    path: '/api/subscriptions/{id}/add-discount',
    summary: 'Takes an amount off for a number of billing cycles.',
    ...changing,
    input: addDiscount,
    refusals: [...refusals, 'discount_too_large', 'discounts_above_rest', 'approval_needed'],
  }),
  repriceItem: command({
    name: 'subscriptions.repriceItem',
    path: '/api/subscriptions/{id}/reprice',
    summary: 'Another price for one item from a day on.',
    ...changing,
    input: reprice,
    refusals: [
      ...refusals,
      'price_fixed',
      'price_notice',
      'discount_not_repriced',
      'discounts_above_rest',
      'approval_needed',
    ],
  }),
  suspendSubscription: command({
    name: 'subscriptions.suspendSubscription',
    path: '/api/subscriptions/{id}/suspend',
    summary: 'Suspends a service: the session is walled in, charging follows the reason.',
    ...changing,
    input: suspend,
    refusals: [...refusals, 'hold_length', 'debt_not_ripe'],
  }),
  reconnectSubscription: command({
    name: 'subscriptions.reconnectSubscription',
    path: '/api/subscriptions/{id}/reconnect',
    summary: 'Gives a suspended service back, with the items it had.',
    ...changing,
    input: reconnect,
    refusals,
  }),
  endSubscription: command({
    name: 'subscriptions.endSubscription',
    path: '/api/subscriptions/{id}/end',
    summary: 'Ends a service; the days not used are credited, and no more is asked than the law allows.',
    ...changing,
    input: end,
    refusals: [...refusals, 'company_notice', 'term_kept', 'debt_not_ripe'],
  }),
  renewSubscription: command({
    name: 'subscriptions.renewSubscription',
    path: '/api/subscriptions/{id}/renew',
    summary: 'A new term agreed with the customer, or none: for an indeterminate time.',
    ...changing,
    input: renew,
    refusals,
  }),
  moveSubscription: command({
    name: 'subscriptions.moveSubscription',
    path: '/api/subscriptions/{id}/move',
    summary:
      'Takes a service to another address from a day on; a move that was set for a day to come is replaced.',
    ...changing,
    input: move,
    refusals: [
      ...refusals,
      'discounts_above_rest',
      'no_move_set',
      'address_needed',
      'same_address',
      'address_not_served',
      'not_a_plan',
      'phone_not_valid',
    ],
  }),
  withdrawMove: command({
    name: 'subscriptions.withdrawMove',
    path: '/api/subscriptions/{id}/withdraw-move',
    summary: 'Takes back a move that was set for a day to come: the service stays where it is.',
    ...changing,
    input: withdraw,
    refusals: [...refusals, 'no_move_set'],
  }),
  addBundle: command({
    name: 'subscriptions.addBundle',
    path: '/api/subscriptions/{id}/add-bundle',
    summary: 'Begins the parts of a bundle the service lacks, and its discount for as long as all are taken.',
    ...changing,
    input: bundle,
    refusals: [...refusals, 'not_a_bundle', 'bundle_taken', 'bundle_incomplete', 'discounts_above_rest'],
  }),
  readBillingDay: query({
    name: 'subscriptions.readBillingDay',
    path: '/api/customers/{id}/billing-day',
    summary: 'On which day of the month a customer is billed.',
    allow: 'subscriptions.read',
    input: z.object({ id: ids.customer }),
    output: billingDay,
    refusals: ['not_found'],
  }),
  changeBillingDay: command({
    name: 'subscriptions.changeBillingDay',
    path: '/api/customers/{id}/billing-day',
    summary: 'Another billing day for all services of a customer, after what has been charged.',
    allow: 'subscriptions.write',
    input: z.object({ id: ids.customer, ...billingDayBasis }),
    output: billingDayEffect,
    refusals: ['not_found', 'same_billing_day'],
  }),
  previewBillingDay: query({
    name: 'subscriptions.previewBillingDay',
    method: 'POST',
    path: '/api/customers/{id}/billing-day/preview',
    summary: 'Exactly what another billing day would do, to the cent; nothing is done.',
    allow: 'subscriptions.read',
    input: z.object({ id: ids.customer, ...billingDayBasis }),
    output: billingDayEffect,
    refusals: ['not_found', 'same_billing_day'],
  }),
  previewChange: query({
    name: 'subscriptions.previewChange',
    method: 'POST',
    path: '/api/subscriptions/{id}/preview',
    summary: 'Exactly what one of the commands would do, to the cent; nothing is done.',
    allow: 'subscriptions.read',
    input: z.object({
      id,
      change: z.discriminatedUnion('command', [
        changePlan.omit({ id: true }).extend({ command: z.literal('changePlan') }),
        addOption.omit({ id: true }).extend({ command: z.literal('addOption') }),
        removeOption.omit({ id: true }).extend({ command: z.literal('removeOption') }),
        addDiscount.omit({ id: true }).extend({ command: z.literal('addDiscount') }),
        reprice.omit({ id: true }).extend({ command: z.literal('repriceItem') }),
        suspend.omit({ id: true }).extend({ command: z.literal('suspendSubscription') }),
        reconnect.omit({ id: true }).extend({ command: z.literal('reconnectSubscription') }),
        end.omit({ id: true }).extend({ command: z.literal('endSubscription') }),
        renew.omit({ id: true }).extend({ command: z.literal('renewSubscription') }),
        move.omit({ id: true }).extend({ command: z.literal('moveSubscription') }),
        withdraw.omit({ id: true }).extend({ command: z.literal('withdrawMove') }),
        bundle.omit({ id: true }).extend({ command: z.literal('addBundle') }),
      ]),
    }),
    output: subscriptionEffect,
    refusals: [
      ...refusals,
      'discounts_above_rest',
      'not_a_plan',
      'same_plan',
      'option_not_allowed',
      'option_taken',
      'plan_stays',
      'price_fixed',
      'price_notice',
      'discount_not_repriced',
      'hold_length',
      'debt_not_ripe',
      'company_notice',
      'term_kept',
      'discount_too_large',
      'approval_needed',
      'address_needed',
      'same_address',
      'address_not_served',
      'phone_not_valid',
      'not_a_bundle',
      'bundle_taken',
      'bundle_incomplete',
    ],
  }),
};

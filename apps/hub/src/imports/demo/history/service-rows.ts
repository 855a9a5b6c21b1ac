import { subscriptionsEvents } from '@gigafibre/contract';
import { addDays } from '@gigafibre/calendar';
import {
  accessOf,
  chargedSubscription,
  factsOf,
  firstAnchor,
  freshPassword,
  type SubscriptionItem,
} from '../../../domains/subscriptions/index.ts';
import type { ChargedSubscription } from '../../../domains/charges/index.ts';
import { json } from '../../../platform/transact.ts';
import { hours, instantAt } from './calendar.ts';
import type { Household, Service } from './household.ts';
import { PRODUCT, type Writing } from './writing.ts';

/** The items of a service as the subscriptions domain speaks of them, with the days they were in force. */
export const soldItems = (writing: Writing, service: Service): SubscriptionItem[] =>
  service.items.map(({ id, priced }) => ({
    ...priced,
    id,
    startsOn: service.activatedOn,
    endsOn: endOf(writing, service),
  }));

/** A service as charging sees it. */
export const asCharged = (writing: Writing, service: Service): ChargedSubscription =>
  chargedSubscription({
    id: service.id,
    customerId: '',
    locationId: service.dwelling.locationId,
    billingAnchor: firstAnchor(service.activatedOn),
    timeline: soldItems(writing, service),
  });

/** Instants of the life of a service. */
const openedAt = ({ activatedOn }: Service): string => instantAt(addDays(activatedOn, -9), hours(14) + 120);
export const activatedAt = ({ activatedOn }: Service): string => instantAt(activatedOn, hours(15) + 600);

/** Writes a service with its items and steps; and, while it lives, what RADIUS, the OLT and the ACS hold for it. */
export function writeSubscription(writing: Writing, household: Household, service: Service): void {
  const { sheets, sealer } = writing;
  const { id, dwelling, activatedOn } = service;
  const cancelledOn = endOf(writing, service);
  const items = soldItems(writing, service);
  const password = freshPassword();
  const access = accessOf({ id, items }, password);
  sheets.add('subscriptions.subscriptions', {
    id,
    customer_id: household.id,
    location_id: dwelling.locationId,
    status: cancelledOn === null ? 'active' : 'cancelled',
    source: sourceOf(service),
    opened_at: openedAt(service),
    activated_on: activatedOn,
    billing_anchor: firstAnchor(activatedOn),
    cancelled_on: cancelledOn,
    equipment_id: dwelling.equipmentId,
    radius_user: access.user,
    radius_password_sealed: sealer.seal(password, id),
    legacy_service_id: service.taken ? `${household.legacyAccount ?? ''}-${id.replace('SUB-', '')}` : null,
  });
  sheets.add('charges.charged_through', { subscription_id: id, through: chargedThrough(writing, service) });
  for (const [index, item] of items.entries())
    writeItem(writing, { subscriptionId: id, line: index + 1, item });
  writeSteps(writing, service, cancelledOn);
  if (cancelledOn === null) writeProvisioning(writing, { service, access, facts: factsOf(access) });
  tellItsLife(writing, household, { service, items, cancelledOn, radiusUser: access.user });
}

const sourceOf = ({ taken }: Service): string => (taken ? 'import' : 'vente');

/** The last day of a service that has ended by the end of the history. */
const endOf = ({ endsOn }: Writing, { cancelledOn }: Service): string | null =>
  cancelledOn !== null && cancelledOn <= endsOn ? cancelledOn : null;

function writeItem(
  { sheets }: Writing,
  { subscriptionId, line, item }: { subscriptionId: string; line: number; item: SubscriptionItem },
): void {
  sheets.add('subscriptions.items', {
    id: item.id,
    subscription_id: subscriptionId,
    line,
    sku: item.sku,
    price_version_id: item.priceVersionId,
    price_cents: item.priceCents,
    name_fr: item.nameFr,
    name_en: item.nameEn,
    kind: item.kind,
    frequency: item.frequency,
    tax_treatment: item.taxTreatment,
    revenue_account: item.revenueAccount,
    download_mbps: item.downloadMbps,
    upload_mbps: item.uploadMbps,
    olt_profile: item.oltProfile,
    radius_profile: item.radiusProfile,
    starts_on: item.startsOn,
    ends_on: item.endsOn,
  });
}

/** Billed the day it started, and at the start of each month since. */
const chargedThrough = ({ endsOn }: Writing, { activatedOn }: Service): string => {
  const month = `${endsOn.slice(0, 7)}-01`;
  return activatedOn > month ? activatedOn : month;
};

function writeSteps({ sheets }: Writing, service: Service, cancelledOn: string | null): void {
  const opened = openedAt(service);
  const steps = [
    { at: opened, from: null, to: 'pending', on: opened.slice(0, 10), reason: sourceOf(service) },
    { at: activatedAt(service), from: 'pending', to: 'active', on: service.activatedOn, reason: null },
    ...(cancelledOn === null
      ? []
      : [
          {
            at: instantAt(cancelledOn, hours(18)),
            from: 'active',
            to: 'cancelled',
            on: cancelledOn,
            reason: service.reason,
          },
        ]),
  ];
  for (const step of steps)
    sheets.add('subscriptions.steps', {
      subscription_id: service.id,
      at: step.at,
      from_status: step.from,
      to_status: step.to,
      on_date: step.on,
      reason: step.reason,
      by: PRODUCT.name,
    });
}

type Provisioned = Readonly<{
  service: Service;
  access: ReturnType<typeof accessOf>;
  facts: Readonly<Record<string, string>>;
}>;

function writeProvisioning({ sheets }: Writing, { service, access, facts }: Provisioned): void {
  const { id: subscriptionId, dwelling } = service;
  const { serial } = dwelling.ont;
  const { user: username } = access;
  sheets.add('radius.radcheck', {
    username,
    attribute: 'Cleartext-Password',
    op: ':=',
    value: access.password,
  });
  if (access.group !== null)
    sheets.add('radius.radusergroup', { username, groupname: access.group, priority: 1 });
  for (const { attribute, value } of access.replies)
    sheets.add('radius.radreply', { username, attribute, op: ':=', value });
  const profile = service.items.find(({ priced }) => priced.oltProfile !== null)?.priced.oltProfile;
  const at = activatedAt(service);
  const wanted = [
    { target: 'radius', facts },
    { target: 'olt', facts: { serial, authorised: 'yes', ...(profile ? { profile } : {}) } },
    { target: 'acs', facts: { serial, user: username } },
  ];
  for (const { target, facts: desired } of wanted)
    sheets.add('subscriptions.desired_states', {
      subscription_id: subscriptionId,
      target,
      desired: json(desired),
      desired_at: at,
      actual: json(desired),
      seen_at: at,
      state: 'agrees',
      since: at,
    });
}

type Telling = Readonly<{
  service: Service;
  items: readonly SubscriptionItem[];
  cancelledOn: string | null;
  radiusUser: string;
}>;

function tellItsLife({ tell }: Writing, household: Household, telling: Telling): void {
  const { service, items, cancelledOn, radiusUser } = telling;
  const main = items[0];
  const common = { by: PRODUCT, subject: service.id, customerId: household.id };
  const monthly = items.filter(({ frequency }) => frequency === 'monthly');
  const told = {
    locationId: service.dwelling.locationId,
    nameFr: main?.nameFr ?? '',
    nameEn: main?.nameEn ?? '',
    downloadMbps: main?.downloadMbps ?? null,
    uploadMbps: main?.uploadMbps ?? null,
    monthlyCents: monthly.reduce((sum, { priceCents }) => sum + Number(priceCents), 0),
  };
  tell(subscriptionsEvents.subscriptionOpened, {
    ...common,
    at: openedAt(service),
    data: { ...told, source: sourceOf(service) },
  });
  tell(subscriptionsEvents.subscriptionActivated, {
    ...common,
    at: activatedAt(service),
    data: {
      ...told,
      on: service.activatedOn,
      address: service.dwelling.site.text,
      equipmentId: service.dwelling.equipmentId,
      radiusUser,
    },
    changes: { status: ['pending', 'active'] },
  });
  if (cancelledOn !== null)
    tell(subscriptionsEvents.subscriptionCancelled, {
      ...common,
      at: instantAt(cancelledOn, hours(18)),
      data: { from: 'active', on: cancelledOn, reason: service.reason },
      changes: { status: ['active', 'cancelled'] },
    });
}

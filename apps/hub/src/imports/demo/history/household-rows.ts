import { addDays, addMonths, daysFromTo } from '@gigafibre/calendar';
import { customersEvents, plantEvents, stockEvents } from '@gigafibre/contract';
import { hexFormOf, lookAlikeOf } from '../../../domains/stock/index.ts';
import { hours, instantAt } from './calendar.ts';
import type { Dwelling, Household } from './household.ts';
import type { Site } from './sites.ts';
import { writeSubscription } from './service-rows.ts';
import { writeVisit } from './visit-rows.ts';
import { PRODUCT, type By, type Writing } from './writing.ts';

const WAREHOUSE = 'Sainte-Clotilde';
const MAKER = 'TP-Link';
const MODEL = 'XX230v';

/** Writes a customer with their places, devices and services; what they were billed comes month by month. */
export function writeHousehold(writing: Writing, household: Household): void {
  writeCustomer(writing, household);
  for (const dwelling of household.dwellings) {
    writeDwelling(writing, household, dwelling);
    const visit = writeVisit(writing, household, dwelling);
    writeDevice(writing, {
      household,
      dwelling,
      jobId: visit?.id ?? null,
      technician: visit?.technician ?? null,
    });
  }
  for (const service of household.services) writeSubscription(writing, household, service);
}

function writeCustomer(
  { sheets, tell }: Writing,
  { id, person, joinedOn, leftOn, legacyAccount }: Household,
): void {
  const at = instantAt(addDays(joinedOn, -9), hours(14));
  sheets.add('customers.customers', {
    id,
    kind: person.kind,
    name: person.name,
    language: person.language,
    status: leftOn === null ? 'active' : 'terminated',
    email_id: person.emailId,
    email_billing: person.emailBilling,
    cell_phone: person.cellPhone,
    tel_home: person.telHome,
    tags: person.tags,
    legacy_account_id: legacyAccount,
    created_at: at,
  });
  const phones = [person.cellPhone, person.telHome].map((phone) => phone?.replace(/^\+1/, ''));
  const words = [id, person.name, person.emailId, person.emailBilling, legacyAccount, ...phones];
  writeTerms({ sheets }, { kind: 'customer', sourceId: id, customerId: id }, words);
  tell(customersEvents.customerCreated, {
    at,
    by: PRODUCT,
    subject: id,
    customerId: id,
    data: { name: person.name },
  });
}

/** What a customer is found by, as `indexTerms` of customers writes it. */
export function writeTerms(
  { sheets }: Pick<Writing, 'sheets'>,
  source: Readonly<{ kind: string; sourceId: string; customerId: string }>,
  words: readonly (string | null | undefined)[],
): void {
  for (const shown of new Set(words))
    if (typeof shown === 'string')
      sheets.add('shown_terms', {
        customer_id: source.customerId,
        kind: source.kind,
        source_id: source.sourceId,
        shown,
      });
}

function writeDwelling(writing: Writing, household: Household, { locationId, site }: Dwelling): void {
  const { sheets, numbers, chance, tell } = writing;
  const { id: customerId, joinedOn, leftOn } = household;
  const at = instantAt(addDays(joinedOn, -9), hours(14) + 60);
  const lit = instantAt(joinedOn, hours(15));
  const ended = leftOn === null ? null : instantAt(leftOn, hours(20));
  sheets.add('plant.locations', {
    id: locationId,
    ...placeColumns(site),
    access_notes: chance.happens(0.1) ? chance.pick(ACCESS_NOTES) : '',
    serviceability: 'serviceable',
    serviceability_at: at,
    created_at: at,
  });
  sheets.add('plant.occupancies', {
    location_id: locationId,
    customer_id: customerId,
    since: at,
    until: ended,
    source: household.legacyAccount === null ? 'quote' : 'import',
  });
  sheets.add('plant.drops', {
    id: numbers.next('drop'),
    location_id: locationId,
    splitter_id: site.fibre.splitterId,
    splitter_port: site.fibre.splitterPort,
    terminal_id: site.fibre.terminalId,
    terminal_port: site.fibre.terminalPort,
    vlan: site.fibre.vlan,
    ont_id: site.fibre.splitterPort,
    state: ended === null ? 'active' : 'released',
    reserved_for: household.legacyAccount === null ? 'sale' : 'import',
    reserved_at: at,
    activated_at: lit,
    released_at: ended,
    release_reason: ended === null ? null : 'fin du service',
  });
  if (leftOn === null)
    writeTerms(writing, { kind: 'location', sourceId: locationId, customerId }, [
      site.text,
      site.shortText,
      locationId,
    ]);
  tell(plantEvents.locationCreated, {
    at,
    by: PRODUCT,
    subject: locationId,
    customerId,
    data: { text: site.text },
  });
}

const LOCATION_STATES = ['serviceable', 'serviceable', 'serviceable', 'construction', 'survey'] as const;

/** Places that were asked about or served once, and have no customer. */
export function writeSpareLocations(
  { sheets, numbers, chance, startsOn, endsOn }: Writing,
  spare: readonly Omit<Site, 'fibre'>[],
): void {
  const days = daysFromTo(startsOn, endsOn);
  for (const site of spare) {
    const at = instantAt(addDays(startsOn, chance.between(0, days)), hours(16));
    sheets.add('plant.locations', {
      ...placeColumns(site),
      id: numbers.next('location'),
      access_notes: '',
      serviceability: chance.pick(LOCATION_STATES),
      serviceability_at: at,
      created_at: at,
    });
  }
}

const placeColumns = (site: Omit<Site, 'fibre'>) => ({
  address_id: site.addressId,
  civic_number: site.civicNumber,
  unit: site.unit,
  street: site.street,
  municipality: site.municipality,
  postal_code: site.postalCode,
  latitude: site.latitude,
  longitude: site.longitude,
});

const ACCESS_NOTES = [
  'Chien dans la cour, sonner avant d’entrer.',
  'Entrée par l’arrière.',
  'Le panneau est au sous-sol, à gauche.',
  'Appeler dix minutes avant.',
  'Long chemin privé, barrière ouverte de 8 h à 18 h.',
] as const;

type Installing = Readonly<{
  household: Household;
  dwelling: Dwelling;
  jobId: string | null;
  technician: Writing['technicians'][number] | null;
}>;

function writeDevice(writing: Writing, { household, dwelling, jobId, technician }: Installing): void {
  const { sheets, tell } = writing;
  const { equipmentId: id, ont, locationId } = dwelling;
  const { id: customerId, joinedOn, leftOn } = household;
  const back = leftOn === null ? null : instantAt(leftOn, hours(19));
  const received = instantAt(addMonths(joinedOn, -1), hours(13));
  const attached = instantAt(joinedOn, hours(14) + 1_800);
  const internet = household.services.findLast((one) => one.isInternet && one.dwelling === dwelling);
  sheets.add('stock.equipment', {
    id,
    kind: 'ont',
    maker: MAKER,
    model: MODEL,
    serial: ont.serial,
    look_alike: lookAlikeOf(ont.serial),
    mac: ont.mac,
    status: back === null ? 'installed' : 'returned',
    place_kind: back === null ? 'location' : 'warehouse',
    place_id: back === null ? locationId : WAREHOUSE,
    ownership: 'rental',
    customer_id: back === null ? customerId : null,
    location_id: back === null ? locationId : null,
    subscription_id: back === null ? (internet?.id ?? null) : null,
    created_at: received,
    version: back === null ? 3 : 4,
  });
  const by = technician ?? PRODUCT;
  writeMoves(writing, { household, dwelling, jobId, by, instants: { received, attached, back } });
  if (back === null)
    writeTerms(writing, { kind: 'equipment', sourceId: id, customerId }, [
      id,
      ont.serial,
      hexFormOf(ont.serial),
      ont.mac,
      ont.mac.replaceAll(':', ''),
    ]);
  tell(stockEvents.equipmentAttached, {
    at: attached,
    by,
    subject: id,
    customerId,
    technicianId: technician?.id ?? null,
    data: { serial: ont.serial, kind: 'ont', locationId, jobId },
    changes: { status: ['in_stock', 'installed'], locationId: [null, locationId] },
  });
}

type Moving = Readonly<{
  household: Household;
  dwelling: Dwelling;
  jobId: string | null;
  by: By;
  instants: Readonly<{ received: string; attached: string; back: string | null }>;
}>;

/** The inventory log of an ONT: received, on the wall, and back on the shelf when its customer has left. */
function writeMoves({ sheets }: Writing, { household, dwelling, jobId, by, instants }: Moving): void {
  const { received, attached, back } = instants;
  const shelf = { kind: 'warehouse', id: WAREHOUSE };
  const home = { kind: 'location', id: dwelling.locationId };
  const moves = [
    { at: received, kind: 'received', from: null, to: shelf, status: 'in_stock', by: PRODUCT },
    { at: attached, kind: 'attached', from: shelf, to: home, status: 'installed', by },
    ...(back === null
      ? []
      : [{ at: back, kind: 'removed', from: home, to: shelf, status: 'returned', by: PRODUCT }]),
  ];
  for (const { at, kind, from, to, status, by: mover } of moves)
    sheets.add('stock.movements', {
      equipment_id: dwelling.equipmentId,
      at,
      kind,
      from_kind: from?.kind ?? null,
      from_id: from?.id ?? null,
      to_kind: to.kind,
      to_id: to.id,
      status,
      customer_id: kind === 'attached' ? household.id : null,
      job_id: kind === 'attached' ? jobId : null,
      actor_kind: mover.kind,
      actor_id: mover.id,
      actor_name: mover.name,
      reason: kind === 'removed' ? 'fin du service' : null,
    });
}

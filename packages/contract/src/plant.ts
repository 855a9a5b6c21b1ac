import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { ids, instant, line, page, pageInput, phone, postalCode, text } from './values.ts';

/** Whether fibre reaches a place: yes · yes after work on the network · somebody must look · no. */
export const serviceability = z.enum(['serviceable', 'construction', 'survey', 'not_serviceable']);
/** Why the answer is what it is; screens turn the code into words. */
export const serviceabilityReason = z.enum([
  'free_port',
  'terminal_full',
  'splitter_full',
  'network_planned',
  'drop_too_long',
  'network_far',
  'no_network',
  'position_unknown',
]);
/** Identifier of a civic address in our base. */
export const addressId = z
  .string()
  .max(20)
  .regex(/^AD-[0-9A-Z]{1,16}$/, 'AD-#####');
const plantId = z.string().max(24);
const degrees = { latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) };

/** A civic address as people read it, and its parts. */
export const civicAddress = z.object({
  id: addressId,
  /** `1020, rue Principale, app. 2, Napierville (Québec)  J0J 1L0` */
  text: z.string(),
  civicNumber: z.string(),
  unit: z.string().nullable(),
  street: z.string(),
  municipality: z.string(),
  municipalityCode: z.string(),
  postalCode: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
});

/** What of the network was found near an address. */
export const plantFound = z.object({
  terminalId: plantId,
  terminalName: z.string(),
  splitterId: plantId,
  splitterName: z.string(),
  oltId: plantId,
  oltName: z.string(),
  /** `frame/slot/port`, as the trade writes it. */
  ponPort: z.string(),
  freeTerminalPorts: z.int(),
  freeSplitterPorts: z.int(),
  distanceMetres: z.int(),
});

/** A position in the network: where a location is, or will be, connected. */
export const networkPosition = z.object({
  oltId: plantId,
  oltName: z.string(),
  ponPort: z.string(),
  splitterId: plantId,
  splitterPort: z.int(),
  terminalId: plantId.nullable(),
  terminalPort: z.int().nullable(),
  vlan: z.int().nullable(),
  /** Number of the ONT on its PON port, once authorised. */
  ontId: z.int().nullable(),
  state: z.enum(['reserved', 'active']),
});

const contact = z.object({ name: line(160).nullable(), phone: phone.nullable() });

/** A place that is, was or will be served. It outlives its customers. */
export const serviceLocation = z.object({
  id: ids.location,
  addressId: addressId.nullable(),
  text: z.string(),
  civicNumber: z.string(),
  unit: z.string().nullable(),
  street: z.string(),
  municipality: z.string(),
  postalCode: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  accessNotes: z.string(),
  contact: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
  /** Who lives or works there now; null when nobody of ours. */
  customerId: ids.customer.nullable(),
  serviceability,
  serviceabilityAt: instant.nullable(),
  network: networkPosition.nullable(),
  createdAt: instant,
  version: z.int(),
});

const ownAddress = z.object({
  civicNumber: line(20),
  unit: line(20).nullable().default(null),
  street: line(160),
  municipality: line(120),
  postalCode: postalCode.nullable().default(null),
  ...z.object(degrees).partial().shape,
});
/** An address typed by hand, for places that are not in the base. */
export const typedAddress = ownAddress;

export const plantOperations = {
  searchAddresses: query({
    name: 'plant.searchAddresses',
    path: '/api/addresses/search',
    summary: 'Addresses like what was typed, typos and accents forgiven, each with its serviceability.',
    allow: 'public',
    input: z.object({
      q: z.string().trim().min(2).max(160),
      limit: z.coerce.number().int().min(1).max(20).default(8),
    }),
    output: z.object({
      addresses: z.array(civicAddress.extend({ serviceability })),
    }),
  }),
  readServiceability: query({
    name: 'plant.readServiceability',
    path: '/api/addresses/{id}/serviceability',
    summary: 'Whether an address can be served, why, and what of the network is near.',
    allow: 'plant.read',
    input: z.object({ id: addressId }),
    output: z.object({
      address: civicAddress,
      serviceability,
      reason: serviceabilityReason,
      found: plantFound.nullable(),
      /** Locations already known at this address. */
      locationIds: z.array(ids.location),
    }),
    refusals: ['not_found'],
  }),
  createLocation: command({
    name: 'plant.createLocation',
    path: '/api/locations',
    summary: 'Registers a place to serve, from an address of the base or from one typed by hand.',
    allow: 'sales.write',
    input: z.object({
      addressId: addressId.nullable().default(null),
      address: ownAddress.nullable().default(null),
      unit: line(20).nullable().default(null),
      accessNotes: text(1_000).default(''),
      contact: contact.default({ name: null, phone: null }),
      customerId: ids.customer.nullable().default(null),
    }),
    output: serviceLocation,
    refusals: ['not_found', 'address_needed', 'phone_not_valid'],
  }),
  readLocation: query({
    name: 'plant.readLocation',
    path: '/api/locations/{id}',
    summary: 'One service location with its place in the network.',
    allow: 'plant.read',
    input: z.object({ id: ids.location }),
    output: serviceLocation,
    refusals: ['not_found'],
  }),
  editLocation: command({
    name: 'plant.editLocation',
    method: 'PATCH',
    path: '/api/locations/{id}',
    summary: 'Changes the fields given; refused when somebody changed the location since `version`.',
    allow: 'clients.write',
    input: z.object({
      id: ids.location,
      version: z.int().min(1),
      unit: line(20).nullable().optional(),
      postalCode: postalCode.nullable().optional(),
      accessNotes: text(1_000).optional(),
      contact: contact.optional(),
      ...z.object(degrees).partial().shape,
    }),
    output: serviceLocation,
    refusals: ['not_found', 'changed_meanwhile', 'phone_not_valid'],
  }),
  listLocations: query({
    name: 'plant.listLocations',
    path: '/api/locations',
    summary: 'Service locations of a customer, or all by number.',
    allow: 'plant.read',
    input: z.object({ ...pageInput, customerId: ids.customer.optional(), addressId: addressId.optional() }),
    output: page(serviceLocation),
  }),
  listOlts: query({
    name: 'plant.listOlts',
    path: '/api/plant/olts',
    summary: 'Optical line terminals with how full they are.',
    allow: 'plant.read',
    input: z.object({ ...pageInput }),
    output: page(
      z.object({
        id: plantId,
        name: z.string(),
        vendor: z.string(),
        model: z.string(),
        /** Address of its SNMP agent. */
        managementAddress: z.string(),
        site: z.string(),
        ponPorts: z.int(),
        splitterPorts: z.int(),
        portsTaken: z.int(),
      }),
    ),
  }),
  listSplitters: query({
    name: 'plant.listSplitters',
    path: '/api/plant/splitters',
    summary: 'Splitters with their free ports, by OLT.',
    allow: 'plant.read',
    input: z.object({ ...pageInput, oltId: plantId.optional() }),
    output: page(
      z.object({
        id: plantId,
        name: z.string(),
        oltId: plantId,
        ponPort: z.string(),
        ratio: z.int(),
        portsTaken: z.int(),
        latitude: z.number().nullable(),
        longitude: z.number().nullable(),
      }),
    ),
  }),
};

export const plantEvents = {
  locationCreated: event({
    type: 'location.created',
    subject: 'location',
    data: z.object({ text: z.string() }),
    seenWith: 'plant.read',
    stale: ['plant.listLocations', 'views.customer360'],
  }),
  locationChanged: event({
    type: 'location.changed',
    subject: 'location',
    data: z.object({}),
    seenWith: 'plant.read',
    technicianSees: true,
    stale: ['plant.readLocation', 'plant.listLocations', 'views.customer360'],
  }),
  portReserved: event({
    type: 'port.reserved',
    subject: 'location',
    data: z.object({ splitterId: plantId, splitterPort: z.int() }),
    seenWith: 'plant.read',
    stale: ['plant.readLocation', 'plant.readServiceability', 'plant.listSplitters', 'plant.listOlts'],
  }),
  portOccupied: event({
    type: 'port.occupied',
    subject: 'location',
    data: z.object({ splitterId: plantId, splitterPort: z.int() }),
    seenWith: 'plant.read',
    stale: ['plant.readLocation', 'plant.listSplitters', 'plant.listOlts'],
  }),
  portFreed: event({
    type: 'port.freed',
    subject: 'location',
    data: z.object({ splitterId: plantId, splitterPort: z.int(), reason: z.string() }),
    seenWith: 'plant.read',
    stale: ['plant.readLocation', 'plant.readServiceability', 'plant.listSplitters', 'plant.listOlts'],
  }),
};

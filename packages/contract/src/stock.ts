import { z } from 'zod';
import { event } from './event.ts';
import { command, query } from './operation.ts';
import { ids, instant, line, page, pageInput, text } from './values.ts';

export const equipmentKind = z.enum(['ont', 'router', 'mesh', 'tv_box', 'phone_adapter', 'switch', 'radio']);
export type EquipmentKind = z.infer<typeof equipmentKind>;

export const equipmentStatus = z.enum([
  'in_stock',
  'in_van',
  'installed',
  'returned',
  'defective',
  'lost',
  'retired',
]);
export type EquipmentStatus = z.infer<typeof equipmentStatus>;

/** In which states a thing can be done to a device: the verb refuses with it, the screen disables with it. */
export const equipmentCan = {
  loadVan: ['in_stock', 'returned'],
  attach: ['in_stock', 'in_van', 'returned'],
  remove: ['installed'],
  takeBack: ['in_van', 'returned', 'defective', 'lost'],
  setAside: ['in_stock', 'in_van', 'returned', 'defective'],
} as const satisfies Record<string, readonly EquipmentStatus[]>;

/** Where a device is: a warehouse by name, the van of a technician, the location of a customer, or nowhere known. */
export const equipmentPlace = z.object({
  kind: z.enum(['warehouse', 'van', 'location', 'unknown']),
  /** Warehouse name, technician `DT-…` or location `LOC-…`; null when unknown. */
  id: z.string().nullable(),
});
export type EquipmentPlace = z.infer<typeof equipmentPlace>;

export const equipment = z.object({
  id: ids.equipment,
  kind: equipmentKind,
  maker: z.string().nullable(),
  model: z.string().nullable(),
  /** Normal form: upper case without separators; a GPON serial as four letters and eight hex digits. */
  serial: z.string(),
  /** Upper case with colons. */
  mac: z.string().nullable(),
  barcode: z.string().nullable(),
  status: equipmentStatus,
  place: equipmentPlace,
  ownership: z.enum(['rental', 'sold']),
  customerId: ids.customer.nullable(),
  locationId: ids.location.nullable(),
  subscriptionId: ids.subscription.nullable(),
  createdAt: instant,
  /** Goes up by one with each change. */
  version: z.int(),
});
export type Equipment = z.infer<typeof equipment>;

export const movementKind = z.enum([
  'received',
  'found',
  'loaded',
  'attached',
  'removed',
  'taken_back',
  'set_aside',
]);
/** A line of the inventory log: what moved, from where to where, by whom and why. */
export const equipmentMovement = z.object({
  at: instant,
  kind: movementKind,
  from: equipmentPlace.nullable(),
  to: equipmentPlace,
  status: equipmentStatus,
  customerId: ids.customer.nullable(),
  jobId: ids.job.nullable(),
  by: z.string(),
  reason: z.string().nullable(),
});

/** A code as a person types it or a camera reads it: spaces, prefixes and look-alike letters are forgiven. */
export const typedCode = line(120);
const serial = typedCode;
const mac = line(40);

const newDevice = z.object({
  kind: equipmentKind,
  maker: line(60).nullable().default(null),
  model: line(60).nullable().default(null),
  serial,
  mac: mac.nullable().default(null),
  barcode: line(120).nullable().default(null),
});
const attaching = {
  serial,
  mac: mac.nullable().default(null),
  kind: equipmentKind.default('ont'),
  model: line(60).nullable().default(null),
  maker: line(60).nullable().default(null),
};
const attachRefusals = [
  'not_found',
  'not_in_this_state',
  'serial_not_valid',
  'mac_not_valid',
  'mac_taken',
  'equipment_elsewhere',
  'equipment_unknown',
  'equipment_ambiguous',
] as const;

export const stockOperations = {
  listEquipment: query({
    name: 'stock.listEquipment',
    path: '/api/equipment',
    summary: 'Devices, newest first; searched by serial, MAC, barcode or number, even partly.',
    allow: 'equipment.read',
    input: z.object({
      ...pageInput,
      search: z.string().trim().max(120).optional(),
      kind: equipmentKind.optional(),
      status: equipmentStatus.optional(),
      customerId: ids.customer.optional(),
      locationId: ids.location.optional(),
      technicianId: ids.technician.optional(),
    }),
    output: page(equipment),
  }),
  readEquipment: query({
    name: 'stock.readEquipment',
    path: '/api/equipment/{id}',
    summary: 'One device with its inventory log, newest movement first.',
    allow: 'equipment.read',
    input: z.object({ id: ids.equipment }),
    output: equipment.extend({ movements: z.array(equipmentMovement) }),
    refusals: ['not_found'],
  }),
  findEquipment: query({
    name: 'stock.findEquipment',
    path: '/api/equipment-lookup',
    summary: 'The device behind a scanned or typed code: serial, then barcode, then MAC.',
    allow: 'equipment.read',
    input: z.object({ code: typedCode }),
    output: z.object({
      equipment: equipment.nullable(),
      matched: z.enum(['serial', 'barcode', 'mac']).nullable(),
    }),
    refusals: ['equipment_ambiguous'],
  }),
  receiveEquipment: command({
    name: 'stock.receiveEquipment',
    path: '/api/equipment/receive',
    summary: 'Takes devices into a warehouse: all of them, or none when one serial is wrong or known.',
    allow: 'equipment.write',
    input: z.object({
      warehouse: line(60).default('principal'),
      reference: line(120).nullable().default(null),
      devices: z.array(newDevice).min(1).max(200),
    }),
    output: z.object({ received: z.array(equipment) }),
    refusals: ['serial_not_valid', 'mac_not_valid', 'serial_taken', 'mac_taken'],
  }),
  loadVan: command({
    name: 'stock.loadVan',
    path: '/api/equipment/load-van',
    summary: 'Moves devices from a warehouse into the van of a technician.',
    allow: 'equipment.write',
    input: z.object({
      technicianId: ids.technician,
      equipmentIds: z.array(ids.equipment).min(1).max(200),
    }),
    output: z.object({ loaded: z.array(equipment) }),
    refusals: ['not_found', 'not_in_this_state'],
  }),
  attachEquipment: command({
    name: 'stock.attachEquipment',
    path: '/api/equipment/attach',
    summary:
      'Installs a device at a location of a customer. With `from: found` an unknown device is created.',
    allow: 'equipment.write',
    input: z.object({
      ...attaching,
      customerId: ids.customer,
      locationId: ids.location,
      from: z.enum(['van', 'stock', 'found']).default('stock'),
    }),
    output: equipment,
    refusals: attachRefusals,
  }),
  removeEquipment: command({
    name: 'stock.removeEquipment',
    path: '/api/equipment/{id}/remove',
    summary: 'Takes a device back from a customer: into a van or a warehouse, good or defective.',
    allow: 'equipment.write',
    input: z.object({
      id: ids.equipment,
      reason: line(300),
      condition: z.enum(['good', 'defective']).default('good'),
      technicianId: ids.technician.nullable().default(null),
      warehouse: line(60).default('principal'),
    }),
    output: equipment,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  swapEquipment: command({
    name: 'stock.swapEquipment',
    path: '/api/equipment/{id}/swap',
    summary: 'Replaces an installed device by another in one step; links go over to the new one.',
    allow: 'equipment.write',
    input: z.object({
      id: ids.equipment,
      ...attaching,
      reason: line(300),
      condition: z.enum(['good', 'defective']).default('defective'),
      from: z.enum(['van', 'stock', 'found']).default('stock'),
    }),
    output: z.object({ removed: equipment, attached: equipment }),
    refusals: attachRefusals,
  }),
  takeBackEquipment: command({
    name: 'stock.takeBackEquipment',
    path: '/api/equipment/{id}/take-back',
    summary: 'Puts a device from a van, a return or a loss back on the shelf of a warehouse.',
    allow: 'equipment.write',
    input: z.object({ id: ids.equipment, warehouse: line(60).default('principal') }),
    output: equipment,
    refusals: ['not_found', 'not_in_this_state'],
  }),
  setAsideEquipment: command({
    name: 'stock.setAsideEquipment',
    path: '/api/equipment/{id}/set-aside',
    summary: 'Declares a device that is with nobody defective, lost or retired.',
    allow: 'equipment.write',
    input: z.object({
      id: ids.equipment,
      as: z.enum(['defective', 'lost', 'retired']),
      reason: text(300).min(1),
    }),
    output: equipment,
    refusals: ['not_found', 'not_in_this_state'],
  }),
};

const equipmentStale = [
  'stock.listEquipment',
  'stock.readEquipment',
  'stock.findEquipment',
  'field.listVan',
  'views.customer360',
];
const moved = z.object({
  serial: z.string(),
  kind: equipmentKind,
  locationId: ids.location.nullable(),
  jobId: ids.job.nullable(),
});
export const stockEvents = {
  equipmentReceived: event({
    type: 'equipment.received',
    subject: 'equipment',
    data: moved,
    seenWith: 'equipment.read',
    stale: equipmentStale,
  }),
  equipmentLoaded: event({
    type: 'equipment.loaded',
    subject: 'equipment',
    data: moved,
    seenWith: 'equipment.read',
    technicianSees: true,
    stale: equipmentStale,
  }),
  equipmentAttached: event({
    type: 'equipment.attached',
    subject: 'equipment',
    data: moved,
    seenWith: 'equipment.read',
    stale: equipmentStale,
  }),
  equipmentRemoved: event({
    type: 'equipment.removed',
    subject: 'equipment',
    data: moved,
    seenWith: 'equipment.read',
    stale: equipmentStale,
  }),
  equipmentReturned: event({
    type: 'equipment.taken_back',
    subject: 'equipment',
    data: moved,
    seenWith: 'equipment.read',
    stale: equipmentStale,
  }),
  equipmentSetAside: event({
    type: 'equipment.set_aside',
    subject: 'equipment',
    data: moved.extend({ as: z.enum(['defective', 'lost', 'retired']) }),
    seenWith: 'equipment.read',
    stale: equipmentStale,
  }),
};

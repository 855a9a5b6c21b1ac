/** What somebody may do. Declared once, named on each operation, refused by name. */
export const CAPABILITIES = [
  'clients.read',
  'clients.write',
  'catalog.read',
  'catalog.write',
  'plant.read',
  'plant.write',
  'equipment.read',
  'equipment.write',
  'network.read',
  'network.act',
  'billing.read',
  'billing.write',
  'billing.refund',
  /** Credits and write-offs above the limit of the house, tax exemptions. */
  'billing.approve',
  /** Refunds above the limit, and the approval of somebody else’s. */
  'billing.refund_large',
  'payments.take',
  /** Files for the bank and from it, with the accounts of customers in clear. */
  'payments.bank',
  /** Bills of suppliers; above the limit `billing.approve` approves them. */
  'purchases.read',
  'purchases.write',
  /** Writes down that bills were paid. */
  'purchases.pay',
  'subscriptions.read',
  'subscriptions.write',
  /** The session password of a service; each look is written down. */
  'subscriptions.reveal',
  'sales.read',
  'sales.write',
  'dispatch.read',
  'dispatch.write',
  'dispatch.publish',
  'messages.read',
  'messages.write',
  'reports.read',
  'settings.users',
  'settings.keys',
  'settings.system',
  'audit.read',
  'portal.impersonate',
  /** A technician's own working day: only jobs assigned to them. */
  'field.work',
  /** A customer's own account: only what is theirs. */
  'portal.self',
] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** What the house buys, and what its people did, is not everybody's to read. */
const RESERVED: ReadonlySet<string> = new Set(['audit.read', 'purchases.read']);
const reading = CAPABILITIES.filter((name) => name.endsWith('.read') && !RESERVED.has(name));
const everything = CAPABILITIES.filter((name) => name !== 'field.work' && name !== 'portal.self');

/** Roles shipped with the product; a role is only a name for a set of capabilities. */
export const ROLES = {
  admin: everything,
  manager: everything.filter((name) => !name.startsWith('settings.')),
  csr: [
    ...reading,
    'clients.write',
    'subscriptions.write',
    'sales.write',
    'payments.take',
    'messages.write',
    'dispatch.write',
    'equipment.write',
    'network.act',
  ],
  dispatcher: [...reading, 'dispatch.write', 'dispatch.publish', 'messages.write', 'equipment.write'],
  billing: [
    ...reading,
    'billing.write',
    'billing.refund',
    'payments.take',
    'payments.bank',
    'purchases.read',
    'purchases.write',
    'purchases.pay',
    'clients.write',
    'messages.write',
  ],
  network: [
    ...reading,
    'subscriptions.reveal',
    'plant.write',
    'equipment.write',
    'network.act',
    'audit.read',
  ],
  tech: ['field.work'],
  readonly: [...reading, 'purchases.read'],
} as const satisfies Record<string, readonly Capability[]>;
export type Role = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as readonly Role[]; // keys of a literal: exact

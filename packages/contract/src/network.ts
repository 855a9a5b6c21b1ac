import { z } from 'zod';
import { event } from './event.ts';
import { query } from './operation.ts';
import { opticalLevel, opticalLimits, opticalSystem, verdict } from './optical.ts';
import { typedCode } from './stock.ts';
import { ids, instant, page, pageInput } from './values.ts';

export const readingSource = z.enum(['olt', 'acs', 'manual']);
export type ReadingSource = z.infer<typeof readingSource>;

/** One optical reading of a device, in dBm. */
export const opticalReading = z.object({
  at: instant,
  source: readingSource,
  equipmentId: ids.equipment.nullable(),
  locationId: ids.location.nullable(),
  jobId: ids.job.nullable(),
  rxDbm: z.number().nullable(),
  txDbm: z.number().nullable(),
  /** Light of this ONT received by the OLT. */
  oltRxDbm: z.number().nullable(),
  system: opticalSystem,
  level: opticalLevel,
  verdict,
  by: z.string(),
});
export type OpticalReading = z.infer<typeof opticalReading>;

/** What one source said, and how old it is. A source that fails says so here and hides nobody. */
export const sourceReport = z.object({
  source: z.enum(['acs', 'olt']),
  /** `not_asked`: nothing to ask with (no OLT known for this location). */
  outcome: z.enum([
    'answered',
    'unknown_device',
    'unreachable',
    'refused',
    'timeout',
    'misconfigured',
    'not_asked',
  ]),
  tookMs: z.int(),
  /** When the device itself last spoke to this source. */
  saidAt: instant.nullable(),
  ageSeconds: z.int().nullable(),
  /** In plain words, when it did not answer. */
  reason: z.string().nullable(),
});

export const opticalStatus = z.object({
  source: z.enum(['acs', 'olt']),
  at: instant,
  rxDbm: z.number().nullable(),
  txDbm: z.number().nullable(),
  oltRxDbm: z.number().nullable(),
  system: opticalSystem,
  level: opticalLevel,
  verdict,
});

export const deviceDocument = z.object({
  serial: z.string().nullable(),
  mac: z.string().nullable(),
  equipmentId: ids.equipment.nullable(),
  customerId: ids.customer.nullable(),
  locationId: ids.location.nullable(),
  maker: z.string().nullable(),
  model: z.string().nullable(),
  firmware: z.string().nullable(),
  uptimeSeconds: z.number().nullable(),
  wanIp: z.string().nullable(),
  /** As the OLT sees it; null when no OLT answered. */
  online: z.boolean().nullable(),
  oltPort: z.string().nullable(),
  distanceM: z.number().nullable(),
  lastDownCause: z.string().nullable(),
  opticalStatus: z.array(opticalStatus),
  wifi: z.array(
    z.object({
      ssid: z.string(),
      band: z.string().nullable(),
      enabled: z.boolean().nullable(),
      channel: z.number().nullable(),
    }),
  ),
  hosts: z.array(
    z.object({
      mac: z.string(),
      ip: z.string().nullable(),
      name: z.string().nullable(),
      active: z.boolean().nullable(),
      link: z.string().nullable(),
    }),
  ),
  sources: z.array(sourceReport),
  askedAt: instant,
});
export type DeviceDocument = z.infer<typeof deviceDocument>;

export const networkOperations = {
  lookupDevice: query({
    name: 'network.lookupDevice',
    path: '/devices/lookup',
    summary:
      'Asks the ACS and the OLT about a device at the same time and gives one document with what each said. For staff with `network.read` and technicians with `field.work`.',
    allow: 'public',
    input: z
      .object({ serial: typedCode.optional(), mac: typedCode.optional() })
      .refine((given) => given.serial !== undefined || given.mac !== undefined, 'serial or mac'),
    output: deviceDocument,
    refusals: ['serial_not_valid', 'mac_not_valid', 'too_many_requests'],
  }),
  listReadings: query({
    name: 'network.listReadings',
    path: '/api/readings',
    summary: 'Optical readings of a device or a location, newest first.',
    allow: 'network.read',
    input: z.object({
      ...pageInput,
      equipmentId: ids.equipment.optional(),
      locationId: ids.location.optional(),
    }),
    output: page(opticalReading),
  }),
  readOpticalLimits: query({
    name: 'network.readOpticalLimits',
    path: '/api/optical-limits',
    summary: 'The limits of received light in force today, per system.',
    allow: 'network.read',
    input: z.object({}),
    output: z.object({ limits: z.array(opticalLimits) }),
  }),
};

export const networkEvents = {
  readingTaken: event({
    type: 'reading.taken',
    subject: 'equipment',
    data: z.object({
      source: readingSource,
      rxDbm: z.number().nullable(),
      verdict,
      jobId: ids.job.nullable(),
    }),
    seenWith: 'network.read',
    stale: ['network.listReadings', 'dispatch.readJob', 'views.customer360'],
  }),
};

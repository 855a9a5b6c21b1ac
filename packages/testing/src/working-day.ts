import {
  fieldOperations,
  unansweredOf,
  type JobType,
  type PromisedWindow,
  type Skill,
} from '@gigafibre/contract';
import { createCustomer } from '../../../apps/hub/src/domains/customers/index.ts';
import {
  addTechnician,
  createJob,
  mintTechLink,
  publishDay,
  scheduleJob,
} from '../../../apps/hub/src/domains/dispatch/index.ts';
import { addOlt, createLocation } from '../../../apps/hub/src/domains/plant/index.ts';
import type { Actor } from '../../../apps/hub/src/platform/acting.ts';
import type { Caller, ServedHub } from './serve-hub.ts';
import type { TestHub } from './test-hub.ts';

/** A customer at a place of their own. */
export async function home(
  hub: TestHub,
  name = 'Hélène Tremblay',
): Promise<{ customerId: string; locationId: string }> {
  return hub.act(async (tx) => {
    const { id: customerId } = await createCustomer(tx, {
      kind: 'residential',
      name,
      language: 'fr',
      emailId: null,
      emailBilling: null,
      cellPhone: '+14505550123',
      telHome: null,
      notes: '',
      tags: [],
    });
    const address = {
      civicNumber: '12',
      unit: null,
      street: 'rue Principale',
      municipality: 'Napierville',
      postalCode: 'J0J 1L0',
    };
    const location = await createLocation(tx, { address, customerId, accessNotes: 'Chien attaché' });
    return { customerId, locationId: location.id };
  });
}

/** A technician who works on weekdays from eight to five. */
export const technician = (
  hub: TestHub,
  given: { name?: string; skills?: Skill[]; phone?: string | null; staffId?: string | null } = {},
): Promise<string> =>
  hub.act(async (tx) => {
    const { id } = await addTechnician(tx, {
      name: given.name ?? 'Marc Lavoie',
      colour: '#2a7f9e',
      phone: given.phone === undefined ? '+15145550199' : given.phone,
      language: 'fr',
      skills: given.skills ?? [],
      hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: '08:00', to: '17:00' })),
      staffId: given.staffId ?? null,
    });
    return id;
  });

/** An OLT to ask, at this management address. */
export const oltAt = (hub: TestHub, managementAddress: string): Promise<string> =>
  hub.act(async (tx) => {
    const olt = { name: 'OLT-1', vendor: 'tp-link', model: 'P1201', site: '', vlan: 100, ports: [] };
    return (await addOlt(tx, { ...olt, managementAddress })).id;
  });

/** A job in the pool. */
export const job = (
  hub: TestHub,
  given: {
    type?: JobType;
    customerId?: string;
    locationId?: string;
    window?: PromisedWindow;
    subscriptionIds?: string[];
    skills?: Skill[];
  } = {},
): Promise<string> =>
  hub.act(async (tx) => (await createJob(tx, { source: 'test', type: 'repair', ...given })).id);

/** Gives a job to a technician and publishes it. */
export const publishTo = (
  hub: TestHub,
  { jobId, technicianId, startsAt }: { jobId: string; technicianId: string; startsAt: string },
): Promise<void> =>
  hub.act(async (tx) => {
    const { version } = await tx.db
      .selectFrom('dispatch.jobs')
      .select('version')
      .where('id', '=', jobId)
      .executeTakeFirstOrThrow();
    await scheduleJob(tx, { id: jobId, version, technicianId, startsAt, position: 0 });
    await publishDay(tx, { date: startsAt.slice(0, 10), jobIds: [jobId] });
  });

/** A technician as an actor, without session. */
export const inTheField = (technicianId: string, name = 'Marc Lavoie'): Actor => ({
  kind: 'technician',
  id: technicianId,
  name,
  capabilities: new Set(['field.work'] as const),
  language: 'fr',
  onBehalfOf: null,
});

/** The phone of a technician, signed in with today's link. */
export async function phoneOf(
  hub: TestHub,
  served: ServedHub,
  technicianId: string,
): Promise<{ phone: Caller; linkId: string; token: string; pageUrl: string }> {
  const link = await hub.act((tx) => mintTechLink(tx, hub.env, { technicianId, jobId: null }));
  const phone = served.visitor('field');
  await phone.call(fieldOperations.signIn, { token: link.token });
  return { phone, linkId: link.id, token: link.token, pageUrl: link.pageUrl };
}

/** A photograph, by its first bytes; nobody looks further. */
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7)]);

/** Answers every required point of a job's checklist that has no answer, photographs included, as of `at`. */
export async function answerChecklist(phone: Caller, { id, at }: { id: string; at: string }): Promise<void> {
  const { checklist } = await phone.call(fieldOperations.readMyJob, { id });
  for (const { id: itemId, kind, unit } of unansweredOf(checklist)) {
    if (kind === 'photo') {
      const chunk = PHOTO.toString('base64');
      const photo = { photoId: crypto.randomUUID(), totalBytes: PHOTO.length, offset: 0, chunk };
      await phone.call(fieldOperations.addPhoto, { id, at, checklistItemId: itemId, ...photo });
      continue;
    }
    const answer = {
      check: { checked: true },
      text: { text: 'T-12, port 3, bleu' },
      measure: { value: unit === 'dBm' ? -19.4 : 480 },
    }[kind];
    await phone.call(fieldOperations.saveChecklistItem, { id, at, itemId, ...answer });
  }
}

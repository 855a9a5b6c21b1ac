import { z } from 'zod';
import { civilDate, ids, instant, line } from './values.ts';

export const jobType = z.enum([
  'install',
  'repair',
  'upgrade',
  'move',
  'disconnect',
  'survey',
  'maintenance',
  'construction',
]);
export type JobType = z.infer<typeof jobType>;

export const jobStatus = z.enum([
  'unscheduled',
  'draft',
  'published',
  'offered',
  'accepted',
  'en_route',
  'on_site',
  'paused',
  'completed',
  'cannot_complete',
  'cancelled',
]);
export type JobStatus = z.infer<typeof jobStatus>;

/** In which states a thing can be done to a job: the verb refuses with it, the screen disables with it. */
export const jobCan = {
  edit: ['unscheduled', 'draft', 'published', 'offered', 'accepted', 'en_route', 'on_site', 'paused'],
  schedule: ['unscheduled', 'draft', 'published', 'offered', 'accepted'],
  unschedule: ['draft', 'published', 'offered', 'accepted'],
  publish: ['draft'],
  startTravel: ['published', 'offered', 'accepted', 'paused'],
  arrive: ['published', 'offered', 'accepted', 'en_route'],
  pause: ['en_route', 'on_site'],
  resume: ['paused'],
  complete: ['on_site'],
  cannotComplete: ['published', 'offered', 'accepted', 'en_route', 'on_site', 'paused'],
  /** Checklist, equipment, readings, signature. */
  record: ['published', 'offered', 'accepted', 'en_route', 'on_site', 'paused'],
  cancel: [
    'unscheduled',
    'draft',
    'published',
    'offered',
    'accepted',
    'en_route',
    'on_site',
    'paused',
    'cannot_complete',
  ],
  /** Back to the pool, to be done again. */
  reopen: ['cannot_complete'],
} as const satisfies Record<string, readonly JobStatus[]>;
export type JobAct = keyof typeof jobCan;

/** Whether a job in this state allows it. */
export const canJob = (act: JobAct, status: JobStatus): boolean =>
  (jobCan[act] as readonly JobStatus[]).includes(status); // a tuple narrows `includes` to its own members

/** States in which a job occupies its technician. */
export const ASSIGNED: readonly JobStatus[] = [
  'draft',
  'published',
  'offered',
  'accepted',
  'en_route',
  'on_site',
  'paused',
  'completed',
];
/** States a technician sees on the phone. */
export const VISIBLE_IN_FIELD: readonly JobStatus[] = [
  'published',
  'offered',
  'accepted',
  'en_route',
  'on_site',
  'paused',
  'completed',
  'cannot_complete',
];

export const cannotCompleteReason = z.enum([
  'client_absent',
  'no_access',
  'refused',
  'weather',
  'permit',
  'missing_material',
  'plant_fault',
  'address_error',
  'unsafe',
  'other',
]);

export const skillName = z.enum([
  'splicing',
  'aerial',
  'bucket_truck',
  'confined_space',
  'underground',
  'otdr',
  'wifi',
  'voip',
  'business',
  'mdu_riser',
  'bilingual',
]);
/** A skill with its level: 1 can do, 2 at ease, 3 teaches. */
export const skill = z.object({ skill: skillName, level: z.int().min(1).max(3) });
export type Skill = z.infer<typeof skill>;
export const skills = z.array(skill).max(20);

/** A time of day on the wall, `08:00`. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'HH:MM');
/** A day visits can be planned on, and a moment one can happen at: within anybody's working life. */
export const planDay = civilDate.refine((day) => day >= '2000' && day < '2200', 'a day of this time');
export const planInstant = instant.refine((at) => at >= '2000' && at < '2200', 'a moment of this time');
/** The window promised to the customer, local time of the service address. */
export const promisedWindow = z
  .object({ date: planDay, from: timeOfDay, to: timeOfDay })
  .refine((window) => window.from < window.to, 'from before to');
export type PromisedWindow = z.infer<typeof promisedWindow>;

/** Working hours of one weekday, 1 Monday to 7 Sunday. */
export const shift = z
  .object({ weekday: z.int().min(1).max(7), from: timeOfDay, to: timeOfDay })
  .refine((hours) => hours.from < hours.to, 'from before to');

export const technician = z.object({
  id: ids.technician,
  name: z.string(),
  colour: z.string(),
  phone: z.string().nullable(),
  language: z.enum(['fr', 'en']),
  skills,
  hours: z.array(shift),
  staffId: ids.staff.nullable(),
  active: z.boolean(),
  version: z.int(),
});
export type Technician = z.infer<typeof technician>;

/** What is asked of the technician: a check, photographs, a measure with limits, or words. */
export const checklistKind = z.enum(['check', 'photo', 'measure', 'text']);
export const measureLimits = z.object({
  badBelow: z.number().nullable(),
  warnBelow: z.number().nullable(),
  warnAbove: z.number().nullable(),
  badAbove: z.number().nullable(),
});
export const checklistItem = z.object({
  id: z.string(),
  kind: checklistKind,
  label: z.object({ fr: z.string(), en: z.string() }),
  required: z.boolean(),
  unit: z.string().nullable(),
  limits: measureLimits.nullable(),
  /** Answers; null as long as nobody gave one. */
  checked: z.boolean().nullable(),
  text: z.string().nullable(),
  value: z.number().nullable(),
  verdict: z.enum(['good', 'warn', 'bad']).nullable(),
  photoIds: z.array(z.string()),
  done: z.boolean(),
  answeredAt: instant.nullable(),
});
export type ChecklistItem = z.infer<typeof checklistItem>;

/** Good, to watch or bad, for a measured value; a value equal to a limit belongs to the better class. */
export function measureVerdict(
  value: number,
  limits: z.infer<typeof measureLimits> | null,
): 'good' | 'warn' | 'bad' | null {
  if (limits === null) return null;
  const { badBelow, warnBelow, warnAbove, badAbove } = limits;
  if ((badBelow !== null && value < badBelow) || (badAbove !== null && value > badAbove)) return 'bad';
  if ((warnBelow !== null && value < warnBelow) || (warnAbove !== null && value > warnAbove)) return 'warn';
  return 'good';
}

/** A change of state: from what to what, when it happened and when the hub learnt of it, by whom and why. */
export const jobChange = z.object({
  at: instant,
  receivedAt: instant,
  from: jobStatus.nullable(),
  to: jobStatus,
  technicianId: ids.technician.nullable(),
  by: z.string(),
  reason: z.string().nullable(),
  /** False for a report that came too late to change anything; kept all the same. */
  applied: z.boolean(),
});

/** What still has to be answered before a visit closes: the required points without an answer, in their order. */
export const unansweredOf = <Item extends Pick<ChecklistItem, 'required' | 'done'>>(
  checklist: readonly Item[],
): Item[] => checklist.filter(({ required, done }) => required && !done);

export const jobNote = z.object({ at: instant, by: z.string(), text: z.string() });
/** When in a visit a photograph was taken, as the technician says. */
export const photoPhase = z.enum(['before', 'during', 'after']);
export type PhotoPhase = z.infer<typeof photoPhase>;
export const jobPhoto = z.object({
  id: z.string(),
  type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  bytes: z.int(),
  receivedBytes: z.int(),
  complete: z.boolean(),
  takenAt: instant,
  checklistItemId: z.string().nullable(),
  phase: photoPhase.nullable(),
});

/** What must be green before an installation closes. */
export const installGate = z.enum(['ont', 'scan', 'rx', 'signature']);
export type InstallGate = z.infer<typeof installGate>;
/** Gates a technician may pass with a reason; it shows in reports. */
export const GATES_WITH_OVERRIDE: readonly InstallGate[] = ['scan', 'rx'];
/** Gates a technician may pass only after a dispatcher allowed it for the job. */
export const gateToAllow = z.enum(['ont', 'signature']);
export const gateState = z.object({ gate: installGate, green: z.boolean(), overridable: z.boolean() });

export const material = z.object({
  name: line(80),
  quantity: z.number().positive().max(100_000),
  unit: line(20).nullable().default(null),
});

const bothLanguages = z.object({ fr: z.string(), en: z.string() });
/** What a van carries by the metre or the piece and nobody counts by serial. */
export const consumable = z.object({
  code: z.string(),
  name: bothLanguages,
  unit: z.string(),
  /** What the buttons add or take away at a touch. */
  step: z.number(),
});
export type Consumable = z.infer<typeof consumable>;
/** How much of a material a visit used; `code` is null for what the list of consumables does not have. */
export const jobMaterial = z.object({
  code: z.string().nullable(),
  name: bothLanguages,
  quantity: z.number(),
  unit: z.string().nullable(),
});
export type JobMaterial = z.infer<typeof jobMaterial>;

export const completion = z.object({
  at: instant,
  summary: z.string(),
  materials: z.array(material),
  overrides: z.array(z.object({ gate: installGate, reason: z.string() })),
});

/** A job as lists and the board show it. */
export const jobRow = z.object({
  id: ids.job,
  type: jobType,
  status: jobStatus,
  priority: z.int(),
  customerId: ids.customer.nullable(),
  customerName: z.string().nullable(),
  locationId: ids.location.nullable(),
  address: z.string().nullable(),
  technicianId: ids.technician.nullable(),
  startsAt: instant.nullable(),
  durationMinutes: z.int(),
  /** Order within the technician's day when several start at the same time. */
  position: z.int(),
  window: z.object({ date: civilDate, from: timeOfDay, to: timeOfDay }).nullable(),
  /** What the customer asked for and had no room; a dispatcher settles it. */
  wished: z.object({ date: civilDate, from: timeOfDay, to: timeOfDay }).nullable(),
  /** The same window as instants, for drawing and comparing. */
  windowStartsAt: instant.nullable(),
  windowEndsAt: instant.nullable(),
  skills,
  createdAt: instant,
  version: z.int(),
});
export type JobRow = z.infer<typeof jobRow>;

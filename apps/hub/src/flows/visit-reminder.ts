import { businessDayBefore, EMPLOYEES, instantOf } from '@gigafibre/calendar';
import type { JobStatus, PromisedWindow } from '@gigafibre/contract';
import { defineFlow, type Flow, type Json } from '@gigafibre/flow';
import { z } from 'zod';
import { readCustomer } from '../domains/customers/index.ts';
import { readShownJob, readTechnician, type ShownJob } from '../domains/dispatch/index.ts';
import { sendMessage } from '../domains/messages/index.ts';
import { slotText } from '../domains/sales/index.ts';
import type { Env } from '../env.ts';
import type { Tx } from '../platform/acting.ts';
import { watch, type Look, type Looked } from './watch.ts';

/** When the customer is reminded, company time, on the business day before the visit. */
const REMIND_TIME = '15:00';
/** With nothing to say it rests until the job moves; it looks again after this long all the same. */
const IDLE_DAYS = 365;
const DAY_MS = 86_400_000;

/** States in which the company stands by the window: somebody has been told to come. */
const FIRM: readonly JobStatus[] = ['published', 'offered', 'accepted', 'en_route', 'on_site', 'paused'];
const ENDED: readonly JobStatus[] = ['completed', 'cancelled'];

const visit = z.object({ jobId: z.string() });
/** Windows as text: the one the customer was told, and the one they were reminded of. */
type Memory = { readonly told: string | null; readonly reminded: string | null };

/**
 * Keeps a customer informed of an installation from when it is first published: the window at once, each new window
 * when it is changed, and a reminder on the business day before at 15:00. While nobody is sent (back in the pool, or
 * a draft) nothing is said; published again late, the reminder follows at once. Over when the job is completed or
 * cancelled.
 */
export const visitReminder = (env: Env): Flow<Tx> =>
  defineFlow({
    name: 'visit-reminder',
    version: 1,
    input: (stored: Json) => visit.parse(stored),
    run: (f, { jobId }) =>
      watch<Memory>(f, {
        event: 'visit.moved',
        key: jobId,
        first: { told: null, reminded: null },
        look: (tx, look) => lookAtVisit(tx, env, { jobId, look }),
      }),
  });

/** Starts following an installation, or has it looked at again when it is followed already. */
export async function followVisit(tx: Tx, env: Env, jobId: string): Promise<void> {
  const { started } = await env.flows.start(tx, 'visit-reminder', { key: jobId, input: { jobId } });
  if (!started) await visitMoved(tx, env, jobId);
}

/** Tells the flow that the job is no longer what it was. */
export const visitMoved = (tx: Tx, env: Env, jobId: string) =>
  env.flows.signal(tx, { event: 'visit.moved', key: jobId, data: null });

/** When to remind of a visit on a day. */
export const visitRemindedAt = (date: string): Date =>
  instantOf({ date: businessDayBefore(date, EMPLOYEES), time: REMIND_TIME });

async function lookAtVisit(
  tx: Tx,
  env: Env,
  { jobId, look }: { jobId: string; look: Look<Memory> },
): Promise<Looked<Memory>> {
  const { now, state, key } = look;
  const idle = new Date(now.getTime() + IDLE_DAYS * DAY_MS).toISOString();
  const job = await readShownJob(tx, jobId);
  const { window, customerId } = job;
  if (ENDED.includes(job.status)) return { over: job.status };
  if (window === null || customerId === null || !FIRM.includes(job.status)) return { state, next: idle };
  const promise = `${window.date} ${window.from}-${window.to}`;
  const remindAt = visitRemindedAt(window.date);
  const isTime = remindAt <= now;
  const isAhead = now < instantOf({ date: window.date, time: window.from });
  const done = { state: { told: promise, reminded: promise }, next: idle };
  const saying = { job, window, customerId, key };
  if (state.told !== promise) {
    if (isAhead) await sayPlanned(tx, env, saying);
    // Told in the last hours there is nothing to remind of.
    return isTime ? done : { state: { ...state, told: promise }, next: remindAt.toISOString() };
  }
  if (state.reminded === promise) return done;
  if (!isTime) return { state, next: remindAt.toISOString() };
  if (isAhead) await sayReminder(tx, env, saying);
  return done;
}

type Saying = Readonly<{ job: ShownJob; window: PromisedWindow; customerId: string; key: string }>;

async function sayPlanned(tx: Tx, env: Env, { job, window, customerId, key }: Saying): Promise<void> {
  const { name, language } = await readCustomer(tx, customerId);
  const technician = job.technicianId === null ? null : (await readTechnician(tx, job.technicianId)).name;
  await sendMessage(tx, env, {
    template: 'visit_planned',
    to: { customerId },
    variables: { name, visit: slotText(window, language), technician },
    channels: ['email', 'sms'],
    idempotencyKey: key,
  });
}

/** A reminder goes to the phone; by e-mail only where there is no phone. */
async function sayReminder(tx: Tx, env: Env, { window, customerId, key }: Saying): Promise<void> {
  const { name, language, cellPhone, telHome } = await readCustomer(tx, customerId);
  await sendMessage(tx, env, {
    template: 'visit_reminder',
    to: { customerId },
    variables: { name, visit: slotText(window, language) },
    channels: [(cellPhone ?? telHome) === null ? 'email' : 'sms'],
    idempotencyKey: key,
  });
}

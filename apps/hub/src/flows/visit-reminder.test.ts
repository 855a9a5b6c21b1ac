import { dispatchEvents, dispatchOperations as op, type PromisedWindow } from '@gigafibre/contract';
import { home, publishTo, serveHub, technician, testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createJob } from '../domains/dispatch/index.ts';
import { visitRemindedAt } from './visit-reminder.ts';

// The clock stands on Monday 2 November 2026, 09:00 in Montréal (14:00 UTC).
const MONDAY_9 = { date: '2026-11-09', from: '08:00', to: '12:00' };
const TUESDAY_10 = { date: '2026-11-10', from: '13:00', to: '17:00' };
/** Friday the 6th at 15:00, the business day before Monday the 9th; and the day before Tuesday the 10th. */
const FRIDAY_15 = new Date('2026-11-06T20:00:00Z');
const MONDAY_15 = new Date('2026-11-09T20:00:00Z');
const before = (instant: Date) => new Date(instant.getTime() - 1);

/** An installation promised for a window and published, with the customer told. */
async function published(
  hub: TestHub,
  {
    window = MONDAY_9,
    type = 'install',
  }: { window?: PromisedWindow | null; type?: 'install' | 'repair' } = {},
) {
  const place = await home(hub);
  const technicianId = await technician(hub);
  const { id } = await hub.act((tx) =>
    createJob(tx, { type, ...place, window, source: 'test', ifFull: { overbook: 'test' } }),
  );
  const publish = (startsAt = '2026-11-09T14:00:00.000Z') =>
    publishTo(hub, { jobId: id, technicianId, startsAt });
  await publish();
  await hub.drain();
  const dispatcher = await (await serveHub(hub)).as('dispatcher');
  const version = async () => (await dispatcher.call(op.readJob, { id })).version;
  const promise = async (asked: PromisedWindow) => {
    await dispatcher.call(op.editJob, { id, version: await version(), window: asked, overbook: 'test' });
    await hub.drain();
  };
  return { id, dispatcher, publish, version, promise };
}

/** What the customer was told, in order: `planned` or `reminder`, by which channel, and which day. */
async function told(hub: TestHub): Promise<string[]> {
  await hub.drain();
  const { rows } = await hub.pool.query<{ template: string; channel: string; body_text: string }>(
    `select template, channel, body_text from messages.messages
      where template in ('visit_planned', 'visit_reminder') order by created_at, id`,
  );
  return rows.map(({ template, channel, body_text: text }) =>
    [template.slice(6), channel, /le (\d+)/.exec(text)?.[1]].join(' '),
  );
}

async function at(hub: TestHub, instant: Date): Promise<void> {
  await hub.moveTo(instant);
  await hub.drain();
}

const ending = async (hub: TestHub) =>
  (await hub.pool.query(`select state, result from flows.runs where flow = 'visit-reminder'`)).rows;

test('a customer is told of the window when the installation is published, and reminded the business day before', async () => {
  const hub = await testHub();
  await published(hub);
  expect(await told(hub)).toEqual(['planned sms 9']);
  await at(hub, before(FRIDAY_15));
  expect(await told(hub)).toHaveLength(1);
  await at(hub, FRIDAY_15);
  await at(hub, new Date('2026-11-12T14:00:00Z'));
  expect(await told(hub)).toEqual(['planned sms 9', 'reminder sms 9']);
  const { rows } = await hub.pool.query(
    `select body_text from messages.messages where template like 'visit%' order by id`,
  );
  expect(rows.map(({ body_text: text }) => text)).toEqual([
    'Gigafibre : rendez-vous le 9\u00a0novembre\u00a02026, de 8\u00a0h à 12\u00a0h.',
    'Gigafibre : rappel de notre visite le 9\u00a0novembre\u00a02026, de 8\u00a0h à 12\u00a0h. Une personne majeure doit être présente.',
  ]);
});

test('the reminder is on a day people work: not on a weekend, not on a holiday', () => {
  const at15 = (date: string) => visitRemindedAt(date).toISOString();
  expect(at15('2026-11-10')).toBe('2026-11-09T20:00:00.000Z');
  expect(at15('2026-11-09')).toBe('2026-11-06T20:00:00.000Z');
  // The day after Remembrance Day; and a day of summer time.
  expect(at15('2026-11-12')).toBe('2026-11-10T20:00:00.000Z');
  expect(at15('2026-07-15')).toBe('2026-07-14T19:00:00.000Z');
});

test('a customer whose window is changed is told the new one, and reminded of it alone', async () => {
  const hub = await testHub();
  const { promise } = await published(hub);
  await promise(TUESDAY_10);
  expect(await told(hub)).toEqual(['planned sms 9', 'planned sms 10']);
  await at(hub, FRIDAY_15);
  await at(hub, MONDAY_15);
  expect(await told(hub)).toEqual(['planned sms 9', 'planned sms 10', 'reminder sms 10']);
});

test('a window changed there and back is told each time: the last word is the right one', async () => {
  const hub = await testHub();
  const { promise } = await published(hub);
  await promise(TUESDAY_10);
  await promise(MONDAY_9);
  await at(hub, FRIDAY_15);
  expect(await told(hub)).toEqual(['planned sms 9', 'planned sms 10', 'planned sms 9', 'reminder sms 9']);
});

test('another change of the job says nothing to the customer', async () => {
  const hub = await testHub();
  const { id, dispatcher, version } = await published(hub);
  await dispatcher.call(op.editJob, { id, version: await version(), notes: 'Code de la porte : 4' });
  expect(await told(hub)).toHaveLength(1);
});

test('while nobody is sent nobody is reminded; published again, the customer is, and not told twice', async () => {
  const hub = await testHub();
  const { id, dispatcher, version, publish } = await published(hub);
  await dispatcher.call(op.unscheduleJob, { id, version: await version(), reason: 'technicien malade' });
  await at(hub, FRIDAY_15);
  expect(await told(hub)).toEqual(['planned sms 9']);
  await hub.moveTo(new Date('2026-11-07T14:00:00Z'));
  await publish();
  expect(await told(hub)).toEqual(['planned sms 9', 'reminder sms 9']);
});

test('nobody is reminded of a visit whose window has begun', async () => {
  const hub = await testHub();
  const { id, dispatcher, version, publish } = await published(hub);
  await dispatcher.call(op.unscheduleJob, { id, version: await version(), reason: 'technicien malade' });
  await at(hub, FRIDAY_15);
  await hub.moveTo(new Date('2026-11-09T13:00:00Z'));
  await publish();
  expect(await told(hub)).toEqual(['planned sms 9']);
});

test('an installation published in the last hours is told, without a reminder on top', async () => {
  const hub = await testHub({ start: new Date('2026-11-06T21:00:00Z') });
  await published(hub);
  await at(hub, new Date('2026-11-09T12:00:00Z'));
  expect(await told(hub)).toEqual(['planned sms 9']);
});

test('a cancelled installation reminds nobody, and its story is over', async () => {
  const hub = await testHub();
  const { id, dispatcher, version } = await published(hub);
  await dispatcher.call(op.cancelJob, { id, version: await version(), reason: 'le client a changé d’avis' });
  await hub.drain();
  expect(await ending(hub)).toEqual([{ state: 'done', result: 'cancelled' }]);
  await at(hub, FRIDAY_15);
  expect(await told(hub)).toEqual(['planned sms 9']);
});

test('a completed installation is over', async () => {
  const hub = await testHub();
  const { id } = await published(hub);
  // What it takes to close an installation is the field's; here it counts that it is closed.
  await hub.pool.query(`update dispatch.jobs set status = 'completed' where id = $1`, [id]);
  const completedAt = hub.now.toISOString();
  const nothing = { subscriptionIds: [], locationId: null, equipmentId: null };
  await hub.act((tx) =>
    tx.tell(dispatchEvents.jobCompleted, { subject: id, data: { type: 'install', ...nothing, completedAt } }),
  );
  await hub.drain();
  expect(await ending(hub)).toEqual([{ state: 'done', result: 'completed' }]);
});

test('a window promised later is told when it is promised; other kinds of visits are not followed', async () => {
  const hub = await testHub();
  const { promise } = await published(hub, { window: null });
  expect(await told(hub)).toEqual([]);
  await promise(TUESDAY_10);
  expect(await told(hub)).toEqual(['planned sms 10']);
  const other = await testHub();
  await published(other, { type: 'repair' });
  expect(await told(other)).toEqual([]);
  expect(await ending(other)).toEqual([]);
});

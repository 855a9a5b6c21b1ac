import { dispatchOperations as op, fieldOperations as field, type Conflict } from '@gigafibre/contract';
import {
  home,
  job,
  phoneOf,
  publishTo,
  serveHub,
  technician,
  testHub,
  type TestHub,
} from '@gigafibre/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJob, suggestedSlots } from './index.ts';

// The clock stands on Monday 2 November 2026, 09:00 in Montréal (14:00 UTC).
const MONDAY = '2026-11-02';
const TUESDAY = '2026-11-03';
/** Nine o'clock on that Tuesday: winter time began on Sunday. */
const AT_NINE = '2026-11-03T14:00:00.000Z';
const after = (minutes: number) => new Date(Date.parse(AT_NINE) + minutes * 60_000).toISOString();

async function office(hub: TestHub) {
  const served = await serveHub(hub);
  return { served, dispatcher: await served.as('dispatcher') };
}
const reasons = (conflicts: readonly Conflict[]) =>
  conflicts.map(({ jobId, reason, otherJobId, detail }) => [jobId, reason, otherJobId ?? detail]);

test('a job goes from the pool to a technician, is published once, and the technician is texted', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const place = await home(hub);
  const technicianId = await technician(hub);
  const created = await dispatcher.call(op.createJob, { type: 'repair', ...place, notes: 'Internet lent' });
  expect(created).toMatchObject({
    status: 'unscheduled',
    customerName: 'Hélène Tremblay',
    address: '12, rue Principale, Napierville (Québec)  J0J 1L0',
    durationMinutes: 90,
  });
  const { job: drafted, conflicts } = await dispatcher.call(op.scheduleJob, {
    id: created.id,
    version: created.version,
    technicianId,
    startsAt: AT_NINE,
  });
  expect([drafted.status, drafted.startsAt, conflicts]).toEqual(['draft', AT_NINE, []]);
  const board = await dispatcher.call(op.readDay, { date: TUESDAY });
  expect(board).toMatchObject({ drafts: 1, pool: [], jobs: [{ id: created.id }] });
  expect(board.technicians[0]?.shift).toEqual({
    startsAt: '2026-11-03T13:00:00.000Z',
    endsAt: '2026-11-03T22:00:00.000Z',
  });
  const published = await dispatcher.call(op.publishDay, { date: TUESDAY });
  expect(published).toEqual({ published: [created.id], technicians: [{ technicianId, jobs: 1 }] });
  expect((await dispatcher.call(op.publishDay, { date: TUESDAY })).published).toEqual([]);
  await hub.drain();
  const { rows } = await hub.pool.query('select template, to_address, body_text from messages.messages');
  expect(rows).toEqual([
    {
      template: 'technician_day',
      to_address: '+15145550199',
      body_text: expect.stringMatching(/1 rendez-vous le .*http:\/\/127\.0\.0\.1:\d+\/l\/[0-9A-Za-z]{20}$/),
    },
  ]);
  const whole = await dispatcher.call(op.readJob, { id: created.id });
  expect(whole.history.map((change) => change.to)).toEqual(['published', 'draft', 'unscheduled']);
  expect(whole.checklist.length).toBeGreaterThan(3);
  expect(whole.accessNotes).toBe('Chien attaché');
});

test('two dispatchers moving one job at once: one moves it, the other is told how it stands', async () => {
  const hub = await testHub();
  const { served, dispatcher } = await office(hub);
  const other = await served.as('dispatcher');
  const [a, b] = [await technician(hub), await technician(hub, { name: 'Julie Roy' })];
  const id = await job(hub);
  const move = (caller: typeof dispatcher, technicianId: string) =>
    caller.call(op.scheduleJob, { id, version: 1, technicianId, startsAt: AT_NINE });
  const outcomes = await Promise.allSettled([move(dispatcher, a), move(other, b)]);
  const won = outcomes.findIndex((outcome) => outcome.status === 'fulfilled');
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes[1 - won]).toMatchObject({
    reason: { code: 'changed_meanwhile', data: { version: 2, technicianId: [a, b][won] } },
  });
});

test('conflicts say which job and why: overlap, hours, skill, window', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const technicianId = await technician(hub, { skills: [{ skill: 'splicing', level: 1 }] });
  const place = async (id: string, startsAt: string) => {
    const { version } = await dispatcher.call(op.readJob, { id });
    return (await dispatcher.call(op.scheduleJob, { id, version, technicianId, startsAt })).conflicts;
  };
  const first = await job(hub);
  expect(await place(first, AT_NINE)).toEqual([]);
  const second = await job(hub, { skills: [{ skill: 'splicing', level: 2 }] });
  expect(reasons(await place(second, after(60)))).toEqual([
    [second, 'overlap', first],
    [second, 'missing_skill', 'splicing'],
  ]);
  const third = await job(hub, { window: { date: TUESDAY, from: '08:00', to: '12:00' } });
  expect(reasons(await place(third, after(8 * 60)))).toEqual([
    [third, 'outside_hours', null],
    [third, 'window_broken', null],
  ]);
  const board = await dispatcher.call(op.readDay, { date: TUESDAY });
  expect(reasons(board.conflicts)).toEqual([
    [second, 'overlap', first],
    [second, 'missing_skill', 'splicing'],
    [third, 'outside_hours', null],
    [third, 'window_broken', null],
  ]);
});

test('a published job keeps its state on the same technician’s day, and is a draft again elsewhere', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const [a, b] = [await technician(hub), await technician(hub, { name: 'Julie Roy' })];
  const id = await job(hub);
  await publishTo(hub, { jobId: id, technicianId: a, startsAt: AT_NINE });
  const move = async (technicianId: string, startsAt: string) => {
    const { version } = await dispatcher.call(op.readJob, { id });
    return (await dispatcher.call(op.scheduleJob, { id, version, technicianId, startsAt })).job.status;
  };
  expect(await move(a, after(120))).toBe('published');
  expect(await move(b, after(120))).toBe('draft');
  const { rows } = await hub.pool.query(
    `select technician_id from app.events where type = 'job.withdrawn' and subject_id = $1`,
    [id],
  );
  expect(rows).toEqual([{ technician_id: a }]);
});

test('what was published is taken back only with a reason', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const technicianId = await technician(hub);
  const id = await job(hub);
  await publishTo(hub, { jobId: id, technicianId, startsAt: AT_NINE });
  const { version } = await dispatcher.call(op.readJob, { id });
  await expect(dispatcher.call(op.unscheduleJob, { id, version })).rejects.toMatchObject({
    code: 'reason_needed',
  });
  const back = await dispatcher.call(op.unscheduleJob, { id, version, reason: 'Client absent demain' });
  expect([back.status, back.technicianId]).toEqual(['unscheduled', null]);
  const { history } = await dispatcher.call(op.readJob, { id });
  expect(history[0]).toMatchObject({ to: 'unscheduled', reason: 'Client absent demain', technicianId });
});

test('a job is edited, cancelled, and one that failed goes back to the pool', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const technicianId = await technician(hub);
  const id = await job(hub);
  const edited = await dispatcher.call(op.editJob, { id, version: 1, priority: 1, durationMinutes: 30 });
  expect(edited).toMatchObject({ priority: 1, durationMinutes: 30, version: 2 });
  await expect(dispatcher.call(op.editJob, { id, version: 1, priority: 2 })).rejects.toMatchObject({
    code: 'changed_meanwhile',
  });
  const gone = await dispatcher.call(op.cancelJob, { id, version: 2, reason: 'Doublon' });
  expect(gone.status).toBe('cancelled');
  await expect(
    dispatcher.call(op.scheduleJob, { id, version: gone.version, technicianId, startsAt: AT_NINE }),
  ).rejects.toMatchObject({ code: 'not_in_this_state' });
  await expect(
    dispatcher.call(op.reopenJob, { id, version: gone.version, reason: 'x' }),
  ).rejects.toMatchObject({ code: 'not_in_this_state' });
  const failed = await job(hub);
  await publishTo(hub, { jobId: failed, technicianId, startsAt: AT_NINE });
  await hub.pool.query(`update dispatch.jobs set status = 'cannot_complete' where id = $1`, [failed]);
  const { version } = await dispatcher.call(op.readJob, { id: failed });
  const again = await dispatcher.call(op.reopenJob, { id: failed, version, reason: 'À reprendre' });
  expect([again.status, again.startsAt]).toEqual(['unscheduled', null]);
});

test('lists find jobs by day, technician, state, customer, and the pool by promise', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const place = await home(hub);
  const technicianId = await technician(hub);
  const late = await job(hub, { window: { date: '2026-11-10', from: '08:00', to: '12:00' } });
  const soon = await job(hub, { window: { date: TUESDAY, from: '12:00', to: '16:00' } });
  const open = await job(hub);
  const mine = await job(hub, { ...place, type: 'survey' });
  await publishTo(hub, { jobId: mine, technicianId, startsAt: AT_NINE });
  const found = async (input: object) =>
    (await dispatcher.call(op.listJobs, input)).rows.map((row) => row.id);
  expect(await found({ unassigned: 'true' })).toEqual([soon, late, open]);
  expect(await found({ day: TUESDAY })).toEqual([mine]);
  expect(await found({ day: MONDAY })).toEqual([]);
  expect(await found({ technicianId, status: 'published' })).toEqual([mine]);
  expect(await found({ customerId: place.customerId })).toEqual([mine]);
  expect(await found({ search: 'helene trem' })).toEqual([mine]);
  expect(await found({ search: mine.toLowerCase() })).toEqual([mine]);
  expect(await found({ search: '%' })).toEqual([]);
  expect(await found({ type: 'survey' })).toEqual([mine]);
  const pages: string[] = [];
  let next: string | undefined;
  do {
    const page = await dispatcher.call(op.listJobs, { limit: 3, after: next });
    pages.push(...page.rows.map((row) => row.id));
    next = page.next ?? undefined;
  } while (next !== undefined && pages.length < 10);
  expect(pages.toSorted()).toEqual([late, soon, open, mine].toSorted());
});

test('slots are real: hours, holidays, what is assigned and what is promised', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  expect((await dispatcher.call(op.suggestSlots, {})).slots).toEqual([]);
  const technicianId = await technician(hub);
  const { slots, nextFrom } = await dispatcher.call(op.suggestSlots, { days: 10 });
  expect(nextFrom).toBe('2026-11-12');
  // Nine o'clock on Monday: the morning window is open already. The eleventh is Remembrance Day.
  expect(slots[0]).toEqual({ date: MONDAY, from: '12:00', to: '16:00', left: 1 });
  expect([...new Set(slots.map((slot) => slot.date))]).toEqual([
    MONDAY,
    TUESDAY,
    '2026-11-04',
    '2026-11-05',
    '2026-11-06',
    '2026-11-09',
    '2026-11-10',
  ]);
  expect(slots.some((slot) => slot.from === '16:00')).toBe(false);
  const tuesday = (list: typeof slots) =>
    list.filter((slot) => slot.date === TUESDAY).map(({ from, left }) => [from, left]);
  expect(tuesday(slots)).toEqual([
    ['08:00', 2],
    ['12:00', 1],
  ]);
  const id = await job(hub, { type: 'install' });
  await publishTo(hub, { jobId: id, technicianId, startsAt: '2026-11-03T13:00:00.000Z' });
  expect(tuesday((await dispatcher.call(op.suggestSlots, { days: 2 })).slots)).toEqual([
    ['08:00', 1],
    ['12:00', 1],
  ]);
});

test('a full window is refused to staff unless they say why, and kept as a wish for a sale', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  await technician(hub);
  const window = { date: TUESDAY, from: '12:00', to: '16:00' };
  const ask = (more: object = {}) => dispatcher.call(op.createJob, { type: 'install', window, ...more });
  expect((await ask()).window).toEqual(window);
  await expect(ask()).rejects.toMatchObject({ code: 'slot_taken', status: 409 });
  expect((await ask({ overbook: 'Client d’affaires' })).window).toEqual(window);
  const wish = await hub.act((tx) => createJob(tx, { type: 'install', window, source: 'quote QTN-1' }));
  expect(wish.promised).toBe(false);
  expect(await dispatcher.call(op.readJob, { id: wish.id })).toMatchObject({ window: null, wished: window });
});

test('however many book at once, no more is promised than can be done', async () => {
  const hub = await testHub();
  await technician(hub);
  await technician(hub, { name: 'Julie Roy' });
  const [offered] = (await suggestedSlots(hub, { type: 'install', from: TUESDAY, days: 1 })).map(
    ({ left }) => left,
  );
  const window = { date: TUESDAY, from: '08:00', to: '12:00' };
  const booked = await Promise.all(
    Array.from({ length: 8 }, () =>
      hub.act((tx) => createJob(tx, { type: 'install', window, source: 'test' })),
    ),
  );
  expect(booked.filter(({ promised }) => promised)).toHaveLength(offered ?? 0);
  expect(offered).toBe(4);
  const left = await suggestedSlots(hub, { type: 'install', from: TUESDAY, days: 1 });
  expect(left.some((slot) => slot.from === '08:00')).toBe(false);
});

test('only those who may publish publish, and an unknown or foreign job publishes nothing', async () => {
  const hub = await testHub();
  const { served, dispatcher } = await office(hub);
  const csr = await served.as('csr');
  await expect(csr.call(op.publishDay, { date: TUESDAY })).rejects.toMatchObject({ status: 403 });
  const technicianId = await technician(hub);
  const id = await job(hub);
  await dispatcher.call(op.scheduleJob, { id, version: 1, technicianId, startsAt: AT_NINE });
  await expect(
    dispatcher.call(op.publishDay, { date: TUESDAY, jobIds: [id, 'DJ-99999'] }),
  ).rejects.toMatchObject({ code: 'not_found' });
  expect((await dispatcher.call(op.readJob, { id })).status).toBe('draft');
});

test('technicians are added and edited; one staff member is one technician', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const { rows } = await hub.pool.query<{ id: string }>(
    `insert into staff.members (name, email, role) values ('Marc', 'marc@example.test', 'tech') returning id`,
  );
  const staffId = rows[0]?.id ?? '';
  const marc = await dispatcher.call(op.addTechnician, { name: 'Marc', phone: '514 555-0199', staffId });
  expect(marc).toMatchObject({ phone: '+15145550199', staffId, active: true });
  await expect(dispatcher.call(op.addTechnician, { name: 'Autre', staffId })).rejects.toMatchObject({
    code: 'staff_already_linked',
    data: { technicianId: marc.id },
  });
  const edited = await dispatcher.call(op.editTechnician, {
    id: marc.id,
    version: marc.version,
    hours: [{ weekday: 6, from: '09:00', to: '12:00' }],
    active: false,
  });
  expect(edited).toMatchObject({ active: false, hours: [{ weekday: 6 }] });
  await expect(
    dispatcher.call(op.editTechnician, { id: marc.id, version: marc.version, name: 'x' }),
  ).rejects.toMatchObject({ code: 'changed_meanwhile' });
  expect((await dispatcher.call(op.listTechnicians, { active: 'true' })).rows).toEqual([]);
  expect((await dispatcher.call(op.listTechnicians, {})).rows).toHaveLength(1);
});

test('a link opens one day, dies when revoked or when the day ends, and its session with it', async () => {
  const hub = await testHub();
  const { served, dispatcher } = await office(hub);
  const technicianId = await technician(hub);
  const { phone, linkId, token } = await phoneOf(hub, served, technicianId);
  expect(await phone.call(field.listMyDay, {})).toMatchObject({
    date: MONDAY,
    technician: { id: technicianId },
  });
  expect((await dispatcher.call(op.listTechLinks, { technicianId })).rows).toMatchObject([
    { id: linkId, usedAt: hub.now.toISOString(), expiresAt: '2026-11-03T05:00:00.000Z', revokedAt: null },
  ]);
  await dispatcher.call(op.revokeTechLink, { id: linkId });
  await expect(phone.call(field.listMyDay, {})).rejects.toMatchObject({ status: 401 });
  await expect(served.visitor('field').call(field.signIn, { token })).rejects.toMatchObject({
    code: 'link_not_valid',
  });
  const second = await dispatcher.call(op.mintTechLink, { technicianId });
  const evening = served.visitor('field');
  await evening.call(field.signIn, { token: second.token });
  await hub.moveTo(new Date('2026-11-03T04:59:00Z'));
  expect((await evening.call(field.listMyDay, {})).date).toBe(MONDAY);
  await hub.moveTo(new Date('2026-11-03T05:00:01Z'));
  await expect(evening.call(field.listMyDay, {})).rejects.toMatchObject({ status: 401 });
  await expect(evening.call(field.signIn, { token: second.token })).rejects.toMatchObject({
    code: 'link_not_valid',
  });
  await expect(dispatcher.call(op.mintTechLink, { technicianId, day: MONDAY })).rejects.toMatchObject({
    code: 'day_over',
  });
});

test('tokens made for something else, cut or foreign open nothing', async () => {
  const hub = await testHub();
  const { served } = await office(hub);
  const technicianId = await technician(hub);
  const { token } = await phoneOf(hub, served, technicianId);
  const expiresAt = new Date(hub.now.getTime() + 3_600_000);
  const signed = (purpose: 'portal' | 'field', id?: string) =>
    hub.env.links.sign(purpose, {
      subject: technicianId,
      claims: {},
      now: hub.now,
      expiresAt,
      ...(id ? { id } : {}),
    });
  const bad = [
    await signed('portal'),
    await signed('field'),
    await signed('field', '7f7a2f0e-8f0a-4a53-9d0f-5d3f2a7f0001'),
    await signed('field', 'not a uuid'),
    token.slice(0, -2),
    'x'.repeat(40),
  ];
  for (const wrong of bad)
    await expect(served.visitor('field').call(field.signIn, { token: wrong })).rejects.toMatchObject({
      code: 'link_not_valid',
    });
});

test('any sequence of a dispatcher’s acts leaves a job in a state its history tells', async () => {
  const hub = await testHub();
  const { dispatcher } = await office(hub);
  const crew = [await technician(hub), await technician(hub, { name: 'Julie Roy' })];
  const act = fc.oneof(
    fc.record({ act: fc.constant('schedule' as const), who: fc.nat(1), hour: fc.nat(8), day: fc.nat(2) }),
    fc.record({ act: fc.constantFrom('unschedule', 'publish', 'cancel', 'reopen', 'edit') }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 8 }), async (acts) => {
      const id = await job(hub);
      for (const step of acts) {
        const { version } = await dispatcher.call(op.readJob, { id });
        const base = { id, version, reason: 'essai' };
        const done =
          step.act === 'schedule'
            ? dispatcher.call(op.scheduleJob, {
                id,
                version,
                technicianId: crew[step.who] ?? '',
                startsAt: after(step.hour * 60 + step.day * 1_440),
              })
            : step.act === 'publish'
              ? dispatcher.call(op.publishDay, { date: TUESDAY, jobIds: [id] })
              : step.act === 'unschedule'
                ? dispatcher.call(op.unscheduleJob, base)
                : step.act === 'cancel'
                  ? dispatcher.call(op.cancelJob, base)
                  : step.act === 'reopen'
                    ? dispatcher.call(op.reopenJob, base)
                    : dispatcher.call(op.editJob, { id, version, priority: 2 });
        await done.catch((error: { code?: string }) => expect(error.code).toBe('not_in_this_state'));
      }
      const whole = await dispatcher.call(op.readJob, { id });
      expect(whole.history[0]?.to).toBe(whole.status);
      expect(whole.technicianId === null).toBe(whole.startsAt === null);
      const path = whole.history.toReversed();
      for (const [index, change] of path.entries())
        expect(change.from).toBe(index === 0 ? null : (path[index - 1]?.to ?? null));
    }),
    { numRuns: 12 },
  );
});

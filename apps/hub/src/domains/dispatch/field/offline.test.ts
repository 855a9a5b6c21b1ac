import {
  dispatchOperations as office,
  fieldOperations as op,
  jobCan,
  type InputOf,
  type JobStatus,
  type Operation,
} from '@gigafibre/contract';
import {
  answerChecklist,
  home,
  inTheField,
  job,
  phoneOf,
  publishTo,
  serveHub,
  technician,
  testHub,
  type Caller,
  type TestHub,
} from '@gigafibre/testing';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { transact } from '../../../platform/transact.ts';
import { cannotComplete, completeJob } from './complete-job.ts';
import { arrive, pause, resume, startTravel } from './report-state.ts';

const NINE = '2026-11-02T14:00:00.000Z';
const at = (minutes: number) => new Date(Date.parse(NINE) + minutes * 60_000).toISOString();

async function published(hub: TestHub) {
  const technicianId = await technician(hub);
  const place = await home(hub);
  const id = await job(hub, { type: 'repair', ...place });
  await publishTo(hub, { jobId: id, technicianId, startsAt: NINE });
  return { technicianId, id, place };
}

/** An action as the phone's outbox keeps it. */
type Action = Readonly<{ commandId: string; operation: Operation; input: object }>;
const action = <Op extends Operation>(operation: Op, input: InputOf<Op>): Action => ({
  commandId: randomUUID(),
  operation,
  input: input as object,
});

/** Sends the whole queue again and again, as a phone does that keeps what was refused, until nothing more goes through. */
async function sendUntilQuiet(phone: Caller, queue: readonly Action[]): Promise<Action[]> {
  let waiting = [...queue];
  for (let round = 0; round <= queue.length; round += 1) {
    const refused: Action[] = [];
    for (const one of waiting) {
      const { operation, input, commandId } = one;
      await phone.call(operation, input as never, { commandId }).catch((error: unknown) => {
        expect(error).toMatchObject({ name: 'CallRefused' });
        refused.push(one);
      });
    }
    if (refused.length === waiting.length) return refused;
    waiting = refused;
  }
  return waiting;
}

test('a visit told out of order, twice and hours late ends as if it had been told in order', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  const dispatcher = await served.as('dispatcher');
  await hub.moveTo(new Date(at(10 * 60)));
  const place = await home(hub);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), fc.boolean(), async (seed, fails) => {
      const id = await job(hub, { type: 'repair', ...place });
      await publishTo(hub, { jobId: id, technicianId, startsAt: at(11 * 60) });
      const queue: Action[] = [
        action(op.startTravel, { id, at: at(601) }),
        action(op.arrive, { id, at: at(602) }),
        action(op.saveChecklistItem, { id, at: at(603), itemId: 'cause', text: 'première réponse' }),
        action(op.saveChecklistItem, { id, at: at(604), itemId: 'cause', text: 'connecteur sale' }),
        action(op.pause, { id, at: at(605) }),
        action(op.addNote, { id, at: at(606), noteId: randomUUID(), text: 'note' }),
        action(op.resume, { id, at: at(607) }),
        fails
          ? action(op.cannotComplete, { id, at: at(608), reason: 'no_access' })
          : action(op.complete, { id, at: at(608), summary: 'fait' }),
      ];
      await hub.moveTo(new Date(at(14 * 60)));
      // The checklist must be told before the end; the steps of the visit may come in any order, each twice.
      const steps = queue.filter(({ operation }) => operation !== op.saveChecklistItem);
      const answers = queue.filter(({ operation }) => operation === op.saveChecklistItem);
      const shuffled = shuffle([...steps, ...steps], seed);
      await answerChecklist(phone, { id, at: at(602) });
      await sendUntilQuiet(phone, shuffle(answers, seed));
      expect(await sendUntilQuiet(phone, shuffled)).toEqual([]);
      const whole = await dispatcher.call(office.readJob, { id });
      expect(whole.status).toBe(fails ? 'cannot_complete' : 'completed');
      expect(whole.checklist.find((item) => item.id === 'cause')?.text).toBe('connecteur sale');
      expect(whole.notesLog).toHaveLength(1);
      expect(whole.history.filter((change) => change.applied && change.to === whole.status)).toHaveLength(1);
      await hub.moveTo(new Date(at(10 * 60)));
    }),
    { numRuns: 15 },
  );
});

test('going on that is told before the pause it ended leaves the technician at work', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  await hub.moveTo(new Date(at(60)));
  await phone.call(op.arrive, { id, at: at(10) });
  expect(await phone.call(op.resume, { id, at: at(30) })).toMatchObject({ applied: false });
  expect(await phone.call(op.pause, { id, at: at(20) })).toMatchObject({
    applied: false,
    job: { status: 'on_site' },
  });
});

function shuffle<T>(list: readonly T[], seed: number): T[] {
  let state = seed + 1;
  const next = () => (state = (state * 48_271) % 2_147_483_647);
  return list
    .map((value) => ({ value, key: next() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ value }) => value);
}

test('any sequence of reports moves a job only as the table of states allows', async () => {
  const hub = await testHub();
  const { technicianId, place } = await published(hub);
  const by = inTheField(technicianId);
  await hub.moveTo(new Date(at(12 * 60)));
  const acts = {
    startTravel: { to: 'en_route', run: startTravel },
    arrive: { to: 'on_site', run: arrive },
    pause: { to: 'paused', run: pause },
    resume: { to: 'on_site', run: resume },
    complete: {
      to: 'completed',
      run: (tx: Parameters<typeof arrive>[0], report: { id: string; at: string }) =>
        completeJob(tx, { ...report, summary: '', materials: [], overrides: [] }),
    },
    cannotComplete: {
      to: 'cannot_complete',
      run: (tx: Parameters<typeof arrive>[0], report: { id: string; at: string }) =>
        cannotComplete(tx, { ...report, reason: 'weather', note: '' }),
    },
  } as const;
  const names = Object.keys(acts) as (keyof typeof acts)[];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 7 }), async (sequence) => {
      const id = await job(hub, { type: 'repair', ...place });
      // The states alone are looked at here, not what a visit must have answered.
      await hub.pool.query('update dispatch.checklist_items set required = false where job_id = $1', [id]);
      await publishTo(hub, { jobId: id, technicianId, startsAt: at(13 * 60) });
      let status: JobStatus = 'published';
      for (const [index, name] of sequence.entries()) {
        const { to, run } = acts[name];
        const allowed: readonly JobStatus[] = jobCan[name];
        const report = { id, at: new Date(hub.now.getTime() - 10_000 + index).toISOString() };
        const outcome = await transact(hub.hub.ground, { by }, (tx) => run(tx, report)).catch(
          (error: { code: string }) => error.code,
        );
        if (status === to) expect(outcome).toMatchObject({ applied: false });
        else if (allowed.includes(status)) {
          expect(outcome).toMatchObject({ applied: true, row: { status: to } });
          status = to;
        } else expect(outcome).toMatch(/^(not_in_this_state|job_closed)$/);
      }
    }),
    { numRuns: 40 },
  );
});

test('a report for a job that went to somebody else is refused in words and kept, and settled by a person', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const other = await technician(hub, { name: 'Julie Roy' });
  const { phone } = await phoneOf(hub, served, technicianId);
  const dispatcher = await served.as('dispatcher');
  const { version } = await dispatcher.call(office.readJob, { id });
  await dispatcher.call(office.unscheduleJob, { id, version, reason: 'Marc est malade' });
  const late = { id, at: at(0) };
  const refused = await phone.call(op.arrive, late).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    code: 'job_not_yours',
    status: 409,
    message: expect.stringContaining('conservée'),
    data: { jobId: id, state: 'unscheduled', reason: 'Marc est malade', technicianName: null },
  });
  await publishTo(hub, { jobId: id, technicianId: other, startsAt: at(60) });
  for (let again = 0; again < 3; again += 1)
    await expect(phone.call(op.arrive, late)).rejects.toMatchObject({
      code: 'job_not_yours',
      message: expect.stringContaining('Julie Roy'),
    });
  await expect(phone.call(op.readMyJob, { id })).rejects.toMatchObject({ code: 'job_not_yours' });
  // What was seen there is evidence all the same.
  await phone.call(op.addNote, { id, at: at(1), noteId: randomUUID(), text: 'Chien méchant' });
  const { rows } = await dispatcher.call(office.listRefusedActions, { open: 'true', jobId: id });
  expect(rows).toMatchObject([
    {
      operation: 'field.arrive',
      code: 'job_not_yours',
      technicianId,
      input: late,
      words: expect.stringContaining('Julie Roy'),
    },
  ]);
  const settled = await dispatcher.call(office.settleRefusedAction, { id: rows[0]?.id ?? '', note: 'Vu' });
  expect(settled.settledAt).toBe(hub.now.toISOString());
  expect((await dispatcher.call(office.listRefusedActions, { open: 'true' })).rows).toEqual([]);
  expect((await dispatcher.call(office.listRefusedActions, {})).rows).toHaveLength(1);
});

test('a report that is refused at first and goes through later settles itself', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  const dispatcher = await served.as('dispatcher');
  const closing = { id, at: at(0), summary: 'fait' };
  const open = async () => (await dispatcher.call(office.listRefusedActions, { open: 'true' })).rows.length;
  await expect(phone.call(op.complete, closing, { commandId: 'c-1' })).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
  expect(await open()).toBe(1);
  await phone.call(op.arrive, { id, at: at(0) });
  await answerChecklist(phone, { id, at: at(0) });
  await phone.call(op.complete, closing, { commandId: 'c-1' });
  expect(await open()).toBe(0);
});

test('a job closed by the office refuses the phone’s later word, and keeps it', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  const dispatcher = await served.as('dispatcher');
  await phone.call(op.arrive, { id, at: at(0) });
  const { version } = await dispatcher.call(office.readJob, { id });
  await dispatcher.call(office.cancelJob, { id, version, reason: 'Le client a annulé' });
  await expect(phone.call(op.complete, { id, at: at(0), summary: 'fait' })).rejects.toMatchObject({
    code: 'job_closed',
    data: { state: 'cancelled', reason: 'Le client a annulé' },
    message: expect.stringContaining('est déjà annulée (Le client a annulé)'),
  });
  expect((await dispatcher.call(office.listRefusedActions, { jobId: id })).rows).toMatchObject([
    { operation: 'field.complete', input: { summary: 'fait' } },
  ]);
});

test('the same command sent again gives the same receipt, also after the job moved on', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  const first = await phone.call(op.arrive, { id, at: at(0) }, { commandId: 'a-1' });
  await phone.call(op.pause, { id, at: at(0) });
  expect(await phone.call(op.arrive, { id, at: at(0) }, { commandId: 'a-1' })).toEqual(first);
  expect((await (await served.as('dispatcher')).call(office.readJob, { id })).status).toBe('paused');
});

test('a phone whose clock runs ahead or years behind is believed only within the life of the job', async () => {
  const hub = await testHub();
  const served = await serveHub(hub);
  const { technicianId, id } = await published(hub);
  const { phone } = await phoneOf(hub, served, technicianId);
  await hub.moveTo(new Date(at(60)));
  await phone.call(op.startTravel, { id, at: '1999-01-01T00:00:00Z' });
  await phone.call(op.arrive, { id, at: '2099-01-01T00:00:00Z' });
  const { history } = await (await served.as('dispatcher')).call(office.readJob, { id });
  expect(history.slice(0, 2).map((change) => [change.to, change.at])).toEqual([
    ['on_site', at(60)],
    ['en_route', NINE],
  ]);
});

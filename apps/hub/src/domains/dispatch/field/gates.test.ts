import {
  dispatchOperations as office,
  fieldOperations as op,
  subscriptionsOperations,
  type JobType,
} from '@gigafibre/contract';
import {
  answerChecklist,
  home,
  job,
  newSubscription,
  phoneOf,
  publishTo,
  serveHub,
  stockCatalog,
  technician,
  testHub,
  type Caller,
} from '@gigafibre/testing';
import { expect, test } from 'vitest';

// The clock stands on Monday 2 November 2026, 09:00 in Montréal (14:00 UTC).
const NINE = '2026-11-02T14:00:00.000Z';
const at = (minutes = 0) => new Date(Date.parse(NINE) + minutes * 60_000).toISOString();

/** A technician at the door, for a job of a type that is to start these things. */
async function atTheDoor(type: JobType, skus: readonly string[]) {
  const hub = await testHub();
  await stockCatalog(hub);
  const served = await serveHub(hub);
  const place = await home(hub);
  const subscriptionId = await newSubscription(hub, { ...place, skus });
  const technicianId = await technician(hub);
  const id = await job(hub, { type, ...place, subscriptionIds: [subscriptionId] });
  await publishTo(hub, { jobId: id, technicianId, startsAt: NINE });
  const { phone } = await phoneOf(hub, served, technicianId);
  await hub.moveTo(new Date(at(120)));
  await phone.call(op.startTravel, { id, at: at(0) });
  await phone.call(op.arrive, { id, at: at(10) });
  await answerChecklist(phone, { id, at: at(15) });
  const [dispatcher, csr] = [await served.as('dispatcher'), await served.as('csr')];
  return { hub, served, phone, dispatcher, csr, id, subscriptionId };
}

const close = (phone: Caller, id: string, overrides: { gate: 'ont' | 'scan'; reason: string }[] = []) =>
  phone.call(op.complete, { id, at: at(50), overrides });

test('a job of any type that starts an Internet service does not close without its ONT', async () => {
  const { phone, id } = await atTheDoor('move', ['FIBRE-500']);
  expect((await phone.call(op.readMyJob, { id })).gates).toEqual([
    { gate: 'ont', green: false, overridable: false },
  ]);
  await expect(close(phone, id)).rejects.toMatchObject({
    code: 'install_gate_open',
    message: expect.stringContaining('répartiteur'),
    data: { red: 'ont' },
  });
  await expect(close(phone, id, [{ gate: 'ont', reason: 'Reparti' }])).rejects.toMatchObject({
    code: 'install_gate_open',
  });
  await phone.call(op.attachEquipment, { id, at: at(20), serial: 'TPLG46E80F93', how: 'scan' });
  expect(await close(phone, id)).toMatchObject({ job: { status: 'completed' } });
});

test('a job that starts no Internet service has no gate', async () => {
  const { phone, id } = await atTheDoor('repair', ['ROUTEUR']);
  expect((await phone.call(op.readMyJob, { id })).gates).toEqual([]);
  expect(await close(phone, id)).toMatchObject({ job: { status: 'completed' } });
});

test('a dispatcher may let the ONT wait: the job closes, both reasons stay, and the service waits in sight', async () => {
  const { hub, served, phone, dispatcher, csr, id, subscriptionId } = await atTheDoor('move', ['FIBRE-500']);
  const allowing = { id, gate: 'ont', reason: 'Terminal en rupture, retour jeudi' } as const;
  await expect((await served.as(['dispatch.read'])).call(office.allowGate, allowing)).rejects.toMatchObject({
    status: 403,
  });
  await dispatcher.call(office.allowGate, allowing);
  expect((await phone.call(op.readMyJob, { id })).gates).toEqual([
    { gate: 'ont', green: false, overridable: true },
  ]);
  await expect(close(phone, id)).rejects.toMatchObject({ code: 'install_gate_open' });
  await close(phone, id, [
    { gate: 'ont', reason: 'Aucun terminal au camion' },
    { gate: 'scan', reason: 'sans objet' },
  ]);
  const { completion } = await dispatcher.call(office.readJob, { id });
  expect(completion?.overrides).toEqual([
    {
      gate: 'ont',
      reason: expect.stringMatching(/^Aucun terminal au camion \(.+ : Terminal en rupture, retour jeudi\)$/),
    },
  ]);
  await hub.drain();
  const { rows } = await csr.call(subscriptionsOperations.listActivationTroubles, {});
  expect(rows).toMatchObject([{ subscriptionId, jobId: id, refusal: 'equipment_needed' }]);
  await expect(dispatcher.call(office.allowGate, allowing)).rejects.toMatchObject({
    code: 'not_in_this_state',
  });
});

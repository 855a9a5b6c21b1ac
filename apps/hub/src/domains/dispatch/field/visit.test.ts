import { dispatchOperations as office, fieldOperations as op, unansweredOf } from '@gigafibre/contract';
import type { Acs } from '@gigafibre/outside/acs';
import type { Olt, OntReading } from '@gigafibre/outside/olt';
import { done, retry, type Outcome } from '@gigafibre/outside/outcome';
import {
  answerChecklist,
  home,
  job,
  newSubscription,
  oltAt,
  phoneOf,
  publishTo,
  serveHub,
  stockCatalog,
  technician,
  testHub,
} from '@gigafibre/testing';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { mintTechLink } from '../tech-links.ts';

// What a visit must have, uses and looks at. The clock stands on Monday 2 November 2026, 09:00 in Montréal.
const NINE = '2026-11-02T14:00:00.000Z';
const at = (minutes = 0) => new Date(Date.parse(NINE) + minutes * 60_000).toISOString();
const SERIAL = 'TPLG46E80F93';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3_000, 7)]);

type Answer = () => Outcome<OntReading | null>;
// Stand-ins at the ports: what matters here is what a visit makes of their answers.
const lit = (answer: Answer) => ({
  olt: { vendor: 'test', readOnt: async () => answer() } as unknown as Olt,
  acs: { vendor: 'test', findDevice: async () => done(null) } as unknown as Acs,
});
const ontReading = (state: OntReading['state'], rxDbm: number | null): OntReading => ({
  serial: SERIAL,
  ifIndex: 1,
  port: '0/1/3',
  onuId: 12,
  state,
  description: null,
  rxDbm,
  txDbm: 2.1,
  oltRxDbm: -20.3,
  temperatureC: 44,
  distanceM: 4_300,
  lastDownCause: null,
});

async function visit(type: 'install' | 'repair', answer: Answer = () => done(ontReading('online', -18.4))) {
  const hub = await testHub({ outside: lit(answer) });
  const served = await serveHub(hub);
  const place = await home(hub);
  const technicianId = await technician(hub);
  const id = await job(hub, { type, ...place });
  await publishTo(hub, { jobId: id, technicianId, startsAt: NINE });
  const { phone } = await phoneOf(hub, served, technicianId);
  await hub.moveTo(new Date(at(120)));
  await phone.call(op.arrive, { id, at: at(10) });
  return { hub, served, place, technicianId, id, phone };
}

test('a visit closes only when every required point has its answer, and the refusal names those that have none', async () => {
  const { phone, id } = await visit('repair');
  const close = () => phone.call(op.complete, { id, at: at(60) });
  const open = async () =>
    unansweredOf((await phone.call(op.readMyJob, { id })).checklist).map((item) => item.id);
  expect(await open()).toEqual(['alarms', 'ont_rx', 'cause', 'fix']);
  await phone.call(op.saveChecklistItem, { id, at: at(20), itemId: 'alarms', text: 'LOS rouge' });
  await phone.call(op.saveChecklistItem, { id, at: at(21), itemId: 'fix', text: '' });
  await expect(close()).rejects.toMatchObject({
    code: 'checklist_open',
    data: { items: 'ont_rx,cause,fix', count: 3 },
    message: expect.stringMatching(/3 points obligatoires.*Puissance à l’ONT; Cause trouvée; Correctif/),
  });
  await answerChecklist(phone, { id, at: at(30) });
  expect(await open()).toEqual([]);
  expect((await close()).job.status).toBe('completed');
});

test('a required photograph counts once all of it is there', async () => {
  const { phone, id } = await visit('install');
  const piece = {
    id,
    at: at(15),
    photoId: randomUUID(),
    checklistItemId: 'before',
    phase: 'before',
  } as const;
  const before = async () =>
    (await phone.call(op.readMyJob, { id })).checklist.find((item) => item.id === 'before')?.done;
  const send = (offset: number, end?: number) =>
    phone.call(op.addPhoto, {
      ...piece,
      totalBytes: JPEG.length,
      offset,
      chunk: JPEG.subarray(offset, end).toString('base64'),
    });
  await send(0, 1_000);
  expect(await before()).toBe(false);
  await send(1_000);
  expect(await before()).toBe(true);
  expect((await phone.call(op.readMyJob, { id })).photos).toMatchObject([
    { phase: 'before', complete: true },
  ]);
});

test('a photograph taken away before it was sent leaves nothing; a whole one stays', async () => {
  const { phone, id } = await visit('repair');
  const photoId = randomUUID();
  const send = (offset: number, end?: number) =>
    phone.call(op.addPhoto, {
      id,
      at: at(15),
      photoId,
      totalBytes: JPEG.length,
      offset,
      chunk: JPEG.subarray(offset, end).toString('base64'),
    });
  const drop = () => phone.call(op.dropPhoto, { id, at: at(16), photoId });
  expect((await drop()).applied).toBe(false);
  await send(0, 1_000);
  expect((await drop()).applied).toBe(true);
  expect((await phone.call(op.readMyJob, { id })).photos).toEqual([]);
  await send(0);
  await expect(drop()).rejects.toMatchObject({ code: 'photo_already_sent' });
  expect((await phone.call(op.readMyJob, { id })).photos).toHaveLength(1);
});

test('of two reports of a material the later on the phone counts, whichever arrives first; zero takes it off', async () => {
  const { phone, id, served } = await visit('repair');
  const { consumables } = await phone.call(op.listConsumables, {});
  const cable = consumables.find(({ unit }) => unit === 'm');
  if (!cable) throw new Error('no cable in the list');
  const use = (minute: number, quantity: number) =>
    phone.call(op.useMaterial, { id, at: at(minute), code: cable.code, name: 'whatever', quantity });
  const used = async () => (await phone.call(op.readMyJob, { id })).materials;
  expect((await use(30, 45)).applied).toBe(true);
  expect((await use(20, 10)).applied).toBe(false);
  await phone.call(op.useMaterial, { id, at: at(31), name: 'Moulure', quantity: 2, unit: 'm' });
  expect(await used()).toEqual([
    { code: cable.code, name: cable.name, quantity: 45, unit: 'm' },
    { code: null, name: { fr: 'Moulure', en: 'Moulure' }, quantity: 2, unit: 'm' },
  ]);
  await phone.call(op.useMaterial, { id, at: at(32), name: 'moulure', quantity: 0, unit: 'm' });
  await use(29, 99);
  expect(await used()).toMatchObject([{ code: cable.code, quantity: 45 }]);
  await answerChecklist(phone, { id, at: at(40) });
  await phone.call(op.complete, { id, at: at(50) });
  await expect(use(55, 1)).rejects.toMatchObject({ code: 'job_closed' });
  const dispatcher = await served.as('dispatcher');
  expect((await dispatcher.call(office.readJob, { id })).materials).toMatchObject([{ quantity: 45 }]);
});

test('a link made for one visit opens it first, and the session still has the whole day', async () => {
  const { hub, served, technicianId, id, place } = await visit('repair');
  const other = await job(hub, { type: 'repair', ...place });
  await publishTo(hub, { jobId: other, technicianId, startsAt: at(180) });
  const link = await hub.act((tx) => mintTechLink(tx, hub.env, { technicianId, jobId: id }));
  const phone = served.visitor('field');
  expect(await phone.call(op.signIn, { token: link.token })).toMatchObject({ jobId: id });
  expect((await phone.call(op.listMyDay, {})).jobs.map((row) => row.id).toSorted()).toEqual([id, other]);
  // The plain page, which asks for nothing but the link, shows the one visit.
  const page = await (await fetch(link.pageUrl.replace(/^https?:\/\/[^/]+/, served.url))).text();
  expect([page.includes(id), page.includes(other)]).toEqual([true, false]);
});

test('a diagnosis says what the line does now, and never takes silence for a fault', async () => {
  let answer: Answer = () => done(ontReading('online', -18.4));
  const { hub, phone, id, place } = await visit('repair', () => answer());
  const look = async () =>
    (await phone.call(op.diagnoseLine, { id })).findings.map(({ code, verdict }) => `${code}:${verdict}`);
  expect(await look()).toEqual(['no_ont:warn', 'no_service:warn']);
  await oltAt(hub, '127.0.0.1:1');
  await stockCatalog(hub);
  await newSubscription(hub, place);
  await phone.call(op.attachEquipment, { id, at: at(20), serial: SERIAL, how: 'scan' });
  expect(await look()).toEqual(['ont_online:good', 'light_good:good', 'service_pending:warn']);
  answer = () => done(ontReading('offline', null));
  expect((await look()).slice(0, 2)).toEqual(['ont_offline:bad', 'light_no_light:bad']);
  answer = () => retry(60_000, 'busy');
  expect((await look()).slice(0, 2)).toEqual(['ont_unreachable:warn', 'light_not_read:warn']);
  answer = () => done(null);
  expect((await look()).slice(0, 2)).toEqual(['ont_unknown:bad', 'light_not_read:warn']);
});

test('a device is read by its serial: where it hangs, its service and its last light', async () => {
  const { hub, phone, id, place } = await visit('repair');
  await oltAt(hub, '127.0.0.1:1');
  await phone.call(op.attachEquipment, { id, at: at(20), serial: SERIAL, how: 'scan' });
  await phone.call(op.takeReading, { id, at: at(30), readingId: randomUUID() });
  expect(await phone.call(op.readDevice, { serial: SERIAL.toLowerCase() })).toMatchObject({
    equipment: { serial: SERIAL, status: 'installed', locationId: place.locationId },
    customerName: 'Hélène Tremblay',
    address: expect.stringContaining('rue Principale'),
    service: null,
    readings: [{ rxDbm: -18.4, verdict: 'good' }],
  });
  await expect(phone.call(op.readDevice, { serial: 'HWTC00000000' })).rejects.toMatchObject({
    code: 'equipment_unknown',
  });
});

import { dispatchOperations as office, fieldOperations as op, staffOperations } from '@gigafibre/contract';
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
  type Caller,
} from '@gigafibre/testing';
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';

// The clock stands on Monday 2 November 2026, 09:00 in Montréal (14:00 UTC).
const NINE = '2026-11-02T14:00:00.000Z';
const at = (minutes = 0) => new Date(Date.parse(NINE) + minutes * 60_000).toISOString();
const SERIAL = 'TPLG46E80F93';
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(3_000, 7)]);
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
).toString('base64');

const light = (rxDbm: number | null): OntReading => ({
  serial: SERIAL,
  ifIndex: 1,
  port: '0/1/3',
  onuId: 12,
  state: 'online',
  description: null,
  rxDbm,
  txDbm: 2.1,
  oltRxDbm: -20.3,
  temperatureC: 44,
  distanceM: 4_300,
  lastDownCause: null,
});
// Stand-ins at the ports: what matters here is what a visit makes of their answers.
function lit(answer: () => Outcome<OntReading | null>) {
  const olt = { vendor: 'test', readOnt: async () => answer() } as unknown as Olt;
  const acs = { vendor: 'test', findDevice: async () => done(null) } as unknown as Acs;
  return { olt, acs };
}

async function visit(
  given: { type?: 'install' | 'repair'; answer?: () => Outcome<OntReading | null>; name?: string } = {},
) {
  const hub = await testHub({ outside: lit(given.answer ?? (() => done(light(-18.4)))) });
  const served = await serveHub(hub);
  const place = await home(hub);
  const technicianId = await technician(hub);
  const id = await job(hub, { type: given.type ?? 'install', ...place });
  await publishTo(hub, { jobId: id, technicianId, startsAt: NINE });
  const { phone, pageUrl } = await phoneOf(hub, served, technicianId);
  // What the phone reports happened within the last two hours.
  await hub.moveTo(new Date(at(120)));
  return { hub, served, place, technicianId, id, phone, pageUrl, dispatcher: await served.as('dispatcher') };
}
const arriveAt = async (phone: Caller, id: string) => {
  await phone.call(op.startTravel, { id, at: at(0) });
  await phone.call(op.arrive, { id, at: at(10) });
};
const scan = (phone: Caller, id: string, serial = SERIAL) =>
  phone.call(op.attachEquipment, { id, at: at(20), serial, how: 'scan' });
const measure = (phone: Caller, id: string, more: object = {}) =>
  phone.call(op.takeReading, { id, at: at(30), readingId: randomUUID(), ...more });
const sign = (phone: Caller, id: string) =>
  phone.call(op.saveSignature, { id, at: at(40), name: 'Hélène Tremblay', png: PNG });
const sendPhoto = async (
  phone: Caller,
  id: string,
  { photoId = randomUUID(), checklistItemId = 'before' } = {},
) => {
  const half = 1_500;
  const piece = (offset: number, end?: number) =>
    phone.call(op.addPhoto, {
      id,
      at: at(15),
      photoId,
      checklistItemId,
      totalBytes: JPEG.length,
      offset,
      chunk: JPEG.subarray(offset, end).toString('base64'),
    });
  await piece(0, half);
  return piece(half);
};

test('an installation from the door to the signature; closing it makes the service live', async () => {
  const { hub, phone, place, technicianId, id, dispatcher } = await visit();
  await oltAt(hub, '127.0.0.1:1');
  await stockCatalog(hub);
  const subscriptionId = await newSubscription(hub, place);
  await hub.pool.query('update dispatch.jobs set subscription_ids = array[$1] where id = $2', [
    subscriptionId,
    id,
  ]);

  expect((await phone.call(op.listMyDay, {})).jobs).toMatchObject([
    { id, status: 'published', phones: ['+14505550123'], accessNotes: 'Chien attaché' },
  ]);
  expect(await phone.call(op.readMyJob, { id })).toMatchObject({
    contact: { name: 'Hélène Tremblay', phones: ['+14505550123'] },
    subscriptions: [{ id: subscriptionId, status: 'pending', planFr: 'Fibre 500' }],
    opticalLimits: { system: 'gpon_b_plus', lowDbm: -24 },
    gates: [
      { gate: 'ont', green: false, overridable: false },
      { gate: 'scan', green: false, overridable: true },
      { gate: 'rx', green: false, overridable: true },
      { gate: 'signature', green: false, overridable: false },
    ],
  });
  await arriveAt(phone, id);
  await phone.call(op.pause, { id, at: at(11), reason: 'Attente de l’échelle' });
  await phone.call(op.resume, { id, at: at(12) });
  await phone.call(op.saveChecklistItem, { id, at: at(13), itemId: 'identity', checked: true });
  await phone.call(op.saveChecklistItem, { id, at: at(14), itemId: 'terminal_rx', value: -25 });
  expect(await sendPhoto(phone, id)).toMatchObject({ complete: true, receivedBytes: JPEG.length });
  const { equipment } = await scan(phone, id, 'sn: 54504C47 46E80F93');
  expect(equipment).toMatchObject({ serial: SERIAL, status: 'installed', locationId: place.locationId });
  expect(await measure(phone, id)).toMatchObject({
    reading: { source: 'olt', rxDbm: -18.4, verdict: 'good' },
  });
  await phone.call(op.addNote, { id, at: at(35), noteId: randomUUID(), text: 'Passe par le garage <b>' });
  await sign(phone, id);
  await answerChecklist(phone, { id, at: at(45) });
  const closed = await phone.call(op.complete, {
    id,
    at: at(50),
    summary: 'Tout fonctionne',
    materials: [{ name: 'Câble de branchement', quantity: 42.5, unit: 'm' }],
  });
  expect(closed).toMatchObject({ applied: true, job: { status: 'completed' } });
  await hub.drain();
  const { rows } = await hub.pool.query(
    'select status, activated_on, equipment_id from subscriptions.subscriptions where id = $1',
    [subscriptionId],
  );
  expect(rows).toEqual([{ status: 'active', activated_on: '2026-11-02', equipment_id: equipment.id }]);

  const whole = await dispatcher.call(office.readJob, { id });
  expect(whole).toMatchObject({
    completion: { at: at(50), summary: 'Tout fonctionne', overrides: [] },
    signature: { name: 'Hélène Tremblay' },
    technicianName: 'Marc Lavoie',
  });
  expect(whole.gates.every(({ green }) => green)).toBe(true);
  expect(whole.history.map((change) => [change.to, change.at])).toEqual([
    ['completed', at(50)],
    ['on_site', at(12)],
    ['paused', at(11)],
    ['on_site', at(10)],
    ['en_route', at(0)],
    ['published', NINE],
    ['draft', NINE],
    ['unscheduled', NINE],
  ]);
  const item = (name: string) => whole.checklist.find((one) => one.id === name);
  expect([item('identity')?.done, item('before')?.done, item('labels')?.done]).toEqual([true, true, false]);
  expect(item('terminal_rx')).toMatchObject({ done: true, verdict: 'warn' });
  for (const caller of [dispatcher, phone]) {
    const operation = caller === phone ? op.readMyWorkOrder : office.readWorkOrder;
    const pdf = await caller.fetch(caller.urlOf(operation, { id }));
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  }
  for (const [caller, operation] of [
    [dispatcher, office.readPhoto],
    [phone, op.readMyPhoto],
  ] as const) {
    const photoId = whole.photos[0]?.id ?? '';
    const picture = await caller.fetch(caller.urlOf(operation, { id, photoId }));
    expect(picture.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await picture.arrayBuffer()).equals(JPEG)).toBe(true);
  }
  expect((await phone.call(op.findEquipment, { code: SERIAL })).matched).toBe('serial');
  expect((await phone.call(op.listVan, {})).rows).toEqual([]);
  expect(technicianId).toBe(whole.technicianId);
});

test('an installation closes only through its gates; what may be passed needs a reason, which is kept', async () => {
  const { phone, id, hub, dispatcher } = await visit({ answer: () => done(light(-26.4)) });
  await oltAt(hub, '127.0.0.1:1');
  await arriveAt(phone, id);
  await answerChecklist(phone, { id, at: at(15) });
  const close = (overrides: { gate: 'scan' | 'rx'; reason: string }[] = []) =>
    phone.call(op.complete, { id, at: at(50), overrides });
  const red = (error: unknown) => (error as { data: { red: string } }).data.red;
  expect(red(await close().catch((error: unknown) => error))).toBe('ont,scan,rx,signature');
  await phone.call(op.attachEquipment, { id, at: at(20), serial: SERIAL, how: 'typed' });
  expect(red(await close().catch((error: unknown) => error))).toBe('scan,rx,signature');
  const { reading } = await measure(phone, id);
  expect(reading).toMatchObject({ level: 'poor', verdict: 'bad' });
  await sign(phone, id);
  expect(await close().catch((error: unknown) => error)).toMatchObject({
    code: 'install_gate_open',
    message: expect.stringContaining('puissance optique'),
    data: { red: 'scan,rx' },
  });
  await expect(
    phone.call(op.complete, { id, at: at(50), overrides: [{ gate: 'ont', reason: 'x' }] }),
  ).rejects.toMatchObject({ code: 'install_gate_open' });
  await close([
    { gate: 'rx', reason: 'Épissure à refaire demain' },
    { gate: 'scan', reason: 'Étiquette arrachée' },
  ]);
  const { completion } = await dispatcher.call(office.readJob, { id });
  expect(completion?.overrides.map(({ gate }) => gate).toSorted()).toEqual(['rx', 'scan']);
  const { rows } = await dispatcher.call(office.listRefusedActions, {});
  expect(rows.map(({ code, settledBy }) => [code, settledBy])).toEqual([
    ['install_gate_open', 'Marc Lavoie'],
    ['install_gate_open', 'Marc Lavoie'],
  ]);
});

test('the light that counts is the last one measured', async () => {
  const { phone, id } = await visit();
  await arriveAt(phone, id);
  await scan(phone, id);
  await sign(phone, id);
  await measure(phone, id, { rxDbm: -18 });
  await phone.call(op.takeReading, { id, at: at(0), readingId: randomUUID(), rxDbm: -30 });
  // −30 was measured before −18, however late it arrives.
  expect((await phone.call(op.readMyJob, { id })).gates.find(({ gate }) => gate === 'rx')?.green).toBe(true);
});

test('a repair closes without gates', async () => {
  const { phone, id } = await visit({ type: 'repair' });
  await arriveAt(phone, id);
  expect((await phone.call(op.readMyJob, { id })).gates).toEqual([]);
  await answerChecklist(phone, { id, at: at(40) });
  expect((await phone.call(op.complete, { id, at: at(50) })).job.status).toBe('completed');
});

test('two phones closing one job at once close it once', async () => {
  const { phone, id, hub } = await visit({ type: 'repair' });
  await arriveAt(phone, id);
  await answerChecklist(phone, { id, at: at(40) });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => phone.call(op.complete, { id, at: at(50) })),
  );
  expect(answers.filter(({ applied }) => applied)).toHaveLength(1);
  const { rows } = await hub.pool.query(`select 1 from app.events where type = 'job.completed'`);
  expect(rows).toHaveLength(1);
});

test('one serial scanned at two homes at once hangs at one of them', async () => {
  const { hub, phone, id, technicianId } = await visit();
  const other = await home(hub, 'Voisin');
  const second = await job(hub, { type: 'install', ...other });
  await publishTo(hub, { jobId: second, technicianId, startsAt: at(180) });
  const outcomes = await Promise.allSettled([scan(phone, id), scan(phone, second)]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'equipment_elsewhere', message: expect.stringContaining('rue Principale') },
  });
});

test('a device goes back into the van, once', async () => {
  const { phone, id } = await visit();
  const { equipment } = await scan(phone, id);
  const back = () =>
    phone.call(op.removeEquipment, { id, at: at(30), equipmentId: equipment.id, reason: 'Remplacé' });
  expect(await back()).toMatchObject({
    applied: true,
    equipment: { status: 'returned', place: { kind: 'van' } },
  });
  expect(await back()).toMatchObject({ applied: false });
  expect((await phone.call(op.listVan, {})).rows).toHaveLength(1);
});

test('without an answer from the network the technician is told to measure, and a measured value counts', async () => {
  const { phone, id, hub } = await visit({ answer: () => retry(1_000, 'silent') });
  await oltAt(hub, '127.0.0.1:1');
  await expect(measure(phone, id)).rejects.toMatchObject({ code: 'no_reading' });
  await scan(phone, id);
  await expect(measure(phone, id)).rejects.toMatchObject({
    code: 'no_reading',
    data: { reason: expect.stringContaining('OLT : unreachable') },
  });
  const readingId = randomUUID();
  const first = await measure(phone, id, { readingId, rxDbm: -19.5 });
  expect(first).toMatchObject({ applied: true, reading: { source: 'manual', verdict: 'good' } });
  expect(await measure(phone, id, { readingId, rxDbm: -19.5 })).toMatchObject({ applied: false });
});

test('nobody sees or touches the job of another; a key, staff and customers have no field', async () => {
  const { served, hub, id } = await visit();
  const other = await technician(hub, { name: 'Julie Roy' });
  const { phone } = await phoneOf(hub, served, other);
  for (const attempt of [
    () => phone.call(op.readMyJob, { id }),
    () => phone.call(op.arrive, { id, at: at() }),
    () => phone.call(op.addNote, { id, at: at(), noteId: randomUUID(), text: 'x' }),
    () => sendPhoto(phone, id),
    () => measure(phone, id, { rxDbm: -20 }),
    () => phone.call(op.readMyWorkOrder, { id }),
  ])
    await expect(attempt()).rejects.toMatchObject({ status: 404 });
  const key = await served.as(['field.work']);
  await expect(key.call(op.listMyDay, {})).rejects.toMatchObject({ status: 403 });
  await expect(key.call(op.arrive, { id, at: at() })).rejects.toMatchObject({ status: 403 });
  await expect(key.call(op.findEquipment, { code: SERIAL })).rejects.toMatchObject({ status: 403 });
});

test('a draft is not yet the technician’s to see', async () => {
  const { hub, phone, technicianId, dispatcher } = await visit();
  const id = await job(hub);
  await dispatcher.call(office.scheduleJob, { id, version: 1, technicianId, startsAt: at(60) });
  expect((await phone.call(op.listMyDay, {})).jobs.map((row) => row.id)).not.toContain(id);
  await expect(phone.call(op.readMyJob, { id })).rejects.toMatchObject({ status: 404 });
});

test('a staff member who is a technician works in the field under that name', async () => {
  const { hub, served } = await visit();
  const { rows } = await hub.pool.query<{ id: string }>(
    `insert into staff.members (name, email, role) values ('Julie', 'julie@example.test', 'tech') returning id`,
  );
  const staffId = rows[0]?.id ?? '';
  const visitor = served.visitor('ops');
  const token = await hub.env.links.sign('staff', {
    subject: staffId,
    claims: {},
    now: hub.now,
    expiresAt: new Date(hub.now.getTime() + 60_000),
  });
  await visitor.call(staffOperations.signInWithLink, { token });
  await expect(visitor.call(op.listMyDay, {})).rejects.toMatchObject({ status: 403 });
  const technicianId = await technician(hub, { name: 'Julie Roy', staffId });
  expect((await visitor.call(op.listMyDay, {})).technician.id).toBe(technicianId);
});

const pieceOf = (bytes: Buffer, more: object = {}) => ({
  at: at(15),
  photoId: randomUUID(),
  totalBytes: bytes.length,
  offset: 0,
  chunk: bytes.toString('base64'),
  ...more,
});

test('what does not begin like a photograph is none, whatever it claims', async () => {
  const { phone, id, hub } = await visit();
  const impostors = [
    '<html><script>alert(1)</script></html>'.padEnd(64),
    '%PDF-1.7 '.padEnd(64),
    'GIF89a'.padEnd(64),
    'RIFF\u0000\u0000\u0000\u0000WAVEfmt '.padEnd(64),
    'MZ'.padEnd(64, '\u0000'),
    '<svg xmlns="http://www.w3.org/2000/svg"/>'.padEnd(64),
  ];
  for (const impostor of impostors)
    await expect(
      phone.call(op.addPhoto, { id, ...pieceOf(Buffer.from(impostor, 'latin1')) }),
    ).rejects.toMatchObject({ code: 'not_an_image' });
  await expect(
    phone.call(op.saveSignature, { id, at: at(), name: 'x', png: JPEG.toString('base64') }),
  ).rejects.toMatchObject({ code: 'not_an_image' });
  expect((await hub.pool.query('select 1 from dispatch.photos')).rows).toEqual([]);
});

test('a photograph goes on where it stopped; pieces twice, out of order or too long change nothing', async () => {
  const { phone, id } = await visit();
  const photoId = randomUUID();
  const send = (offset: number, end: number, more: object = {}) =>
    phone.call(op.addPhoto, {
      id,
      ...pieceOf(JPEG, { photoId, offset, chunk: JPEG.subarray(offset, end).toString('base64') }),
      ...more,
    });
  await expect(send(1_000, 2_000)).rejects.toMatchObject({ code: 'photo_gap', data: { expected: 0 } });
  expect(await send(0, 1_000)).toMatchObject({ receivedBytes: 1_000, complete: false });
  expect(await send(0, 1_000)).toMatchObject({ receivedBytes: 1_000 });
  await expect(send(2_000, 3_000)).rejects.toMatchObject({ code: 'photo_gap', data: { expected: 1_000 } });
  await expect(send(500, 1_500)).rejects.toMatchObject({ code: 'photo_gap' });
  await expect(send(1_000, 2_000, { totalBytes: 9 })).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(send(1_000, 2_000, { chunk: Buffer.alloc(4_000).toString('base64') })).rejects.toMatchObject({
    code: 'photo_too_large',
  });
  await Promise.all([send(1_000, 2_000), send(1_000, 2_000), send(1_000, 2_000)]);
  const whole = await send(2_000, JPEG.length);
  expect(whole).toMatchObject({ complete: true, receivedBytes: JPEG.length });
  expect(await send(2_000, JPEG.length)).toEqual(whole);
  const picture = await phone.fetch(phone.urlOf(op.readMyPhoto, { id, photoId }));
  expect(Buffer.from(await picture.arrayBuffer()).equals(JPEG)).toBe(true);
});

test('the page for phones without the app shows the day, escaped, and dies with the link', async () => {
  const { hub, phone, pageUrl, id, technicianId, dispatcher } = await visit();
  await hub.pool.query(`update customers.customers set name = '<b>&"Tremblay'`);
  const page = await phone.fetch(pageUrl);
  const html = await page.text();
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect(html).toContain('&lt;b&gt;&amp;&quot;Tremblay');
  expect(html).toContain('tel:+14505550123');
  expect(html).toContain(id);
  expect(html).not.toContain('<script');
  const [link] = (await dispatcher.call(office.listTechLinks, { technicianId })).rows;
  await dispatcher.call(office.revokeTechLink, { id: link?.id ?? '' });
  const refused = await phone.fetch(pageUrl);
  expect(refused.status).toBe(403);
  expect(await refused.text()).not.toContain(id);
});

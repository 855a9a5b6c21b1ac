import { Refusal, type FileAnswer } from '@gigafibre/contract';
import { testWorld, type TestWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import type { Documents } from '../../platform/documents.ts';
import { deliver, lookAfterMessages } from './deliver.ts';
import { ENCLOSED_BYTES_MAX } from './enclose.ts';
import { readMessage, sendMessage } from './index.ts';

const pdf = (bytes: number): FileAnswer => ({
  type: 'application/pdf',
  name: 'x.pdf',
  bytes: new Uint8Array(bytes),
});
const to = 'helene@example.test';
const path = '/api/invoices/INV-1/pdf';

/** A letter in the outbox, its own job gone by: the test sends it itself, with the documents it gives. */
async function letter(attachments: { name: string; path: string }[]) {
  const world = await testWorld({ messages: 'live' });
  await world.drain();
  const refused: Documents = () => Promise.reject(new Refusal('contract_not_ready'));
  const [id = ''] = await world.act((tx) =>
    sendMessage(tx, world.env, {
      template: 'staff_code',
      to: { email: to, language: 'fr' },
      variables: { code: '123456' },
      idempotencyKey: 'k',
      attachments,
    }),
  );
  const send = (documents: Documents) => deliver({ ...world.env, documents }, { id });
  return { world, id, send, refused };
}

const arrived = async ({ world }: TestWorld): Promise<unknown> =>
  (await fetch(`${world.addresses.inbox}/mail?to=${to}`)).json();

test('a document that is not there yet lets the letter wait, and say why; then both leave together', async () => {
  const { world, id, send, refused } = await letter([{ name: 'Contrat août.pdf', path }]);
  await send(refused);
  expect(await readMessage(world, id)).toMatchObject({
    status: 'queued',
    failure: expect.stringMatching(/^Contrat août\.pdf: contract_not_ready/),
  });
  expect(await arrived(world)).toEqual([]);
  await send(() => Promise.resolve(pdf(3)));
  expect(await readMessage(world, id)).toMatchObject({ status: 'sent', failure: null });
  expect(await arrived(world)).toMatchObject([
    { attachments: [{ filename: 'Contrat août.pdf', contentType: 'application/pdf', bytes: 3 }] },
  ]);
});

test('a document that can never be made ends as a failure with its reason, and the letter never leaves', async () => {
  const { world, id, send, refused } = await letter([{ name: 'c.pdf', path }]);
  for (let attempt = 0; attempt < 8; attempt += 1) await send(refused);
  expect(await readMessage(world, id)).toMatchObject({
    status: 'failed',
    attempts: 8,
    failure: expect.stringMatching(/^c\.pdf: contract_not_ready/),
  });
  await world.settle();
  expect(await arrived(world)).toEqual([]);
});

test('between two tries there is a pause that grows, and the worker takes the letter up again', async () => {
  const { world, id, send, refused } = await letter([{ name: 'c.pdf', path }]);
  await send(refused);
  expect(await lookAfterMessages(world.env)).toBe(0);
  await world.moveTo(new Date(world.now.getTime() + 31_000));
  expect(await lookAfterMessages(world.env)).toBe(1);
  await send(refused);
  await world.moveTo(new Date(world.now.getTime() + 31_000));
  expect(await lookAfterMessages(world.env)).toBe(0);
  await send(() => Promise.resolve(pdf(3)));
  expect(await readMessage(world, id)).toMatchObject({ status: 'sent' });
});

test('too large a lot, or an address nobody makes a document for, is a failure at once', async () => {
  const { world, id, send } = await letter([
    { name: 'a.pdf', path },
    { name: 'b.pdf', path },
  ]);
  await send(() => Promise.resolve(pdf(ENCLOSED_BYTES_MAX / 2 + 1)));
  expect(await readMessage(world, id)).toMatchObject({
    status: 'failed',
    failure: expect.stringMatching(/^b\.pdf: .*limited/),
  });
  const nobody = await letter([{ name: 'x.pdf', path: '/api/nothing/1' }]);
  await nobody.send(nobody.world.env.documents);
  expect(await readMessage(nobody.world, nobody.id)).toMatchObject({
    status: 'failed',
    failure: 'x.pdf: no document is made at /api/nothing/1',
  });
  expect(await arrived(world)).toEqual([]);
});

// The PDFs of a run as one file: made in parts, resumed after a crash, downloaded whole, made again byte for byte.
import { billingRunsOperations, runDocumentsOperations as op } from '@gigafibre/contract';
import { activeService, stockCatalog, testWorld } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { invoiceDocument } from '../invoice-document.ts';
import { listRunCustomers } from './read-runs.ts';
import { printPart } from './run-documents.ts';

test('the invoices of a run are one file: made behind it, whole or not there, the same when made again', async () => {
  const world = await testWorld();
  await stockCatalog(world);
  for (const name of ['Zoé', 'Luc', 'Ana']) await activeService(world, { name });
  await world.settle();
  const office = await world.as('manager');
  const run = await office.call(billingRunsOperations.startRun, { through: '2026-12-01' });
  await world.settle();
  const { id } = run;
  await expect(office.call(op.makeRunDocuments, { id })).rejects.toMatchObject({ code: 'not_in_this_state' });
  await office.call(billingRunsOperations.approveRun, { id });
  await world.settle();
  expect(await office.call(op.readRunDocuments, { id })).toEqual({ documents: null });
  const begun = await office.call(op.makeRunDocuments, { id });
  expect(begun).toMatchObject({ made: 0, total: 3, finishedAt: null });
  const zip = async () => {
    const answer = await office.fetch(`${world.url}${op.downloadRunDocuments.path.replace('{id}', id)}`);
    return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
  };
  expect((await zip()).status).toBe(409);
  // A process dies in the middle of a part: nothing of it is there, and the job is played again.
  const dying = world.act(async (tx) => {
    await printPart(tx, world.env, { runId: id });
    throw new Error('killed');
  });
  await expect(dying).rejects.toThrow('killed');
  expect((await office.call(op.readRunDocuments, { id })).documents?.made).toBe(0);
  await world.settle();
  const { documents } = await office.call(op.readRunDocuments, { id });
  expect(documents).toMatchObject({ made: 3, total: 3, finishedAt: expect.any(String) });
  const first = await zip();
  expect(first.headers.get('content-type')).toBe('application/zip');
  expect(first.headers.get('content-length')).toBe(String(first.bytes.length));
  const { rows } = await listRunCustomers(world, { id, limit: 10 });
  for (const { invoiceId } of rows) {
    const { bytes } = await invoiceDocument(world, world.env, { id: invoiceId ?? '' });
    expect(first.bytes.includes(Buffer.from(`${invoiceId}.pdf`))).toBe(true);
    expect(first.bytes.includes(Buffer.from(bytes))).toBe(true);
  }
  expect((await office.call(op.makeRunDocuments, { id })).finishedAt).toBe(documents?.finishedAt);
  await world.pool.query('delete from billing.run_documents');
  await office.call(op.makeRunDocuments, { id });
  await world.settle();
  expect((await zip()).bytes.equals(first.bytes)).toBe(true);
  // Another run's documents leave them there for a while: somebody may be downloading them.
  const next = await office.call(billingRunsOperations.startRun, { through: '2027-01-01' });
  await world.settle();
  await office.call(billingRunsOperations.approveRun, { id: next.id });
  await world.settle();
  const makeNext = async () => {
    await office.call(op.makeRunDocuments, { id: next.id });
    await world.settle();
    return (await office.call(op.readRunDocuments, { id })).documents;
  };
  expect(await makeNext()).toMatchObject({ made: 3 });
  await world.moveTo(new Date(world.now.getTime() + 7_200_000));
  await world.pool.query('delete from billing.run_documents where run_id = $1', [next.id]);
  expect(await makeNext()).toBeNull();
});

import { customersOperations, Refusal } from '@gigafibre/contract';
import { serveHub, testHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createCustomer, customersByIdentifier, editCustomer } from './index.ts';

const prospect = {
  kind: 'residential',
  name: 'Hélène Tremblay',
  language: 'fr',
  emailId: 'helene@example.test',
  emailBilling: null,
  cellPhone: '(450) 555-0123',
  telHome: null,
  notes: '',
  tags: [],
} as const;

test('a customer is found by e-mail, by number and by phone in any format', async () => {
  const hub = await testHub();
  const { id } = await hub.act((tx) => createCustomer(tx, { ...prospect, tags: [] }));
  for (const typed of ['HELENE@example.test', id.toLowerCase(), '450-555-0123', '+1 450 555 0123']) {
    expect(
      (await customersByIdentifier(hub, typed)).map((found) => found.id),
      typed,
    ).toEqual([id]);
  }
  expect(await customersByIdentifier(hub, 'nobody@example.test')).toEqual([]);
});

test('an edit from an old version is refused and changes nothing', async () => {
  const hub = await testHub();
  const { id, version } = await hub.act((tx) => createCustomer(tx, { ...prospect, tags: [] }));
  const edited = await hub.act((tx) => editCustomer(tx, { id, version, name: 'Hélène Roy' }));
  await expect(hub.act((tx) => editCustomer(tx, { id, version, name: 'Autre' }))).rejects.toThrow(Refusal);
  expect(edited.name).toBe('Hélène Roy');
  const { rows } = await hub.pool.query("select changes from app.events where type = 'customer.changed'");
  expect(rows).toEqual([{ changes: { name: ['Hélène Tremblay', 'Hélène Roy'] } }]);
});

test('what is not a phone number is refused in words', async () => {
  const hub = await testHub();
  await expect(
    hub.act((tx) => createCustomer(tx, { ...prospect, tags: [], cellPhone: '12' })),
  ).rejects.toThrow('phone number');
});

test('over HTTP two people editing one record: the second is told, and nothing of the first is lost', async () => {
  const hub = await testHub();
  const csr = await (await serveHub(hub)).as('csr');
  const { id, version } = await csr.call(customersOperations.createCustomer, { name: 'Hélène Tremblay' });
  await csr.call(customersOperations.editCustomer, { id, version, telHome: '450 555-0188' });
  await expect(
    csr.call(customersOperations.editCustomer, { id, version, notes: 'Autre' }),
  ).rejects.toMatchObject({ code: 'changed_meanwhile', status: 409 });
  expect(await csr.call(customersOperations.readCustomer, { id })).toMatchObject({
    telHome: '+14505550188',
    notes: '',
    version: 2,
  });
});

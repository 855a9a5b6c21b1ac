import { testHub, type TestHub } from '@gigafibre/testing';
import { expect, test } from 'vitest';
import { createCustomer, indexTerms } from '../domains/customers/index.ts';
import { listCustomers } from './client-list.ts';

const found = async (hub: TestHub, search: string): Promise<string[]> =>
  (await listCustomers(hub, { limit: 50, search })).rows.map(({ name }) => name);

async function customer(
  hub: TestHub,
  name: string,
  terms: Readonly<Record<string, string[]>> = {},
): Promise<string> {
  const { id } = await hub.act((tx) =>
    createCustomer(tx, {
      kind: 'residential',
      name,
      language: 'fr',
      emailId: null,
      emailBilling: null,
      cellPhone: null,
      telHome: null,
      notes: '',
      tags: [],
    }),
  );
  for (const [kind, shown] of Object.entries(terms))
    await hub.act((tx) => indexTerms(tx, { kind, sourceId: `${kind} of ${id}`, customerId: id }, shown));
  return id;
}

test('a name is found by its beginning, its middle, without accents and with typing errors', async () => {
  const hub = await testHub();
  await customer(hub, 'Hélène Tremblay');
  await customer(hub, 'Marcel Gagnon');
  for (const typed of ['Hélène Tremblay', 'helene', 'tremb', 'HELENE TRAMBLAY', 'hé', 'Trembley'])
    expect(await found(hub, typed), typed).toEqual(['Hélène Tremblay']);
});

test('a name is found as it sounds, before those that only look like it', async () => {
  const hub = await testHub();
  for (const name of ['Jean Thibodeau', 'Luc Lefebvre', 'Ève Desrosiers', 'Rose Marquis', 'Guy Thibeault'])
    await customer(hub, name);
  expect((await found(hub, 'thibaudeau'))[0]).toBe('Jean Thibodeau');
  expect((await found(hub, 'Tibodo'))[0]).toBe('Jean Thibodeau');
  expect((await found(hub, 'jean tibaudeau'))[0]).toBe('Jean Thibodeau');
  expect((await found(hub, 'lefevre'))[0]).toBe('Luc Lefebvre');
  expect((await found(hub, 'marki'))[0]).toBe('Rose Marquis');
  expect(await found(hub, 'zzzz')).toEqual([]);
});

test('names that are written so come before names that look so', async () => {
  const hub = await testHub();
  for (const name of ['Marie-Ève Roy', 'Marie Roy', 'Marie Royer']) await customer(hub, name);
  const names = await found(hub, 'Marie Roy');
  expect(names.slice(0, 2)).toEqual(['Marie Roy', 'Marie Royer']);
  expect(names).toContain('Marie-Ève Roy');
});

test('a number we gave finds its customer and nobody whose number looks like it', async () => {
  const hub = await testHub();
  await customer(hub, 'Une', { invoice: ['INV-00012'] });
  await customer(hub, 'Deux', { invoice: ['INV-00013'] });
  await customer(hub, 'Trois', { invoice: ['INV-00123'] });
  expect(await found(hub, 'INV-00012')).toEqual(['Une']);
  expect(await found(hub, 'inv-0012')).toEqual(['Trois']);
  expect(await found(hub, 'INV-99999')).toEqual([]);
});

test('a serial is found by its end, and with one letter wrong when nobody has that one', async () => {
  const hub = await testHub();
  await customer(hub, 'Une', { equipment: ['TPLG46E81265'] });
  await customer(hub, 'Deux', { equipment: ['HWTC9A70F3B1'] });
  expect(await found(hub, '46e81265')).toEqual(['Une']);
  expect(await found(hub, 'TPLG46F81265')).toEqual(['Une']);
});

test('an address is found without its comma, and with a typing error', async () => {
  const hub = await testHub();
  await customer(hub, 'Une', {
    location: ['129, rue du Parc', '129, rue du Parc, Saint-Michel (Québec)  J0L 2J0'],
  });
  await customer(hub, 'Deux', { location: ['131, rue du Parc'] });
  await customer(hub, 'Trois', { location: ['1290, rue du Parc'] });
  expect(await found(hub, '129 rue du parc')).toEqual(['Une']);
  expect(await found(hub, '129 rue du prac')).toEqual(['Une']);
});

test('signs that mean something to the database are letters like others', async () => {
  const hub = await testHub();
  await customer(hub, '100 % Fibre inc.');
  await customer(hub, '100 sapins inc.');
  expect(await found(hub, '100 %')).toEqual(['100 % Fibre inc.']);
  expect(await found(hub, '%%%')).toEqual([]);
  expect(await found(hub, '\\')).toEqual([]);
});

import { sharedData, testHub } from '@gigafibre/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { searchAddresses } from '../../domains/plant/index.ts';
import { csvRows } from './csv.ts';
import { readCivicLine } from './civic-line.ts';
import { loadAddresses } from './load-addresses.ts';

const shared = sharedData('addresses');
if (!shared) process.stderr.write('skipped: real addresses (the collection is not on this machine)\n');

test.each([
  ['974B, route 271', { civicNumber: 974, civicSuffix: 'B', unit: '', street: 'route 271' }],
  ['660, rue Ellice, Bur. 100', { civicNumber: 660, unit: '100', street: 'rue Ellice' }],
  ['103-1050 8E Rue', { civicNumber: 1050, unit: '103', street: '8E Rue' }],
  ["5, boulevard D'Youville", { civicNumber: 5, street: "boulevard D'Youville" }],
  ['542 5E Rue De La Pointe', { civicNumber: 542, civicSuffix: '', street: '5E Rue De La Pointe' }],
  ['624, rang Notre-Dame, Étage 2e', { civicNumber: 624, street: 'rang Notre-Dame' }],
  ['10 1/2 rue Neuve', { civicNumber: 10, civicSuffix: '1/2', street: 'rue Neuve' }],
])('the civic line « %s » is read', (line, expected) => {
  expect(readCivicLine(line)).toMatchObject(expected);
});

test('a line without house number is none', () => {
  expect(readCivicLine('C.P. 180')).toBeUndefined();
  expect(readCivicLine('')).toBeUndefined();
});

test('CSV fields may hold separators, quotes and line breaks, however the chunks fall', async () => {
  const text = '\uFEFFa,b\r\n"x, ""y""\nz",2\r\n,\r\n';
  for (const size of [1, 2, 5, 100]) {
    const rows = [];
    for await (const row of csvRows(chunks(text, size))) rows.push(row);
    expect(rows).toEqual([
      { a: 'x, "y"\nz', b: '2' },
      { a: '', b: '' },
    ]);
  }
});

async function* chunks(text: string, size: number): AsyncGenerator<string> {
  for (let start = 0; start < text.length; start += size) yield text.slice(start, start + size);
}

/** Twenty rows would say no more than these five: certified, ended, not certified, a unit, an unknown town. */
const REGISTER = [
  'identifiant_unique_adresse,etat,date_fin,numero_municipal,numero_municipal_suffixe,numero_unite,code_postal,generique_odonyme,particule_odonyme,specifique_odonyme,point_cardinal_odonyme,code_municipalite,nom_municipalite,longitude,latitude',
  'a1,Certifiée,,12,A,,J0L2L0,rue,de l’,Étang-Salé,Est,68055,Saint-Rémi,-73.6161,45.2661',
  'a2,Certifiée,2024-01-01,14,,,J0L2L0,rue,de l’,Étang-Salé,Est,68055,Saint-Rémi,-73.6162,45.2661',
  'a3,Proposée,,16,,,J0L2L0,rue,de l’,Étang-Salé,Est,68055,Saint-Rémi,-73.6163,45.2661',
  'a4,Certifiée,,18,,204,J0L2L0,rue,de l’,"Étang-Salé",Est,68055,Saint-Rémi,-73.6164,45.2661',
  'a5,Certifiée,,20,,,,rang,,Perdu,,00000,Nulle-Part,,',
].join('\n');
const TOWNS =
  'mcode,munnom,madr1,mcodpos,mdes,mrc,regadm,mpopul\n68055,Saint-Rémi,"105, rue de la Mairie",J0L2L0,Ville,MRC Les Jardins-de-Napierville (680),Montérégie (16),9532\n';

test('the register of Quebec addresses is streamed in: certified rows only, and twice is once', async () => {
  const hub = await testHub();
  const folder = mkdtempSync(join(tmpdir(), 'addresses-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'RQA.csv'), REGISTER);
  writeFileSync(join(folder, 'villes.csv'), TOWNS);
  writeFileSync(join(folder, 'autre.csv'), 'x,y\n1,2\n');
  const loaded = await loadAddresses(hub.db, { path: folder });
  expect(loaded).toContainEqual({
    file: 'RQA.csv',
    kind: 'register',
    done: { read: 3, added: 2, withoutMunicipality: 1 },
  });
  expect(loaded).toContainEqual({ file: 'autre.csv', kind: 'unknown', done: null });
  const again = await loadAddresses(hub.db, { path: join(folder, 'RQA.csv') });
  expect(again).toMatchObject([{ done: { added: 0 } }]);
  const { addresses } = await searchAddresses(hub, { q: '12a rue de l’etang sale', limit: 5 });
  expect(addresses[0]?.text).toBe('12A, rue de l’Étang-Salé Est, Saint-Rémi (Québec)  J0L 2L0');
  const [flat] = (await searchAddresses(hub, { q: '204-18 etang-sale e', limit: 5 })).addresses;
  expect(flat).toMatchObject({ unit: '204', latitude: 45.2661 });
});

test.skipIf(!shared)('real lists load, and their own lines find them again', async () => {
  const hub = await testHub();
  const loaded = await loadAddresses(hub.db, { path: shared ?? '', town: 'Québec' });
  const total = loaded.reduce((sum, { done }) => sum + (done?.added ?? 0), 0);
  expect(total).toBeGreaterThan(1_200);
  const table: readonly [typed: string, street: string, town: string][] = [
    ['2452 chemin de l’Église Sainte-Clotilde', 'chemin de l’Église', 'Sainte-Clotilde'],
    ['2452 ch eglise ste-clotilde', 'chemin de l’Église', 'Sainte-Clotilde'],
    ['2452 ch. de leglise, Ste Clothilde', 'chemin de l’Église', 'Sainte-Clotilde'],
    ['105 rue de la mairie st-remi', 'rue de la Mairie', 'Saint-Rémi'],
    ['105 rue de la marie saint remi', 'rue de la Mairie', 'Saint-Rémi'],
    ['260 rue de l eglise napirville', 'rue de l’Église', 'Napierville'],
    ['1700 rue prinsipale St-Michel', 'rue Principale', 'Saint-Michel'],
    ['2574 boul pie ix montreal', 'boulevard Pie-IX', 'Montréal'],
    ['6625 boulevard parent trois rivieres', 'boulevard Parent', 'Trois-Rivières'],
    ['103-1050 8e rue shawinigan', '8E Rue', 'Shawinigan'],
    ['237 16e av o venise en quebec', '16e Avenue Ouest', 'Venise-en-Québec'],
    ['180 boul renard gaspe', 'boulevard Renard Ouest', 'Gaspé'],
    ['250 bd wilfrid-hamel', 'boulevard Wilfrid-Hamel', 'Québec'],
    ['3296 montee smalman', 'montée Smallman', 'Dundee'],
    ['23 king huntington', 'rue King', 'Huntingdon'],
    ['5 d’youville chateauguay', "boulevard D'Youville", 'Châteauguay'],
  ];
  const straight = (text: string) => text.replaceAll('’', "'").toLowerCase();
  for (const [typed, street, town] of table) {
    const [best] = (await searchAddresses(hub, { q: typed, limit: 3 })).addresses;
    expect([straight(best?.street ?? ''), best?.municipality], typed).toEqual([straight(street), town]);
  }
});

test.skipIf(!shared)('nine real addresses in ten are found first by what their own list writes', async () => {
  const hub = await testHub();
  await loadAddresses(hub.db, { path: shared ?? '', town: 'Québec' });
  const { rows } = await hub.pool.query<{ id: string; asked: string }>(
    `select a.id, concat(a.civic_number, ' ', s.name, ' ', m.name) as asked
       from plant.addresses a join plant.streets s on s.id = a.street_id
       join plant.municipalities m on m.code = s.municipality_code order by md5(a.id) limit 200`,
  );
  let firsts = 0;
  for (const { id, asked } of rows) {
    const { addresses } = await searchAddresses(hub, { q: asked.toUpperCase(), limit: 1 });
    if (addresses[0]?.id === id) firsts += 1;
  }
  expect(firsts / rows.length).toBeGreaterThan(0.9);
});

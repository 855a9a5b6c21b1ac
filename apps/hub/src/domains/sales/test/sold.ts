import { salesOperations, type InputOf } from '@gigafibre/contract';
import { testHub, type TestHub } from '@gigafibre/testing';
import { DEMO_CATALOG } from '../../../../db/demo/catalog.ts';
import { layDemoPlant } from '../../../../db/demo/plant.ts';
import { importItem } from '../../catalog/index.ts';
import { searchAddresses } from '../../plant/index.ts';
import { transact } from '../../../platform/transact.ts';
import { NOBODY } from '../../../platform/acting.ts';
import type { Acting } from '../../../platform/http/route.ts';
import { createQuote, quoteUrl, readOffer, type NewQuote, type Quote } from '../index.ts';
import { requestAcceptanceCode } from '../acceptance-code.ts';
import { noteShown, signAcceptance } from '../sign-acceptance.ts';
import { acceptableOffer } from '../quote-link.ts';

/** A hub of a company that has a catalog and a network, ready to sell. */
export async function sellingHub(): Promise<TestHub> {
  const hub = await testHub();
  await hub.act(async (tx) => {
    await layDemoPlant(tx, { managementAddress: () => '127.0.0.1:1161' });
    for (const item of DEMO_CATALOG) await importItem(tx, item);
  });
  return hub;
}

export const HELENE = {
  kind: 'residential',
  name: 'Hélène Tremblay',
  language: 'fr',
  emailId: 'helene@example.test',
  cellPhone: '+14505550187',
} as const;

export const LINES: NewQuote['lines'] = [
  { sku: 'FIBRE-500', quantity: 1 },
  { sku: 'WIFI-MAILLE', quantity: 2 },
  { sku: 'TEL-CANADA', quantity: 1 },
  { sku: 'INSTALLATION', quantity: 1 },
  { sku: 'ACTIVATION', quantity: 1 },
];

/** The id of the address that a search finds first. */
export async function addressId(hub: TestHub, typed = '300 boul des maraichers'): Promise<string> {
  const [found] = (await searchAddresses(hub, { q: typed, limit: 1 })).addresses;
  if (!found) throw new Error(`no address like ${typed}`);
  return found.id;
}

/** A quote for Hélène at a served address, with whatever is changed. */
export async function quoteFor(
  hub: TestHub,
  change: Partial<InputOf<typeof salesOperations.createQuote>> = {},
): Promise<Quote> {
  const input = salesOperations.createQuote.input.parse({
    contact: HELENE,
    addressId: change.address || change.locationId ? null : await addressId(hub),
    lines: LINES,
    ...change,
  });
  return hub.act((tx) => createQuote(tx, input));
}

export const WHENCE = { address: '203.0.113.24', device: 'Test/1.0' };

/** The token of a quote's link, in the version that counts or another. */
export async function tokenOf(hub: TestHub, quote: Pick<Quote, 'id' | 'version'>): Promise<string> {
  const offer = await readOffer(hub, { id: quote.id, version: quote.version });
  return (await quoteUrl(hub.env, offer)).split('/').at(-1) ?? '';
}

/** Acting as whoever opened the link: nobody in particular. */
export const visitor = (hub: TestHub): Pick<Acting, 'reading' | 'transact'> => ({
  reading: { db: hub.db, by: NOBODY, now: hub.now },
  transact: (act) => transact(hub.hub.ground, { by: NOBODY }, act),
});

/** Opens the page in French, as everybody must. */
export const showFrench = (hub: TestHub, token: string) =>
  visitor(hub).transact(async (tx) =>
    noteShown(tx, {
      offer: await acceptableOffer(tx, { env: hub.env, token }),
      wished: 'fr',
      whence: WHENCE,
    }),
  );

/** Asks for a code and reads it from the outbox. */
export async function askCode(hub: TestHub, token: string): Promise<string> {
  await visitor(hub).transact((tx) => requestAcceptanceCode(tx, hub.env, { token, whence: WHENCE }));
  const { rows } = await hub.pool.query<{ body_text: string }>(
    `select body_text from messages.messages where template = 'acceptance_code' order by created_at desc, id desc limit 1`,
  );
  return /\d{6}/.exec(rows[0]?.body_text ?? '')?.[0] ?? '';
}

export type Signed = Parameters<typeof signAcceptance>[2]['signing'];
export const signing = (token: string, code: string, change: Partial<Signed> = {}): Signed => ({
  token,
  code,
  name: HELENE.name,
  language: 'fr',
  signature: { kind: 'typed' },
  consents: { contract: true, electronic: true, marketing: false },
  ...change,
});

/** Signs with everything right. */
export async function signFully(hub: TestHub, quote: Pick<Quote, 'id' | 'version'>) {
  const token = await tokenOf(hub, quote);
  await showFrench(hub, token);
  const code = await askCode(hub, token);
  return signAcceptance(visitor(hub), hub.env, { signing: signing(token, code), whence: WHENCE });
}

import { CAPABILITIES } from '@gigafibre/contract';
import { sql } from 'kysely';
import { publishDay, scheduleJob } from '../../domains/dispatch/index.ts';
import { searchAddresses } from '../../domains/plant/index.ts';
import { confirmAcceptance, createQuote, sendQuote, type NewQuote } from '../../domains/sales/index.ts';
import type { Env } from '../../env.ts';
import { SYSTEM, type Tx } from '../../platform/acting.ts';
import { transact } from '../../platform/transact.ts';
import { buyThings } from './buy-things.ts';

type Prospect = Readonly<{
  name: string;
  email: string;
  phone: string;
  street: string;
  plan: string;
  accepts: boolean;
  language: 'fr' | 'en';
}>;

/** People in the middle of becoming customers on the day the demo is made. */
const PROSPECTS: readonly Prospect[] = [
  {
    name: 'Marie-Ève Lussier',
    email: 'marie-eve.lussier@courriel.example',
    phone: '+14505550141',
    street: 'des Jardiniers Sainte-Clotilde',
    plan: 'FIBRE-500',
    accepts: true,
    language: 'fr',
  },
  {
    name: 'Réjean Poupart',
    email: 'rejean.poupart@courriel.example',
    phone: '+14505550142',
    street: 'Moulin-Saint-Rémi Saint-Rémi',
    plan: 'FIBRE-1000',
    accepts: true,
    language: 'fr',
  },
  {
    name: 'Laura Whyte',
    email: 'laura.whyte@courriel.example',
    phone: '+14505550143',
    street: 'Principale Napierville',
    plan: 'FIBRE-500',
    accepts: true,
    language: 'en',
  },
  {
    name: 'Famille Desgroseilliers',
    email: 'desgroseilliers@courriel.example',
    phone: '+14505550144',
    street: 'Moissons Saint-Michel',
    plan: 'FIBRE-1000',
    accepts: false,
    language: 'fr',
  },
];

/**
 * Quotes of today: some signed, whose installations stand on the board, one waiting for its signature; and what the
 * company bought of late.
 */
export async function liveToday(
  env: Env,
  { technicianIds, today }: { technicianIds: readonly string[]; today: string },
): Promise<void> {
  const by = { ...SYSTEM, capabilities: new Set(CAPABILITIES) };
  const act = <T>(verb: (tx: Tx) => Promise<T>) => transact(env.ground, { by }, verb);
  await buyThings(act, { today });
  let visits = 0;
  for (const prospect of PROSPECTS) {
    const addresses = (await searchAddresses({ db: env.db }, { q: prospect.street, limit: 20 })).addresses;
    const free = await unoccupied(
      env,
      addresses.filter(({ serviceability }) => serviceability === 'serviceable').map(({ id }) => id),
    );
    const address = addresses.find(({ id }) => free.has(id));
    if (!address) continue;
    const quote = await act((tx) => createQuote(tx, quoteFor(prospect, address.id)));
    if (!prospect.accepts) {
      await act((tx) => sendQuote(tx, { id: quote.id, version: quote.version, channels: ['email', 'sms'] }));
      continue;
    }
    const order = await confirmAcceptance(
      { reading: { db: env.db, by, now: env.clock.now() }, transact: act },
      {
        confirmation: {
          quoteId: quote.id,
          version: quote.version,
          name: prospect.name,
          means: 'phone',
          note: '',
        },
        whence: { address: '127.0.0.1', device: null },
      },
    );
    const jobId = order.order?.jobId;
    const technicianId = technicianIds[0];
    if (jobId && technicianId) {
      const startsAt = `${today}T${String(13 + visits * 3).padStart(2, '0')}:00:00.000Z`;
      await act((tx) => scheduleJob(tx, { id: jobId, version: 1, technicianId, startsAt, position: visits }));
      visits += 1;
    }
  }
  if (visits > 0) await act((tx) => publishDay(tx, { date: today, jobIds: null }));
}

/** Those of some addresses at which nobody is served yet. */
async function unoccupied({ db }: Pick<Env, 'db'>, addressIds: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select given.id from unnest(${addressIds}::text[]) as given (id)
     where not exists (select from plant.locations l where l.address_id = given.id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

const quoteFor = (prospect: Prospect, addressId: string): NewQuote => ({
  customerId: null,
  locationId: null,
  address: null,
  unit: null,
  addressId,
  contact: {
    kind: 'residential',
    name: prospect.name,
    language: prospect.language,
    emailId: prospect.email,
    cellPhone: prospect.phone,
  },
  lines: [
    { sku: prospect.plan, quantity: 1 },
    { sku: 'INSTALLATION', quantity: 1 },
  ],
  slot: null,
  notes: '',
  language: prospect.language,
});

import { Refusal, salesEvents, type ParsedOf, type salesOperations } from '@gigafibre/contract';
import type { Reading, Tx } from '../../platform/acting.ts';
import { countRequest } from '../../platform/auth/rate-limit.ts';
import { requirePhone } from '../customers/index.ts';
import { serviceabilityOf, type Serviceability } from '../plant/index.ts';
import { positionOf } from './read-quotes.ts';
import * as store from './store.ts';

export type NewLead = ParsedOf<typeof salesOperations.createLead>;

const LEADS_PER_ADDRESS = { hits: 10, windowSeconds: 60 * 60 };

/** Somebody wants fibre where there is none yet; `address` is the caller's, to hold back a flood. */
export async function createLead(tx: Tx, lead: NewLead, { address }: { address: string }) {
  await countRequest(tx.db, `lead-from:${address}`, LEADS_PER_ADDRESS, tx.now);
  if (lead.emailId === null && lead.cellPhone === null) throw new Refusal('no_way_to_reach');
  const where = await placeOf(tx, lead);
  const { id } = await store.insertLead(tx.db, {
    name: lead.name,
    email: lead.emailId,
    phone: requirePhone(lead.cellPhone),
    language: lead.language,
    address_id: lead.addressId,
    address_text: where.text,
    serviceability: where.serviceability,
    note: lead.note,
    created_at: tx.now,
  });
  await tx.tell(salesEvents.leadCreated, { subject: id, data: { address: where.text } });
  return { received: true } as const;
}

async function placeOf(
  tx: Tx,
  { addressId, address }: NewLead,
): Promise<{ text: string; serviceability: Serviceability }> {
  if (addressId !== null && address === null) {
    const found = await serviceabilityOf(tx, addressId);
    return { text: found.address.text, serviceability: found.serviceability };
  }
  if (addressId !== null || address === null) throw new Refusal('address_needed');
  return { text: address, serviceability: 'not_serviceable' };
}

/** People waiting for fibre, newest first, a page at a time. */
export async function listLeads(
  { db }: Pick<Reading, 'db'>,
  { limit, after }: { limit: number; after?: string | undefined },
) {
  const rows = await store.leadsPage(db, { limit, after: positionOf(after) });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map((row) => ({
      id: row.id,
      name: row.name,
      emailId: row.email,
      cellPhone: row.phone,
      language: row.language === 'en' ? ('en' as const) : ('fr' as const),
      addressId: row.address_id,
      address: row.address_text,
      serviceability: row.serviceability as Serviceability, // check constraint
      note: row.note,
      createdAt: row.created_at,
    })),
    next: rows.length > limit && last ? `${last.created_at}~${last.id}` : null,
  };
}

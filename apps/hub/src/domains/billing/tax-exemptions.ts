import { Refusal, taxExemptionEvents, type taxExemptionOperations } from '@gigafibre/contract';
import type { OutputOf, ParsedOf } from '@gigafibre/contract';
import type { TaxCode, TaxExemption } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import { readCustomer } from '../customers/index.ts';
import { lockAccount } from '../ledger/index.ts';
import { readLocation } from '../plant/index.ts';
import * as store from './tax-exemption-store.ts';

export type Exemption = OutputOf<typeof taxExemptionOperations.grantTaxExemption>;
export type Granting = ParsedOf<typeof taxExemptionOperations.grantTaxExemption>;

/** The exemptions of a customer, past and present, the oldest first. */
export async function listTaxExemptions(
  { db }: Pick<Reading, 'db'>,
  customerId: string,
): Promise<{ exemptions: Exemption[] }> {
  return { exemptions: (await store.exemptionsOf(db, customerId)).map(exemptionOf) };
}

/** An exemption as taxes are computed with it: at one service address, or everywhere. */
export type PlacedExemption = TaxExemption & Readonly<{ locationId: string | null; certificate: string }>;

/** What relieves some customers of taxes on a day, the oldest first; those whom nothing does are absent. */
export async function exemptionsOn(
  { db }: Pick<Reading, 'db'>,
  asked: { customerIds: readonly string[]; on: string },
): Promise<Map<string, PlacedExemption[]>> {
  if (asked.customerIds.length === 0) return new Map();
  const held = (await store.exemptionsHeld(db, asked)).map(exemptionOf);
  const byCustomer = Map.groupBy(held, ({ customerId }) => customerId);
  return new Map([...byCustomer].map(([customerId, mine]) => [customerId, mine.map(placedExemption)]));
}

/** Exemptions by number, as they relieved the invoices that named them: without their days. */
export async function exemptionsById(
  { db }: Pick<Reading, 'db'>,
  ids: readonly string[],
): Promise<Map<string, PlacedExemption>> {
  if (ids.length === 0) return new Map();
  const found = (await store.exemptionsByIds(db, ids)).map(exemptionOf);
  return new Map(
    found.map(({ id, taxes, validFrom, locationId, certificate }) => [
      id,
      { id, taxes, validFrom, locationId, certificate },
    ]),
  );
}

const placedExemption = ({
  id,
  taxes,
  validFrom,
  validTo,
  locationId,
  certificate,
}: Exemption): PlacedExemption => ({
  id,
  taxes,
  validFrom,
  ...(validTo === null ? {} : { validTo }),
  locationId,
  certificate,
});

/**
 * Exempts a customer from some taxes on what is issued between two days. Refused when the customer or the address
 * is unknown, when the days are reversed, and when another exemption covers one of these taxes there then.
 */
export async function grantTaxExemption(tx: Tx, input: Granting): Promise<Exemption> {
  await readCustomer(tx, input.customerId);
  if (input.locationId !== null) await readLocation(tx, input.locationId);
  if (input.validTo !== null) requireOrder(input.validFrom, input.validTo);
  await lockAccount(tx, input.customerId);
  const { exemptions } = await listTaxExemptions(tx, input.customerId);
  const twin = exemptions.find((other) => overlaps(other, input));
  if (twin) throw new Refusal('exemption_overlaps', { exemption: twin.id });
  const { id } = await store.insertExemption(tx.db, {
    customer_id: input.customerId,
    location_id: input.locationId,
    taxes: [...new Set(input.taxes)],
    reason: input.reason,
    certificate: input.certificate,
    band: input.band,
    evidence: input.evidence,
    valid_from: input.validFrom,
    valid_to: input.validTo,
    approved_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    approved_at: tx.now,
  });
  await tx.tell(taxExemptionEvents.taxExemptionGranted, {
    subject: id,
    customerId: input.customerId,
    data: { taxes: input.taxes, reason: input.reason, validFrom: input.validFrom },
  });
  return readTaxExemption(tx, id);
}

/** Ends an exemption after a day; what was issued keeps it. Refused when it has an end already. */
export async function endTaxExemption(
  tx: Tx,
  { id, validTo, reason }: { id: string; validTo: string; reason: string },
): Promise<Exemption> {
  const { customerId } = await readTaxExemption(tx, id);
  // Of two who end it, or issue with it, the second sees what the first did.
  await lockAccount(tx, customerId);
  const exemption = await readTaxExemption(tx, id);
  requireOrder(exemption.validFrom, validTo);
  const ended =
    (exemption.validTo === null || validTo < exemption.validTo) &&
    (await store.endExemption(tx.db, {
      exemption_id: id,
      valid_to: validTo,
      reason,
      at: tx.now,
      by: tx.by.name ?? tx.by.id ?? tx.by.kind,
    }));
  if (!ended) throw new Refusal('exemption_ended', { exemption: id });
  await tx.tell(taxExemptionEvents.taxExemptionEnded, {
    subject: id,
    customerId,
    data: { validTo, reason },
    changes: { validTo: [exemption.validTo, validTo] },
  });
  return readTaxExemption(tx, id);
}

async function readTaxExemption({ db }: Pick<Reading, 'db'>, id: string): Promise<Exemption> {
  const row = await store.exemptionById(db, id);
  if (!row) throw new Refusal('not_found', { what: id });
  return exemptionOf(row);
}

function requireOrder(from: string, to: string): void {
  if (to < from) throw new Refusal('dates_reversed', { from, to });
}

/** Same tax, a common address and a common day. */
function overlaps(one: Exemption, other: Granting): boolean {
  const place = one.locationId === null || other.locationId === null || one.locationId === other.locationId;
  const days =
    (other.validTo === null || one.validFrom <= other.validTo) &&
    (one.validTo === null || other.validFrom <= one.validTo);
  return place && days && one.taxes.some((tax) => other.taxes.includes(tax));
}

const exemptionOf = (row: store.ExemptionRow): Exemption => ({
  id: row.id,
  customerId: row.customer_id,
  locationId: row.location_id,
  taxes: row.taxes as TaxCode[], // held by a check constraint
  reason: row.reason,
  certificate: row.certificate,
  band: row.band,
  evidence: row.evidence,
  validFrom: row.valid_from,
  validTo: row.ended_on ?? row.valid_to,
  approvedBy: row.approved_by,
  approvedAt: row.approved_at,
  endedBy: row.ended_by,
});

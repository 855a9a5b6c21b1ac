import { Refusal, type FileAnswer } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';
import * as acceptances from './acceptance-store.ts';
import { contractNumber } from './quote-documents.ts';
import { positionOf } from './read-quotes.ts';

/** The sealed contract of a quote; refused `not_found` when it was not accepted, `contract_not_ready` for a minute after. */
export async function readContractPdf(
  { db }: Pick<Reading, 'db'>,
  { id }: { id: string },
): Promise<FileAnswer> {
  const accepted = await acceptances.acceptanceOf(db, id);
  if (!accepted) throw new Refusal('not_found', { what: id });
  const contract = await acceptances.contractOf(db, id);
  if (!contract) throw new Refusal('contract_not_ready');
  return {
    type: 'application/pdf',
    name: `${contractNumber(id)}.pdf`,
    bytes: new Uint8Array(contract.pdf),
  };
}

/** The same for the customer who asks: another's contract is not found. */
export async function readMyContractPdf(
  reading: Pick<Reading, 'db' | 'by'>,
  { id }: { id: string },
): Promise<FileAnswer> {
  const accepted = await acceptances.acceptanceOf(reading.db, id);
  if (accepted?.customer_id !== reading.by.id) throw new Refusal('not_found', { what: id });
  return readContractPdf(reading, { id });
}

/** The contracts of the customer who asks, newest first, a page at a time. */
export async function listMyContracts(
  { db, by }: Pick<Reading, 'db' | 'by'>,
  { limit, after }: { limit: number; after?: string | undefined },
) {
  const rows = await acceptances.acceptancesPage(db, {
    customerId: by.id ?? '',
    limit,
    after: positionOf(after),
  });
  const last = rows[limit - 1];
  return {
    rows: rows.slice(0, limit).map((row) => ({
      quoteId: row.quote_id,
      signedAt: row.accepted_at,
      ready: row.sealed_at !== null,
    })),
    next: rows.length > limit && last ? `${last.accepted_at}~${last.quote_id}` : null,
  };
}

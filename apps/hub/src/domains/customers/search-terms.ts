import type { Tx } from '../../platform/acting.ts';
import type { Customer } from './customer.ts';
import { addTerms, replaceTerms, type Source, type Term } from './store.ts';

/**
 * Makes what a domain knows of a customer findable: an address, a serial, an invoice number. The source's
 * earlier terms are replaced, so a renamed or moved thing is found under its new words only.
 */
export const indexTerms = (tx: Pick<Tx, 'db'>, source: Indexed, shown: readonly string[]): Promise<void> =>
  replaceTerms(tx.db, source, termsOf({ source, shown }));

type Indexed = Source & Readonly<{ customerId: string | null }>;

/** Makes things that were never findable so, such as the invoices of a run, in one statement. */
export const indexNewTerms = (
  tx: Pick<Tx, 'db'>,
  indexed: readonly Readonly<{ source: Indexed; shown: readonly string[] }>[],
): Promise<void> => addTerms(tx.db, indexed.flatMap(termsOf));

const termsOf = ({
  source: { kind, sourceId, customerId },
  shown,
}: Readonly<{ source: Indexed; shown: readonly string[] }>): Term[] =>
  customerId === null ? [] : shown.map((text) => ({ kind, sourceId, customerId, shown: text }));

/** What a customer is found by: number, name, phones (national digits too), e-mails, legacy account. */
export async function indexCustomer(tx: Pick<Tx, 'db'>, customer: Customer): Promise<void> {
  const phones = [customer.cellPhone, customer.telHome]
    .filter((phone) => phone !== null)
    .map((phone) => phone.replace(/^\+1/, ''));
  const words = [
    customer.id,
    customer.name,
    customer.emailId,
    customer.emailBilling,
    customer.legacyAccountId,
  ].filter((word) => word !== null);
  await indexTerms(tx, { kind: 'customer', sourceId: customer.id, customerId: customer.id }, [
    ...new Set([...words, ...phones]),
  ]);
}

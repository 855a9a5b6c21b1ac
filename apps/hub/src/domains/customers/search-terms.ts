import type { Tx } from '../../platform/acting.ts';
import type { Customer } from './customer.ts';
import { replaceTerms, type Term } from './store.ts';

/**
 * Makes what a domain knows of a customer findable: an address, a serial, an invoice number. The source's
 * earlier terms are replaced, so a renamed or moved thing is found under its new words only.
 */
export async function indexTerms(
  tx: Pick<Tx, 'db'>,
  source: { kind: string; sourceId: string; customerId: string | null },
  shown: readonly string[],
): Promise<void> {
  const { customerId } = source;
  const terms: Term[] =
    customerId === null
      ? []
      : shown.map((text) => ({ kind: source.kind, sourceId: source.sourceId, customerId, shown: text }));
  await replaceTerms(tx.db, source, terms);
}

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

import { civilDateOf } from '@gigafibre/calendar';
import type { Ratio } from '@gigafibre/money';
import type { Reading, Tx } from '../../platform/acting.ts';
import type { Customer } from '../customers/index.ts';
import { readInterestTerms, type InterestTerm } from './billing-rules.ts';
import { insertInterestAgreement, interestAgreementsOf } from './interest-agreement-store.ts';

export type Agreeing = Readonly<{
  customerId: string;
  /** `CTR-10042`: the contract that says so. */
  source: string;
  from: string;
  /** Per cent a year; null when the contract says that the account bears none. */
  yearlyPercent: string | null;
}>;
/** A yearly rate by the day from which it holds, oldest first; null charges nothing. */
export type DatedRate = Readonly<{ from: string; percent: string | null }>;

/** Keeps what a customer's contract says of interest: it holds from its day on, until another contract says another. */
export const agreeInterest = (
  tx: Tx,
  { customerId, source, from, yearlyPercent }: Agreeing,
): Promise<unknown> =>
  insertInterestAgreement(tx.db, {
    customer_id: customerId,
    from_on: from,
    yearly_percent: yearlyPercent,
    source,
    agreed_at: tx.now,
    agreed_by: tx.by.name ?? tx.by.id ?? tx.by.kind,
  });

/** The yearly rate a contract made today says for a kind of customer; null when the house charges none. */
export async function interestOffered(
  reading: Pick<Reading, 'db' | 'now'>,
  kind: Customer['kind'],
): Promise<string | null> {
  const today = civilDateOf(reading.now);
  const term = (await readInterestTerms(reading)).findLast(({ from }) => from <= today);
  return term ? percentOf(term, kind) : null;
}

/**
 * What may be charged to some customers by day: what their contract says, and never more than the house charges on that
 * day. Nothing without a contract that says a rate (Civil Code, art. 1565 and 1617; Interest Act, s. 4).
 */
export async function agreedRates(
  reading: Pick<Reading, 'db'>,
  customers: readonly Pick<Customer, 'id' | 'kind'>[],
): Promise<(customerId: string) => readonly DatedRate[]> {
  const terms = await readInterestTerms(reading);
  if (terms.length === 0 || customers.length === 0) return () => [];
  const ids = customers.map(({ id }) => id);
  const agreed = Map.groupBy(await interestAgreementsOf(reading.db, ids), ({ customer_id }) => customer_id);
  const rates = new Map(
    customers.map(({ id, kind }) => [
      id,
      lowerOf(
        terms.map((term) => ({ from: term.from, percent: percentOf(term, kind) })),
        (agreed.get(id) ?? []).map((row) => ({ from: row.from_on, percent: row.yearly_percent })),
      ),
    ]),
  );
  return (customerId) => rates.get(customerId) ?? [];
}

/** The rate of a day. */
export const rateOn = (rates: readonly DatedRate[], day: string): string | null =>
  rates.findLast(({ from }) => from <= day)?.percent ?? null;

/** A per cent is kept to this many decimals. */
const PERCENT_DECIMALS = 4;
const MONTHS = 12n;

/**
 * A yearly per cent as a document says it: per month, to four decimals, and per year, which is what counts (Interest
 * Act, s. 4).
 */
export function bothRates(yearlyPercent: string): { monthly: Ratio; yearly: Ratio } {
  const [whole = '0', rest = ''] = yearlyPercent.split('.');
  const units = BigInt(whole + rest.padEnd(PERCENT_DECIMALS, '0').slice(0, PERCENT_DECIMALS));
  const den = 100n * 10n ** BigInt(PERCENT_DECIMALS);
  return { monthly: { num: units / MONTHS, den }, yearly: { num: units, den } };
}

function lowerOf(house: readonly DatedRate[], contracts: readonly DatedRate[]): DatedRate[] {
  const days = [...new Set([...house, ...contracts].map(({ from }) => from))].toSorted();
  return days.map((from) => {
    const [ours, theirs] = [rateOn(house, from), rateOn(contracts, from)];
    if (ours === null || theirs === null) return { from, percent: null };
    return { from, percent: Number(theirs) < Number(ours) ? theirs : ours };
  });
}

const percentOf = (term: InterestTerm, kind: Customer['kind']): string | null =>
  kind === 'business' ? term.businessPercent : term.residentialPercent;

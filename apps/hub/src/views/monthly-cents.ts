import { sql, type RawBuilder } from 'kysely';

/** Price of a subscription's item brought to one month, rounded once per item as `monthlyPriceOf` does. */
export const monthlyCents = (item: string): RawBuilder<unknown> => {
  const price = sql.ref(`${item}.price_cents`);
  return sql`case ${sql.ref(`${item}.frequency`)} when 'monthly' then ${price}
    when 'quarterly' then round(${price} / 3.0)::bigint when 'yearly' then round(${price} / 12.0)::bigint else 0 end`;
};

import { sql, type RawBuilder } from 'kysely';

/** One line of a location's address from the columns of `alias`: `123-4 rue Principale, Sainte-Clotilde J0L 1W0`. */
export function addressText(alias: string): RawBuilder<string> {
  const a = sql.raw(alias);
  return sql<string>`concat(${a}.civic_number, '-' || ${a}.unit, ' ', ${a}.street, ', ', ${a}.municipality, '  ' || ${a}.postal_code)`;
}

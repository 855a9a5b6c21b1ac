/** An amount of Canadian dollars in whole cents. Negative for what is owed the other way. Never a float. */
export type Cents = bigint;

/** The sum of amounts; zero for none. */
export function sumCents(amounts: Iterable<Cents>): Cents {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

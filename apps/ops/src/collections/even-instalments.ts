/** One part for each day; they differ by a cent at most and add up to the total. */
export function evenInstalments({
  totalCents,
  days,
}: {
  totalCents: bigint;
  days: readonly string[];
}): { dueOn: string; cents: bigint }[] {
  const each = totalCents / BigInt(days.length);
  const rest = Number(totalCents % BigInt(days.length));
  return days.map((dueOn, index) => ({ dueOn, cents: each + (index < rest ? 1n : 0n) }));
}

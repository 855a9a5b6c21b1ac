import { addDays, civilDateOf } from '@gigafibre/ui';

/** Parts that differ by a cent at most and add up to the total, the first some days from now, then as far apart. */
export function evenInstalments({
  totalCents,
  parts,
  now,
  everyDays,
}: {
  totalCents: bigint;
  parts: number;
  now: Date;
  everyDays: number;
}): { dueOn: string; cents: bigint }[] {
  const each = totalCents / BigInt(parts);
  const rest = Number(totalCents % BigInt(parts));
  const today = civilDateOf(now);
  return Array.from({ length: parts }, (_, index) => ({
    dueOn: addDays(today, everyDays * (index + 1)),
    cents: each + (index < rest ? 1n : 0n),
  }));
}

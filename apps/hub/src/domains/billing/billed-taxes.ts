import type { Province } from '@gigafibre/money';
import type { Reading } from '../../platform/acting.ts';
import { daysTaxed } from './billed-tax-store.ts';
import type { LineDraft } from './draft-invoice.ts';
import { exemptionsById, type PlacedExemption } from './tax-exemptions.ts';

/** How a line was taxed by the invoice that bore it. */
export type BilledTaxes = Readonly<{
  province: Province;
  exemptions: readonly PlacedExemption[];
  /** Day of that invoice. */
  taxedOn: string;
}>;

const SPACE = ' ';
const keyOf = ({ itemId, day }: { itemId: string; day: string }): string => `${itemId} ${day}`;

/**
 * The first day of service a line may take back: below zero of what was charged, above zero of a discount. Undefined
 * for what takes nothing back: only charges, which changes leave behind, do.
 */
function dayTakenBack({ kind, amountCents, subscriptionItemId, period, chargeId }: LineDraft) {
  if (kind !== 'recurring' || amountCents === 0n || chargeId == null) return undefined;
  if (subscriptionItemId == null || period == null) return undefined;
  return { itemId: subscriptionItemId, day: period.from, isCredit: amountCents < 0n };
}

/**
 * Of lines that take days of a service back, how the document that billed these days taxed them: a credit gives back
 * the tax that was charged, and a discount that is taken back bears the tax it was given with, whatever the customer
 * or the rates have become since (Excise Tax Act s. 232, QST Act s. 449). Undefined for a line that takes nothing
 * back, and for days billed before this company's invoices.
 */
export async function taxesBilled(
  reading: Pick<Reading, 'db'>,
  lines: readonly LineDraft[],
): Promise<(line: LineDraft) => BilledTaxes | undefined> {
  const days = await daysTaxed(
    reading.db,
    lines.flatMap((line) => dayTakenBack(line) ?? []),
  );
  const idsOf = (taxGroup: string): string[] => taxGroup.split(SPACE).filter((id) => id !== '');
  const exemptions = await exemptionsById(
    reading,
    days.flatMap(({ taxGroup }) => idsOf(taxGroup)),
  );
  const byDay = new Map(
    days.map((one) => [
      keyOf(one),
      {
        province: one.province as Province, // as an invoice was issued with it
        // It held when the invoice was issued; a shorter end set later does not change what was charged.
        exemptions: idsOf(one.taxGroup).flatMap((id) => exemptions.get(id) ?? []),
        taxedOn: one.issuedOn,
      },
    ]),
  );
  return (line) => {
    const day = dayTakenBack(line);
    return day && byDay.get(keyOf(day));
  };
}

import type { feeKind } from '@gigafibre/contract';
import { Refusal } from '@gigafibre/contract';
import type { z } from 'zod';
import type { Tx } from '../../platform/acting.ts';
import type { ItemTaxTreatment } from '../catalog/index.ts';
import { readCustomer, type Customer } from '../customers/index.ts';
import type { LineDraft } from './draft-invoice.ts';

export type FeeKind = z.output<typeof feeKind>;
type Words = Readonly<{ fr: string; en: string }>;
type Fee = Readonly<{
  name: Words;
  /** What forbids it, per kind of customer; null where a contract may name it. */
  forbidden: Readonly<Record<Customer['kind'], Words | null>>;
  account: '4110' | '4120';
  taxTreatment: ItemTaxTreatment;
}>;

const ONLY_INTEREST: Words = {
  fr: 'un consommateur en défaut ne doit que des intérêts (Loi sur la protection du consommateur, art. 13)',
  en: 'a consumer in default owes interest only (Consumer Protection Act, s. 13)',
};
const PAPER: Words = {
  fr: 'une facture papier est sans frais (Loi sur les télécommunications, art. 27.2)',
  en: 'a paper bill is free of charge (Telecommunications Act, s. 27.2)',
};
const NO_CHANGE_FEE: Words = {
  fr: 'l’activation et le changement de forfait sont sans frais (Loi sur les télécommunications, art. 27.04; CRTC 2026-43)',
  en: 'activation and plan changes are free of charge (Telecommunications Act, s. 27.04; CRTC 2026-43)',
};
const ALL_IN_PRICE: Words = {
  fr: 'rien ne s’ajoute au prix annoncé, quel que soit le mode de paiement (Loi sur la protection du consommateur, art. 224)',
  en: 'nothing is added to the advertised price, whatever the payment method (Consumer Protection Act, s. 224)',
};
const CARD_NETWORKS: Words = {
  fr: 'les règles des réseaux de cartes n’ont pas été vérifiées',
  en: 'the rules of the card networks were not verified',
};
const byContract = { residential: ONLY_INTEREST, business: null };
const penalty = { forbidden: byContract, account: '4110', taxTreatment: 'outside' } as const;

/** The matrix of allowed fees: what a company may agree to, and what nobody may be charged. */
export const FEES: Readonly<Record<FeeKind, Fee>> = {
  late: { ...penalty, name: { fr: 'Frais de retard', en: 'Late fee' } },
  returned_payment: {
    ...penalty,
    account: '4120',
    name: { fr: 'Frais pour paiement retourné', en: 'Returned-payment fee' },
  },
  reminder: { ...penalty, name: { fr: 'Frais de rappel', en: 'Reminder fee' } },
  collection: { ...penalty, name: { fr: 'Frais de recouvrement', en: 'Collection fee' } },
  paper_bill: {
    ...penalty,
    name: { fr: 'Facture papier', en: 'Paper bill' },
    forbidden: { residential: PAPER, business: PAPER },
  },
  card_surcharge: {
    ...penalty,
    name: { fr: 'Supplément pour carte', en: 'Card surcharge' },
    forbidden: { residential: ALL_IN_PRICE, business: CARD_NETWORKS },
  },
  activation: {
    ...penalty,
    name: { fr: 'Frais d’activation', en: 'Activation fee' },
    forbidden: { residential: NO_CHANGE_FEE, business: NO_CHANGE_FEE },
  },
  plan_change: {
    ...penalty,
    name: { fr: 'Frais de changement de forfait', en: 'Plan-change fee' },
    forbidden: { residential: NO_CHANGE_FEE, business: NO_CHANGE_FEE },
  },
  reconnection: {
    ...penalty,
    taxTreatment: 'taxable',
    name: { fr: 'Frais de rebranchement', en: 'Reconnection fee' },
  },
  missed_visit: {
    ...penalty,
    taxTreatment: 'taxable',
    name: { fr: 'Rendez-vous manqué', en: 'Missed appointment' },
  },
};

/** Refuses a fee that the law, or the house, forbids for this kind of customer; the refusal names it. */
export function assertFeeAllowed(fee: FeeKind, kind: Customer['kind']): void {
  const law = FEES[fee].forbidden[kind];
  if (law) throw new Refusal('fee_forbidden', { fee, lawFr: law.fr, lawEn: law.en });
}

const FEE_ACCOUNTS: ReadonlySet<string> = new Set(Object.values(FEES).map(({ account }) => account));

/** Refuses an invoice of a consumer with a line in the accounts of fees, whatever it is called and whoever made it. */
export function assertFeesAllowed(kind: Customer['kind'], lines: readonly LineDraft[]): void {
  if (lines.some(({ revenueAccount }) => FEE_ACCOUNTS.has(revenueAccount))) assertFeeAllowed('late', kind);
}

/** A fee as the line of an invoice; refused for who may not be charged it, and when it is not above zero. */
export async function feeLine(
  tx: Tx,
  { customerId, fee, amountCents }: { customerId: string; fee: FeeKind; amountCents: bigint },
): Promise<LineDraft> {
  assertFeeAllowed(fee, (await readCustomer(tx, customerId)).kind);
  if (amountCents <= 0n) throw new Refusal('amount_not_positive');
  const { name, account, taxTreatment } = FEES[fee];
  return {
    kind: 'one_time',
    sku: null,
    description: name,
    quantity: 1,
    unitPriceCents: amountCents,
    amountCents,
    taxTreatment,
    revenueAccount: account,
    locationId: null,
  };
}

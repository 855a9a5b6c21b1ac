import type { RefusalDeclaration } from '../refusals.ts';
import { amount } from './amount.ts';

export const purchasesRefusals = {
  supplier_known: {
    status: 409,
    fr: (d) => `Ce fournisseur existe déjà : ${d['supplier'] ?? ''}.`,
    en: (d) => `This supplier exists already: ${d['supplier'] ?? ''}.`,
  },
  supplier_bill_known: {
    status: 409,
    fr: (d) => `La facture « ${d['number'] ?? ''} » de ce fournisseur est déjà saisie : ${d['bill'] ?? ''}.`,
    en: (d) => `Bill “${d['number'] ?? ''}” of this supplier is entered already: ${d['bill'] ?? ''}.`,
  },
  supplier_bill_empty: {
    status: 422,
    fr: () => 'Cette facture ne demande rien : son total est zéro.',
    en: () => 'This bill asks for nothing: its total is zero.',
  },
  supplier_bill_tax: {
    status: 422,
    fr: (d) =>
      d['computedCents'] === undefined
        ? `Aucun taux de taxe n’est connu le ${d['date'] ?? ''}.`
        : `${d['taxFr'] ?? ''} : les règles donnent ${amount(d['computedCents'], 'fr')}; le papier peut s’en écarter de ${amount(d['toleranceCents'], 'fr')} au plus. Vérifiez les montants et la taxe de chaque ligne.`,
    en: (d) =>
      d['computedCents'] === undefined
        ? `No tax rate is known on ${d['date'] ?? ''}.`
        : `${d['taxEn'] ?? ''}: the rules give ${amount(d['computedCents'], 'en')}; the paper may differ by ${amount(d['toleranceCents'], 'en')} at most. Check the amounts, and the tax of each line.`,
  },
  supplier_bill_account: {
    status: 422,
    fr: (d) => `Le compte ${d['account'] ?? ''} ne prend pas d’achats.`,
    en: (d) => `Account ${d['account'] ?? ''} takes no purchases.`,
  },
  supplier_bill_currency: {
    status: 422,
    fr: (d) =>
      `Les factures se saisissent en dollars canadiens; celle-ci est en ${d['currency'] ?? ''}. Saisissez ce que la banque a débité.`,
    en: (d) =>
      `Bills are entered in Canadian dollars; this one is in ${d['currency'] ?? ''}. Enter what the bank debited.`,
  },
  supplier_tax_number: {
    status: 422,
    fr: (d) =>
      `À partir de ${amount(d['fromCents'], 'fr')}, la ${d['taxFr'] ?? ''} ne se réclame qu’avec le numéro d’inscription du fournisseur : ajoutez-le à sa fiche.`,
    en: (d) =>
      `From ${amount(d['fromCents'], 'en')} up, ${d['taxEn'] ?? ''} is claimed only with the supplier’s registration number: add it to the supplier.`,
  },
  supplier_bill_day: {
    status: 422,
    fr: (d) => `La date aux livres va du ${d['from'] ?? ''} (date de la facture) au ${d['to'] ?? ''}.`,
    en: (d) => `The day in the ledger goes from ${d['from'] ?? ''} (the bill’s date) to ${d['to'] ?? ''}.`,
  },
  own_supplier_bill: {
    status: 403,
    fr: (d) =>
      `Au-dessus de ${amount(d['limitCents'], 'fr')}, une autre personne que celle qui a saisi la facture l’approuve.`,
    en: (d) =>
      `Above ${amount(d['limitCents'], 'en')}, somebody other than the person who entered the bill approves it.`,
  },
  supplier_bill_paid: {
    status: 409,
    fr: (d) => `La facture est payée : annulez d’abord le paiement ${d['payment'] ?? ''}.`,
    en: (d) => `The bill is paid: reverse payment ${d['payment'] ?? ''} first.`,
  },
  supplier_bills_mixed: {
    status: 422,
    fr: (d) => `La facture ${d['bill'] ?? ''} est d’un autre fournisseur, ou nommée deux fois.`,
    en: (d) => `Bill ${d['bill'] ?? ''} is of another supplier, or named twice.`,
  },
  supplier_payment_day: {
    status: 422,
    fr: (d) => `Un paiement se note quand il est fait : du ${d['from'] ?? ''} au ${d['to'] ?? ''}.`,
    en: (d) => `A payment is written down once it is made: from ${d['from'] ?? ''} to ${d['to'] ?? ''}.`,
  },
  not_a_paper: {
    status: 415,
    fr: () => 'Ce fichier n’est ni un PDF ni une photo (JPEG, PNG, WebP).',
    en: () => 'This file is neither a PDF nor a photograph (JPEG, PNG, WebP).',
  },
  too_many_papers: {
    status: 409,
    fr: (d) => `Une facture garde ${d['limit'] ?? ''} fichiers au plus.`,
    en: (d) => `A bill keeps ${d['limit'] ?? ''} files at most.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;

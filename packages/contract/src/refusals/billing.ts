import type { RefusalDeclaration } from '../refusals.ts';

export const billingRefusals = {
  line_incomplete: {
    status: 422,
    fr: (d) =>
      `Ligne ${d['line'] ?? ''} : sans article du catalogue, il faut une description, un prix, un traitement de taxe et un compte de produits.`,
    en: (d) =>
      `Line ${d['line'] ?? ''}: without a catalog item, a description, a price, a tax treatment and a revenue account are needed.`,
  },
  nothing_to_bill: {
    status: 422,
    fr: () => 'Il n’y a rien à facturer.',
    en: () => 'There is nothing to bill.',
  },
  company_not_set: {
    status: 409,
    fr: () =>
      'Rien n’est facturé tant que l’entreprise n’a pas été décrite, avec ses numéros de TPS et de TVQ (Réglages, Entreprise).',
    en: () =>
      'Nothing is invoiced until the company is described, with its GST and QST numbers (Settings, Company).',
  },
  treatment_needs_approval: {
    status: 403,
    fr: (d) =>
      `Ligne ${d['line'] ?? ''} : un autre traitement de taxe que celui de l’article demande l’approbation d’une personne autorisée.`,
    en: (d) =>
      `Line ${d['line'] ?? ''}: another tax treatment than the item’s needs the approval of an authorized person.`,
  },
  account_not_by_hand: {
    status: 422,
    fr: (d) =>
      `Le compte ${d['account'] ?? ''} ne s’écrit pas à la main : les indemnités et les intérêts se calculent selon la loi et le contrat.`,
    en: (d) =>
      `Account ${d['account'] ?? ''} is not written by hand: indemnities and interest are computed by law and contract.`,
  },
  fee_while_debited: {
    status: 409,
    fr: () =>
      'Un prélèvement de ce client est en cours : aucuns frais de retard avant la fin de son délai de retour.',
    en: () => 'A debit of this customer is under way: no late fee before the end of its return window.',
  },
  invoice_below_zero: {
    status: 422,
    fr: () => 'Une facture ne peut pas être négative : émettez plutôt une note de crédit.',
    en: () => 'An invoice cannot be negative: issue a credit note instead.',
  },
} as const satisfies Record<string, RefusalDeclaration>;

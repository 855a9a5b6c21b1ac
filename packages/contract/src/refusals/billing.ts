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
  invoice_below_zero: {
    status: 422,
    fr: () => 'Une facture ne peut pas être négative : émettez plutôt une note de crédit.',
    en: () => 'An invoice cannot be negative: issue a credit note instead.',
  },
} as const satisfies Record<string, RefusalDeclaration>;

import type { Words } from './language.ts';

/** The words of an invoice. */
export const INVOICE_WORDS = {
  title: { fr: 'Facture', en: 'Invoice' },
  billedTo: { fr: 'Facturé à', en: 'Billed to' },
  serviceAddress: { fr: 'Adresse de service', en: 'Service address' },
  details: { fr: 'Détails', en: 'Details' },
  issuedOn: { fr: 'Émise le', en: 'Issued on' },
  dueOn: { fr: 'Échéance', en: 'Due on' },
  account: { fr: 'Compte', en: 'Account' },
  amountDue: { fr: 'Montant dû', en: 'Amount due' },
  creditBalance: { fr: 'Solde créditeur', en: 'Credit balance' },
  payBy: { fr: 'À payer au plus tard le {date}.', en: 'Please pay by {date}.' },
  nothingToPay: { fr: 'Rien à payer. Merci!', en: 'Nothing to pay. Thank you!' },
  taken: {
    fr: 'Ne payez pas cette facture : un prélèvement de {amount} sera fait le {date} ({method}).',
    en: 'Do not pay this invoice: {amount} will be taken on {date} ({method}).',
  },
  payOnline: {
    fr: 'Payer en ligne\nBalayez le code\nou touchez ce texte',
    en: 'Pay online\nScan the code\nor tap this text',
  },
  payAlt: { fr: 'Payer la facture {number} en ligne', en: 'Pay invoice {number} online' },
  previousBalance: { fr: 'Solde antérieur', en: 'Previous balance' },
  recurring: { fr: 'Services récurrents', en: 'Recurring services' },
  oneTime: { fr: 'Frais ponctuels et crédits', en: 'One-time charges and credits' },
  linesSummary: { fr: 'Services et frais facturés', en: 'Services and charges invoiced' },
  total: { fr: 'Total de la facture', en: 'Invoice total' },
  totalsSummary: { fr: 'Sous-total, taxes et total', en: 'Subtotal, taxes and total' },
  exemption: { fr: 'Exonération de taxes : {text}', en: 'Tax exemption: {text}' },
  notes: { fr: 'À savoir', en: 'Good to know' },
  terms: { fr: 'Modalités de paiement', en: 'Terms of payment' },
  termsDue: {
    fr: "Payable au plus tard à l'échéance, sans frais quel que soit le mode de paiement. Les services récurrents sont facturés d'avance; un service résilié est remboursé au prorata des jours restants.",
    en: 'Payable by the due date, free of charge whatever the payment method. Recurring services are billed in advance; a cancelled service is refunded for the days that remain.',
  },
  interest: {
    fr: 'Intérêts de {monthly} par mois ({yearly} par année) sur tout solde en souffrance.',
    en: 'Interest of {monthly} per month ({yearly} per year) on any overdue balance.',
  },
  questions: {
    fr: 'Une question, une erreur? {email}, {phone}. Recours indépendant et gratuit : CPRST, www.ccts-cprst.ca, 1 888 221-1687.',
    en: 'A question, an error? {email}, {phone}. Independent recourse, free of charge: CCTS, www.ccts-cprst.ca, 1-888-221-1687.',
  },
} as const satisfies Words<string>;

import type { Words } from './language.ts';

/** The words of a quote. */
export const QUOTE_WORDS = {
  title: { fr: 'Soumission', en: 'Quote' },
  preparedFor: { fr: 'Préparée pour', en: 'Prepared for' },
  serviceAddress: { fr: 'Adresse de service', en: 'Service address' },
  details: { fr: 'Détails', en: 'Details' },
  issuedOn: { fr: 'Émise le', en: 'Issued on' },
  validUntil: { fr: "Valide jusqu'au", en: 'Valid until' },
  version: { fr: 'Version', en: 'Version' },
  preparedBy: { fr: 'Préparée par', en: 'Prepared by' },
  term: { fr: 'Durée', en: 'Term' },
  termMonths: { fr: '{months} mois', en: '{months} months' },
  noTerm: { fr: 'Indéterminée', en: 'Indeterminate' },
  perMonth: { fr: 'Chaque mois, taxes incluses', en: 'Every month, taxes included' },
  once: {
    fr: 'Plus {amount} à payer une seule fois, taxes incluses.',
    en: 'Plus {amount} to pay once, taxes included.',
  },
  onceNothing: { fr: 'Aucuns frais ponctuels.', en: 'No one-time charges.' },
  accept: {
    fr: 'Accepter en ligne\nBalayez le code\nou touchez ce texte',
    en: 'Accept online\nScan the code\nor tap this text',
  },
  acceptAlt: {
    fr: 'Lire le contrat et accepter la soumission {number} en ligne',
    en: 'Read the contract and accept quote {number} online',
  },
  recurring: { fr: 'Chaque mois', en: 'Every month' },
  oneTime: { fr: 'Une seule fois', en: 'One time' },
  recurringTotal: { fr: 'Total par mois', en: 'Total per month' },
  oneTimeTotal: { fr: 'Total une seule fois', en: 'One-time total' },
  notes: { fr: 'Précisions', en: 'Notes' },
  registrations: { fr: 'TPS {gst} · TVQ {qst}', en: 'GST {gst} · QST {qst}' },
  next: { fr: 'Pour accepter', en: 'How to accept' },
  nextSteps: {
    fr: "Ouvrez la page de signature avec le code ci-dessus : vous y lirez le résumé des renseignements essentiels et le contrat avant de signer. Cette soumission n'est pas un contrat et ne vous engage pas. Les prix sont garantis jusqu'au {date}.",
    en: 'Open the signing page with the code above: you will read the critical information summary and the contract before signing. This quote is not a contract and does not bind you. Prices are guaranteed until {date}.',
  },
} as const satisfies Words<string>;

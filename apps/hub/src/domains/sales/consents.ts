/** What is ticked on the signing page, by name. */
export type ConsentName = 'contract' | 'electronic' | 'marketing';

/** The words beside each box, in the order they stand; the document repeats exactly those that were ticked. */
export const CONSENTS: Readonly<
  Record<ConsentName, Readonly<{ fr: string; en: string; required: boolean }>>
> = {
  contract: {
    fr: 'J’ai lu le résumé des renseignements essentiels et le contrat, et je les accepte.',
    en: 'I have read the critical information summary and the contract, and I accept them.',
    required: true,
  },
  electronic: {
    fr: 'J’accepte de recevoir mon contrat et mes factures par voie électronique. Je peux demander le papier en tout temps.',
    en: 'I agree to receive my contract and my invoices electronically. I may ask for paper at any time.',
    required: true,
  },
  marketing: {
    fr: 'Je veux recevoir les offres de Gigafibre par courriel ou par texto. Je peux me désabonner en tout temps.',
    en: 'I want to receive offers from Gigafibre by e-mail or text message. I may unsubscribe at any time.',
    required: false,
  },
};

export const CONSENT_NAMES: readonly ConsentName[] = ['contract', 'electronic', 'marketing'];

/** The sentences that were ticked, in the language of the signing. */
export const tickedConsents = (
  consents: Readonly<Record<string, unknown>>,
  language: 'fr' | 'en',
): string[] =>
  CONSENT_NAMES.filter((name) => consents[name] === true).map((name) => CONSENTS[name][language]);

import type { QuoteStep } from './steps.ts';

type Bilingual = Readonly<{ fr: string; en: string }>;

/** The pad on which a signature is drawn, in its own units; the contract's limits of a point are the same. */
export const PAD = { width: 600, height: 300 } as const;

/** What the evidence page says of each step. */
export const EVIDENCE_WORDS: Readonly<{ reason: Bilingual; steps: Readonly<Record<QuoteStep, Bilingual>> }> =
  {
    reason: {
      fr: 'Contrat accepté par le client et scellé par Gigafibre',
      en: 'Contract accepted by the customer and sealed by Gigafibre',
    },
    steps: {
      created: { fr: 'Soumission préparée', en: 'Quote prepared' },
      revised: { fr: 'Nouvelle version préparée', en: 'New version prepared' },
      sent: { fr: 'Lien de signature envoyé', en: 'Signing link sent' },
      declined: { fr: 'Soumission refusée', en: 'Quote declined' },
      expired: { fr: 'Soumission expirée', en: 'Quote expired' },
      opened: { fr: 'Page de signature ouverte', en: 'Signing page opened' },
      french_presented: { fr: 'Version française présentée', en: 'French version presented' },
      english_chosen: { fr: 'Version anglaise choisie', en: 'English version chosen' },
      code_sent: { fr: 'Code à usage unique envoyé', en: 'One-time code sent' },
      code_refused: { fr: 'Code inexact', en: 'Wrong code' },
      code_verified: { fr: 'Code à usage unique vérifié', en: 'One-time code verified' },
      accepted: { fr: 'Contrat signé et accepté', en: 'Contract signed and accepted' },
      sealed: { fr: 'Document scellé', en: 'Document sealed' },
    },
  };

/** How an acceptance that was not given through the link was given. */
export const MEANS_WORDS: Readonly<Record<string, Bilingual>> = {
  in_person: { fr: 'en personne', en: 'in person' },
  paper: { fr: 'sur papier', en: 'on paper' },
  phone: { fr: 'par téléphone', en: 'by telephone' },
  docuseal: { fr: 'par DocuSeal', en: 'through DocuSeal' },
};

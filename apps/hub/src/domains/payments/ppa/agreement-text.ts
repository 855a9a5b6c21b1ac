/** Version of the words below. Any change to them is a new version: who accepted the old ones, accepted those. */
export const AGREEMENT_VERSION = '2026-11';

/**
 * What a customer accepts (Rule H1 of Payments Canada; docs of the mandate itself are the provider's): the
 * authorisation, the varying amount, the timing, the notices, the right to cancel and to be reimbursed.
 */
export const AGREEMENT_TEXT = {
  fr: [
    'J’autorise Gigafibre à débiter la carte ou le compte bancaire choisi du montant de chacune de mes factures. Le montant varie d’une facture à l’autre.',
    'Le débit est fait à la date d’échéance de la facture. D’un compte bancaire, jamais moins de dix jours après l’envoi de la facture, qui sert de préavis, et le premier jour ouvrable suivant si cette date n’en est pas un.',
    'Le premier débit d’un compte bancaire n’est pas fait avant dix jours suivant la confirmation écrite de cet accord.',
    'Je peux annuler cet accord en tout temps, dans mon espace client ou en nous écrivant; il cesse aussitôt. Modèle d’annulation et renseignements : paiements.ca. Annuler l’accord ne met fin ni au service ni à la dette.',
    'J’ai certains recours si un débit n’est pas conforme à cet accord, notamment le remboursement de tout débit qui n’est pas autorisé ou qui n’y est pas conforme. Pour en savoir plus : mon institution financière ou paiements.ca.',
    'Un débit refusé faute de fonds peut être présenté une autre fois dans les trente jours, du même montant. Aucuns frais ne sont ajoutés pour un consommateur.',
  ].join('\n\n'),
  en: [
    'I authorize Gigafibre to charge the chosen card or bank account for the amount of each of my invoices. The amount varies from one invoice to the next.',
    'The charge is made on the due date of the invoice. From a bank account, never less than ten days after the invoice is sent, which serves as pre-notification, and on the next business day when that date is not one.',
    'The first debit of a bank account is not made within ten days of the written confirmation of this agreement.',
    'I may cancel this agreement at any time, in my account or by writing to you; it ends at once. Cancellation form and information: payments.ca. Cancelling the agreement ends neither the service nor the debt.',
    'I have certain recourse rights if a debit does not comply with this agreement, such as reimbursement for any debit that is not authorized or is not consistent with it. For more: my financial institution or payments.ca.',
    'A debit refused for lack of funds may be presented once more within thirty days, for the same amount. No fee is added for a consumer.',
  ].join('\n\n'),
} as const;

/** Every edition there ever was: one is added with each change of the words, none is taken away or changed. */
export const AGREEMENT_EDITIONS: ReadonlyMap<string, Readonly<{ fr: string; en: string }>> = new Map([
  [AGREEMENT_VERSION, AGREEMENT_TEXT],
]);

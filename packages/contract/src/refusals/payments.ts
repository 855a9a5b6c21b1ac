import type { RefusalDeclaration } from '../refusals.ts';

export const paymentsRefusals = {
  nothing_to_pay: {
    status: 409,
    fr: () => 'Il n’y a rien à payer pour le moment.',
    en: () => 'There is nothing to pay at the moment.',
  },
  invoice_already_paid: {
    status: 409,
    fr: (d) => `La facture ${d['invoice'] ?? ''} est déjà payée.`,
    en: (d) => `Invoice ${d['invoice'] ?? ''} is already paid.`,
  },
  amount_too_small: {
    status: 422,
    fr: () => 'Le paiement en ligne commence à 0,50\u00a0$. Ce montant s’ajoutera à votre prochaine facture.',
    en: () => 'Online payment starts at $0.50. This amount will be added to your next invoice.',
  },
  payment_refused: {
    status: 422,
    fr: (d) => `Le service de paiement a refusé la demande (${d['reason'] ?? ''}).`,
    en: (d) => `The payment service refused the request (${d['reason'] ?? ''}).`,
  },
  amount_not_valid: {
    status: 422,
    fr: () => 'Le montant d’un paiement doit être plus grand que zéro.',
    en: () => 'The amount of a payment must be more than zero.',
  },
  cash_not_rounded: {
    status: 422,
    fr: () => 'Un paiement comptant se termine par 0 ou 5 cents.',
    en: () => 'A cash payment ends in 0 or 5 cents.',
  },
  date_in_the_future: {
    status: 422,
    fr: (d) => `Le ${d['date'] ?? ''} n’est pas encore arrivé.`,
    en: (d) => `${d['date'] ?? ''} has not come yet.`,
  },
  reference_used: {
    status: 409,
    fr: (d) => `Ce paiement est déjà inscrit : ${d['payment'] ?? ''}.`,
    en: (d) => `This payment is already recorded: ${d['payment'] ?? ''}.`,
  },
  customer_needed: {
    status: 422,
    fr: () => 'Dites à quel client appartient cet argent.',
    en: () => 'Say which customer this money belongs to.',
  },
  refund_too_large: {
    status: 422,
    fr: (d) => `Il reste ${d['left'] ?? ''} à rembourser de ce paiement.`,
    en: (d) => `${d['left'] ?? ''} is left to refund of this payment.`,
  },
  payment_disputed: {
    status: 409,
    fr: () => 'Ce paiement est contesté auprès de la banque : il ne peut pas être remboursé.',
    en: () => 'This payment is disputed with the bank: it cannot be refunded.',
  },
  credit_refund_too_large: {
    status: 409,
    fr: (d) => `Il reste ${d['left'] ?? ''} de crédit venu sans paiement à rembourser.`,
    en: (d) => `${d['left'] ?? ''} of credit that came with no payment is left to refund.`,
  },
  refund_no_method: {
    status: 409,
    fr: () => 'Aucun paiement ne peut rendre cette somme à son mode de paiement : remboursez-la à la main.',
    en: () => 'No payment can give this amount back to its method: refund it by hand.',
  },
  refund_by_hand_only: {
    status: 422,
    fr: () => 'Ce paiement a été pris à la main : remboursez-le comptant, par chèque ou par virement.',
    en: () => 'This payment was taken by hand: refund it in cash, by cheque or by transfer.',
  },
  method_needed: {
    status: 409,
    fr: () => 'Enregistrez d’abord une carte ou un compte bancaire.',
    en: () => 'Save a card or a bank account first.',
  },
  method_not_usable: {
    status: 409,
    fr: () => 'Cette carte ou ce compte ne peut plus servir : enregistrez-en un autre.',
    en: () => 'This card or account cannot be used any more: save another one.',
  },
  agreement_text_changed: {
    status: 409,
    fr: () => 'Le texte de l’accord a changé : relisez-le avant d’accepter.',
    en: () => 'The words of the agreement have changed: read them again before accepting.',
  },
  more_than_owed: {
    status: 422,
    fr: (d) => `Ce client doit ${d['owed'] ?? ''} : on ne prélève pas plus.`,
    en: (d) => `This customer owes ${d['owed'] ?? ''}: no more can be charged.`,
  },
  debit_under_way: {
    status: 409,
    fr: (d) =>
      d['date']
        ? `Un paiement est en traitement : réponse de la banque attendue au plus tard le ${d['date']}.`
        : 'Un paiement est en traitement.',
    en: (d) =>
      d['date']
        ? `A payment is being processed: the bank’s answer is expected by ${d['date']}.`
        : 'A payment is being processed.',
  },
  own_refund: {
    status: 409,
    fr: () => 'Un remboursement est approuvé par une autre personne que celle qui le demande.',
    en: () => 'A refund is approved by somebody other than the person who asks for it.',
  },
  webhook_not_believed: {
    status: 400,
    fr: (d) => `Avis refusé : ${d['reason'] ?? ''}.`,
    en: (d) => `Notice refused: ${d['reason'] ?? ''}.`,
  },
  not_sold_online: {
    status: 422,
    fr: (d) => `L’article ${d['sku'] ?? ''} ne s’achète pas en ligne.`,
    en: (d) => `Item ${d['sku'] ?? ''} cannot be bought online.`,
  },
  bank_rail_not_set: {
    status: 409,
    fr: () => 'Les prélèvements par fichier bancaire ne sont pas encore configurés.',
    en: () => 'Debits by bank file are not set up yet.',
  },
  bank_account_not_valid: {
    status: 422,
    fr: () => 'Ce compte n’existe pas : vérifiez l’institution, le transit et le numéro sur un chèque.',
    en: () => 'There is no such account: check the institution, the transit and the number on a cheque.',
  },
  nothing_to_collect: {
    status: 409,
    fr: () => 'Aucun prélèvement n’attend un fichier.',
    en: () => 'No debit is waiting for a file.',
  },
  own_debit_file: {
    status: 409,
    fr: () => 'Un fichier est libéré par une autre personne que celle qui l’a préparé.',
    en: () => 'A file is released by somebody other than the person who made it.',
  },
  bank_file_cut: {
    status: 422,
    fr: (d) => `Le fichier est incomplet : ${d['reason'] ?? ''}. Téléchargez-le de nouveau à la banque.`,
    en: (d) => `The file is incomplete: ${d['reason'] ?? ''}. Download it from the bank again.`,
  },
  bank_file_foreign: {
    status: 422,
    fr: (d) => `Ce fichier est celui d’un autre émetteur : ${d['originator'] ?? ''}.`,
    en: (d) => `This file belongs to another originator: ${d['originator'] ?? ''}.`,
  },
  bank_file_altered: {
    status: 422,
    fr: (d) => `Ce que dit le fichier ne concorde pas : ${d['reason'] ?? ''}. Rien n’a été inscrit.`,
    en: (d) => `The file does not agree with itself or with us: ${d['reason'] ?? ''}. Nothing was recorded.`,
  },
  statement_unreadable: {
    status: 422,
    fr: (d) => `Ligne ${d['line'] ?? ''} du relevé : ${d['reason'] ?? ''}. Rien n’a été inscrit.`,
    en: (d) => `Line ${d['line'] ?? ''} of the statement: ${d['reason'] ?? ''}. Nothing was recorded.`,
  },
  statement_too_long: {
    status: 422,
    fr: (d) => `Le relevé a plus de ${d['limit'] ?? ''} lignes : exportez une période plus courte.`,
    en: (d) => `The statement has more than ${d['limit'] ?? ''} lines: export a shorter period.`,
  },
  payment_not_this_line: {
    status: 409,
    fr: () => 'Ce paiement n’est pas celui de cette ligne : autre client, autre montant, ou déjà rapproché.',
    en: () => 'This payment is not that of this line: another customer, another amount, or matched already.',
  },
  file_not_this_line: {
    status: 409,
    fr: () =>
      'Ce fichier n’est pas celui de cette ligne : autre montant, pas à la banque, ou déjà rapproché.',
    en: () => 'This file is not that of this line: another amount, not with the bank, or matched already.',
  },
  payment_gone_since: {
    status: 409,
    fr: () => 'Une partie de ce paiement a déjà été remboursée ou reprise : il ne peut plus être annulé.',
    en: () => 'Part of this payment was already refunded or taken back: it cannot be undone any more.',
  },
  debits_not_sent: {
    status: 409,
    fr: (d) =>
      `Marquez d’abord le fichier ${d['file'] ?? ''} comme envoyé : ce retour parle de ses prélèvements. Rien n’a été inscrit.`,
    en: (d) =>
      `Mark file ${d['file'] ?? ''} as sent first: this return speaks of its debits. Nothing was recorded.`,
  },
  debit_day_passed: {
    status: 409,
    fr: (d) =>
      `Ce fichier est à la banque et les comptes sont débités depuis le ${d['date'] ?? ''} : attendez ses retours.`,
    en: (d) => `The bank has this file and debited the accounts on ${d['date'] ?? ''}: wait for its returns.`,
  },
  debit_not_agreed: {
    status: 409,
    fr: () =>
      'Ce compte ne peut être débité qu’avec un accord de débit préautorisé en vigueur, ou l’autorisation du payeur pour ce débit.',
    en: () =>
      'This account can only be debited with a pre-authorized debit agreement in force, or the payer’s authorization for this debit.',
  },
  debit_not_noticed: {
    status: 409,
    fr: () =>
      'L’accord ne couvre pas encore tout ce montant : une facture n’a pas dix jours de préavis, ou était en retard avant l’accord. Il faut l’autorisation du payeur pour ce débit.',
    en: () =>
      'The agreement does not cover all of this yet: an invoice was not sent ten days ago, or was late before the agreement. The payer’s authorization for this debit is needed.',
  },
} as const satisfies Record<string, RefusalDeclaration>;

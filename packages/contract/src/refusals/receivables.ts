import type { RefusalDeclaration } from '../refusals.ts';
import { amount } from './amount.ts';

export const receivablesRefusals = {
  invoice_credited: {
    status: 409,
    fr: (d) => `La facture ${d['invoice'] ?? ''} est déjà créditée en entier.`,
    en: (d) => `Invoice ${d['invoice'] ?? ''} is already credited in full.`,
  },
  invoice_written_off: {
    status: 409,
    fr: (d) =>
      `La facture ${d['invoice'] ?? ''} est radiée et ses taxes réclamées : annulez d’abord la radiation.`,
    en: (d) =>
      `Invoice ${d['invoice'] ?? ''} is written off and its taxes claimed back: recover the write-off first.`,
  },
  credit_line_unknown: {
    status: 422,
    fr: (d) => `La facture ${d['invoice'] ?? ''} n’a pas de ligne ${d['line'] ?? ''}.`,
    en: (d) => `Invoice ${d['invoice'] ?? ''} has no line ${d['line'] ?? ''}.`,
  },
  credit_line_twice: {
    status: 422,
    fr: (d) => `La ligne ${d['line'] ?? ''} est nommée deux fois.`,
    en: (d) => `Line ${d['line'] ?? ''} is named twice.`,
  },
  credit_amount_or_quantity: {
    status: 422,
    fr: (d) => `Ligne ${d['line'] ?? ''} : donnez une quantité ou un montant, pas les deux.`,
    en: (d) => `Line ${d['line'] ?? ''}: give a quantity or an amount, not both.`,
  },
  credit_above_left: {
    status: 422,
    fr: (d) =>
      d['line'] === undefined
        ? `Il reste ${amount(d['leftCents'], 'fr')} à créditer sur la facture ${d['invoice'] ?? ''}, pas davantage.`
        : `Ligne ${d['line'] ?? ''} : il reste ${amount(d['leftCents'], 'fr')} à créditer, et le crédit a le signe de la ligne.`,
    en: (d) =>
      d['line'] === undefined
        ? `${amount(d['leftCents'], 'en')} is left to credit on invoice ${d['invoice'] ?? ''}, and no more.`
        : `Line ${d['line'] ?? ''}: ${amount(d['leftCents'], 'en')} is left to credit, and the credit has the sign of the line.`,
  },
  credit_again_whole: {
    status: 422,
    fr: (d) =>
      `Ligne ${d['line'] ?? ''} : ce qui doit être refacturé se crédite en entier, et vient du catalogue.`,
    en: (d) =>
      `Line ${d['line'] ?? ''}: what is to be billed again is credited whole, and is of the catalog.`,
  },
  nothing_to_credit: {
    status: 422,
    fr: () => 'Il n’y a rien à créditer.',
    en: () => 'There is nothing to credit.',
  },
  approval_needed: {
    status: 403,
    fr: (d) =>
      `Au-dessus de ${amount(d['limitCents'], 'fr')}, il faut le droit « billing.approve ». Demandez-le à un gestionnaire.`,
    en: (d) => `Above ${amount(d['limitCents'], 'en')} the right “billing.approve” is needed. Ask a manager.`,
  },
  amount_not_positive: {
    status: 422,
    fr: () => 'Le montant doit être plus grand que zéro.',
    en: () => 'The amount must be more than zero.',
  },
  amount_above_outstanding: {
    status: 422,
    fr: (d) => `Il reste ${amount(d['leftCents'], 'fr')}, pas davantage.`,
    en: (d) => `${amount(d['leftCents'], 'en')} is left, and no more.`,
  },
  nothing_outstanding: {
    status: 409,
    fr: (d) => `Il ne reste rien à payer sur la facture ${d['invoice'] ?? ''}.`,
    en: (d) => `Nothing is left to pay on invoice ${d['invoice'] ?? ''}.`,
  },
  customer_has_credit: {
    status: 409,
    fr: (d) =>
      `Le client a un crédit de ${amount(d['creditCents'], 'fr')} : affectez-le avant de radier la facture.`,
    en: (d) =>
      `The customer has a credit of ${amount(d['creditCents'], 'en')}: apply it before writing the invoice off.`,
  },
  write_off_recovered: {
    status: 409,
    fr: (d) => `La radiation ${d['writeOff'] ?? ''} est déjà recouvrée en entier.`,
    en: (d) => `Write-off ${d['writeOff'] ?? ''} is already recovered in full.`,
  },
  dispute_open: {
    status: 409,
    fr: (d) => `La facture ${d['invoice'] ?? ''} est déjà contestée : réglez d’abord ${d['dispute'] ?? ''}.`,
    en: (d) => `Invoice ${d['invoice'] ?? ''} is already disputed: decide ${d['dispute'] ?? ''} first.`,
  },
  dispute_closed: {
    status: 409,
    fr: (d) => `La contestation ${d['dispute'] ?? ''} est déjà réglée.`,
    en: (d) => `Dispute ${d['dispute'] ?? ''} is already decided.`,
  },
  dispute_credit_note: {
    status: 422,
    fr: (d) =>
      `Une contestation accordée nomme une note de crédit de la facture ${d['invoice'] ?? ''}; une contestation rejetée n’en nomme aucune.`,
    en: (d) =>
      `A dispute that is granted names a credit note of invoice ${d['invoice'] ?? ''}; one that is not names none.`,
  },
  interest_above_law: {
    status: 422,
    fr: (d) =>
      `Un taux de plus de ${d['maxPercent'] ?? ''}\u00a0% par année est criminel (Code criminel, art. 347).`,
    en: (d) => `A rate above ${d['maxPercent'] ?? ''}% a year is criminal (Criminal Code, s. 347).`,
  },
  interest_in_the_past: {
    status: 422,
    fr: (d) => `Les intérêts ne changent qu’à partir d’un jour à venir; le ${d['date'] ?? ''} est passé.`,
    en: (d) => `Interest changes from a day to come only; ${d['date'] ?? ''} is past.`,
  },
  fee_forbidden: {
    status: 422,
    fr: (d) => `Ces frais ne peuvent pas être facturés : ${d['lawFr'] ?? ''}.`,
    en: (d) => `This fee cannot be charged: ${d['lawEn'] ?? ''}.`,
  },
  dates_reversed: {
    status: 422,
    fr: (d) => `La période finit (${d['to'] ?? ''}) avant de commencer (${d['from'] ?? ''}).`,
    en: (d) => `The period ends (${d['to'] ?? ''}) before it starts (${d['from'] ?? ''}).`,
  },
  exemption_overlaps: {
    status: 409,
    fr: (d) => `L’exonération ${d['exemption'] ?? ''} couvre déjà une de ces taxes pendant ces jours.`,
    en: (d) => `Exemption ${d['exemption'] ?? ''} already covers one of these taxes on these days.`,
  },
  exemption_ended: {
    status: 409,
    fr: (d) => `L’exonération ${d['exemption'] ?? ''} a déjà une fin.`,
    en: (d) => `Exemption ${d['exemption'] ?? ''} has an end already.`,
  },
  statement_too_long: {
    status: 422,
    fr: (d) => `Ce relevé aurait plus de ${d['limit'] ?? ''} lignes : choisissez une période plus courte.`,
    en: (d) => `This statement would have more than ${d['limit'] ?? ''} lines: choose a shorter period.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;

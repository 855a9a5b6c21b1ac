import { amount } from './amount.ts';
import type { RefusalDeclaration } from '../refusals.ts';

export const salesRefusals = {
  quote_needs_customer: {
    status: 422,
    fr: () => 'Choisissez un client existant ou inscrivez une personne, pas les deux.',
    en: () => 'Choose an existing customer or write down a person, not both.',
  },
  option_not_allowed: {
    status: 422,
    fr: (d) => `L’option « ${d['sku'] ?? ''} » ne se vend pas avec ce forfait.`,
    en: (d) => `The option “${d['sku'] ?? ''}” is not sold with this plan.`,
  },
  price_changed: {
    status: 409,
    fr: (d) => `Le prix de « ${d['sku'] ?? ''} » a changé. Vérifiez le nouveau total, puis confirmez.`,
    en: (d) => `The price of “${d['sku'] ?? ''}” has changed. Check the new total, then confirm.`,
  },
  frequency_not_quoted: {
    status: 422,
    fr: (d) =>
      `« ${d['sku'] ?? ''} » ne se facture ni chaque mois ni une seule fois : il ne se met pas en soumission.`,
    en: (d) => `“${d['sku'] ?? ''}” is billed neither monthly nor once: it cannot be quoted.`,
  },
  term_needs_service: {
    status: 422,
    fr: () => 'Une durée engage pour un service : ajoutez un forfait, ou retirez la durée.',
    en: () => 'A term binds for a service: add a plan, or remove the term.',
  },
  rebate_above_goods: {
    status: 422,
    fr: (d) =>
      `Le rabais de la durée se prend sur les appareils achetés, et ne dépasse pas leur prix (${amount(d['maxCents'], 'fr')}).`,
    en: (d) =>
      `The rebate of the term is taken off the devices bought, and is not above their price (${amount(d['maxCents'], 'en')}).`,
  },
  too_many_lines: {
    status: 422,
    fr: (d) => `Au plus ${d['most'] ?? ''} services par soumission.`,
    en: (d) => `At most ${d['most'] ?? ''} services per quote.`,
  },
  one_plan_each: {
    status: 422,
    fr: (d) =>
      `Un service a un seul forfait Internet et un seul forfait de télévision : « ${d['sku'] ?? ''} » est de trop.`,
    en: (d) =>
      `A service has one Internet plan and one television plan: “${d['sku'] ?? ''}” is one too many.`,
  },
  date_in_the_past: {
    status: 422,
    fr: (d) => `Le ${d['date'] ?? ''} est déjà passé.`,
    en: (d) => `${d['date'] ?? ''} is already past.`,
  },
  no_way_to_reach: {
    status: 422,
    fr: () => 'Il faut une adresse courriel ou un téléphone cellulaire pour joindre cette personne.',
    en: () => 'An e-mail address or a cell phone is needed to reach this person.',
  },
  quote_expired: {
    status: 410,
    fr: (d) => `La soumission ${d['quote'] ?? ''} est expirée. Demandez-nous-en une nouvelle.`,
    en: (d) => `Quote ${d['quote'] ?? ''} has expired. Ask us for a new one.`,
  },
  quote_superseded: {
    status: 410,
    fr: (d) =>
      `La soumission ${d['quote'] ?? ''} a été remplacée par une version plus récente. Utilisez le dernier lien reçu.`,
    en: (d) => `Quote ${d['quote'] ?? ''} was replaced by a newer version. Use the latest link you received.`,
  },
  quote_already_accepted: {
    status: 409,
    fr: (d) => `La soumission ${d['quote'] ?? ''} est déjà acceptée.`,
    en: (d) => `Quote ${d['quote'] ?? ''} is already accepted.`,
  },
  quote_declined: {
    status: 410,
    fr: (d) => `La soumission ${d['quote'] ?? ''} a été refusée. Demandez-nous-en une nouvelle.`,
    en: (d) => `Quote ${d['quote'] ?? ''} was declined. Ask us for a new one.`,
  },
  quote_altered: {
    status: 409,
    fr: (d) =>
      `La soumission ${d['quote'] ?? ''} ne correspond plus à ce qui vous a été envoyé. Demandez un nouveau lien.`,
    en: (d) => `Quote ${d['quote'] ?? ''} no longer matches what was sent to you. Ask for a new link.`,
  },
  code_attempts_spent: {
    status: 403,
    fr: () => 'Trop d’essais avec ce code. Demandez-en un autre.',
    en: () => 'Too many tries with this code. Ask for another.',
  },
  french_first: {
    status: 409,
    fr: () => 'La version française du contrat doit d’abord vous être présentée. Rouvrez le lien.',
    en: () => 'The French version of the contract must be presented to you first. Open the link again.',
  },
  contract_not_ready: {
    status: 409,
    fr: () => 'Le contrat scellé n’est pas encore prêt. Réessayez dans une minute.',
    en: () => 'The sealed contract is not ready yet. Try again in a minute.',
  },
} as const satisfies Record<string, RefusalDeclaration>;

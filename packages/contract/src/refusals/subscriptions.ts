import { amount } from './amount.ts';
import type { RefusalDeclaration } from '../refusals.ts';

export const subscriptionsRefusals = {
  activation_day: {
    status: 422,
    fr: (d) =>
      `Un service ne commence ni dans l’avenir ni plus de ${d['daysMax'] ?? ''} jours dans le passé (${d['on'] ?? ''}).`,
    en: (d) =>
      `A service starts neither in the future nor more than ${d['daysMax'] ?? ''} days in the past (${d['on'] ?? ''}).`,
  },
  equipment_not_here: {
    status: 409,
    fr: (d) => `L’appareil ${d['equipmentId'] ?? ''} n’est pas installé à cette adresse.`,
    en: (d) => `Device ${d['equipmentId'] ?? ''} is not installed at this address.`,
  },
  equipment_needed: {
    status: 409,
    fr: () => 'Installez d’abord l’ONT à cette adresse : un service Internet ne commence pas sans lui.',
    en: () => 'Install the ONT at this address first: an Internet service does not start without it.',
  },
  change_day: {
    status: 422,
    fr: (d) => `Un changement se fait entre le ${d['from'] ?? ''} et le ${d['to'] ?? ''}.`,
    en: (d) => `A change can be made from ${d['from'] ?? ''} to ${d['to'] ?? ''}.`,
  },
  not_a_plan: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’est pas un forfait offert.`,
    en: (d) => `“${d['sku'] ?? ''}” is not a plan on sale.`,
  },
  same_plan: {
    status: 409,
    fr: () => 'C’est déjà le forfait de ce service, au même prix.',
    en: () => 'The service already has this plan, at the same price.',
  },
  option_not_allowed: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » ne peut pas s’ajouter à ce forfait.`,
    en: (d) => `“${d['sku'] ?? ''}” cannot be added to this plan.`,
  },
  option_taken: {
    status: 409,
    fr: (d) => `Ce service a déjà l’option « ${d['sku'] ?? ''} ».`,
    en: (d) => `This service already has the option “${d['sku'] ?? ''}”.`,
  },
  price_notice: {
    status: 422,
    fr: (d) =>
      `Le prix d’un consommateur n’augmente qu’après un avis écrit d’au moins ${d['daysMin'] ?? ''} jours : à partir du ${d['from'] ?? ''} (Loi sur la protection du consommateur, art. 11.2).`,
    en: (d) =>
      `A consumer’s price goes up only after ${d['daysMin'] ?? ''} days’ written notice: from ${d['from'] ?? ''} (Consumer Protection Act, s. 11.2).`,
  },
  debt_not_ripe: {
    status: 409,
    fr: (d) =>
      d['what'] === 'end'
        ? `Le défaut de paiement ne permet pas encore de mettre fin au service : ${d['whyFr'] ?? ''}.`
        : `Pas de suspension pour non-paiement maintenant : ${d['whyFr'] ?? ''}.`,
    en: (d) =>
      d['what'] === 'end'
        ? `Non-payment does not allow the service to be ended yet: ${d['whyEn'] ?? ''}.`
        : `No suspension for non-payment now: ${d['whyEn'] ?? ''}.`,
  },
  company_notice: {
    status: 422,
    fr: (d) =>
      `Nous ne mettons fin au service d’un consommateur qu’après un avis écrit de ${d['daysMin'] ?? ''} jours : à partir du ${d['from'] ?? ''}, sauf pour fraude, sécurité ou obligation légale (Loi sur la protection du consommateur).`,
    en: (d) =>
      `We end a consumer’s service only after ${d['daysMin'] ?? ''} days’ written notice: from ${d['from'] ?? ''}, unless for fraud, safety or a duty of law (Consumer Protection Act).`,
  },
  term_kept: {
    status: 422,
    fr: (d) =>
      `Ce contrat est à durée déterminée : nous ne pouvons pas y mettre fin avant le ${d['until'] ?? ''}, sauf pour fraude, sécurité ou obligation légale.`,
    en: (d) =>
      `This contract is for a fixed term: we cannot end it before ${d['until'] ?? ''}, unless for fraud, safety or a duty of law.`,
  },
  plan_stays: {
    status: 422,
    fr: () => 'Un forfait ne se retire pas : changez-le, ou mettez fin au service.',
    en: () => 'A plan cannot be removed: change it, or end the service.',
  },
  price_fixed: {
    status: 422,
    fr: (d) =>
      `Le prix d’un contrat à durée déterminée ne peut pas augmenter avant le ${d['until'] ?? ''} (Loi sur la protection du consommateur, art. 11.2).`,
    en: (d) =>
      `The price of a fixed-term contract cannot go up before ${d['until'] ?? ''} (Consumer Protection Act, s. 11.2).`,
  },
  discount_not_repriced: {
    status: 422,
    fr: () => 'Un rabais ne change pas de prix : retirez-le, puis donnez-en un autre.',
    en: () => 'A discount is not repriced: remove it, then give another one.',
  },
  end_is_set: {
    status: 409,
    fr: (d) => `La fin de ce service est prévue le ${d['on'] ?? ''} : changez-en d’abord la date.`,
    en: (d) => `This service is set to end on ${d['on'] ?? ''}: change that date first.`,
  },
  move_is_set: {
    status: 409,
    fr: (d) =>
      `Le déménagement de ce service est prévu le ${d['on'] ?? ''} : retirez-le ou faites-le d’abord.`,
    en: (d) => `This service is set to move on ${d['on'] ?? ''}: take that back first, or wait for it.`,
  },
  no_move_set: {
    status: 409,
    fr: () => 'Aucun déménagement n’est prévu pour ce service.',
    en: () => 'No move is set for this service.',
  },
  same_address: {
    status: 409,
    fr: (d) => `Le service est déjà à cette adresse (${d['address'] ?? ''}).`,
    en: (d) => `The service is already at this address (${d['address'] ?? ''}).`,
  },
  address_not_served: {
    status: 409,
    fr: (d) =>
      `${d['address'] ?? ''} ne peut pas être servi ce jour-là : ${
        d['why'] === 'construction'
          ? 'il faut d’abord prolonger le réseau ou libérer un port'
          : d['why'] === 'survey'
            ? 'il faut d’abord une visite du réseau'
            : 'le réseau n’y va pas'
      }.`,
    en: (d) =>
      `${d['address'] ?? ''} cannot be served on that day: ${
        d['why'] === 'construction'
          ? 'the network must be built out or a port freed first'
          : d['why'] === 'survey'
            ? 'somebody must survey it first'
            : 'the network does not reach it'
      }.`,
  },
  not_a_bundle: {
    status: 422,
    fr: (d) => `« ${d['sku'] ?? ''} » n’est pas une offre groupée en vente.`,
    en: (d) => `“${d['sku'] ?? ''}” is not a bundle on sale.`,
  },
  bundle_taken: {
    status: 409,
    fr: () => 'Ce service a déjà une offre groupée avec l’un de ces éléments.',
    en: () => 'This service already has a bundle with one of these parts.',
  },
  bundle_incomplete: {
    status: 422,
    fr: (d) => `Il manque un élément de l’offre groupée : choisissez parmi ${d['skus'] ?? ''}.`,
    en: (d) => `A part of the bundle is missing: choose one of ${d['skus'] ?? ''}.`,
  },
  same_billing_day: {
    status: 409,
    fr: () => 'Ce client est déjà facturé ce jour-là.',
    en: () => 'This customer is already billed on that day.',
  },
  discount_too_large: {
    status: 422,
    fr: (d) => `Un rabais ne dépasse pas le prix de ce qu’il rabat (${amount(d['maxCents'], 'fr')}).`,
    en: (d) => `A discount is not above the price it is taken off (${amount(d['maxCents'], 'en')}).`,
  },
  discounts_above_rest: {
    status: 409,
    fr: (d) =>
      `Le ${d['on'] ?? ''}, les rabais dépasseraient de ${amount(d['excessCents'], 'fr')} le reste du service : retirez d’abord un rabais.`,
    en: (d) =>
      `On ${d['on'] ?? ''} the discounts would exceed the rest of the service by ${amount(d['excessCents'], 'en')}: remove a discount first.`,
  },
  hold_length: {
    status: 422,
    fr: (d) => `Une pause dure de ${d['min'] ?? ''} à ${d['max'] ?? ''} jours.`,
    en: (d) => `A hold lasts ${d['min'] ?? ''} to ${d['max'] ?? ''} days.`,
  },
} as const satisfies Record<string, RefusalDeclaration>;

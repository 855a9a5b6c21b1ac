import { z } from 'zod';
import { template, type Template } from '../template.ts';

/** What every confirmation of a change knows: amounts before taxes, written in the customer's language. */
const facts = z.object({
  name: z.string(),
  service: z.string(),
  /** What begins, ends or changes, by name. */
  what: z.string(),
  /** First day on which it holds; the last day of service, for an end. */
  on: z.string(),
  /** A month of the service before and after, or the price of one thing before and after. */
  before: z.string(),
  after: z.string(),
  /** What the next invoice carries more or less; empty for nothing. */
  more: z.string(),
  less: z.string(),
  /** The day it comes back; empty when nobody said. */
  until: z.string(),
  url: z.url(),
});
type Facts = z.output<typeof facts>;
type Words = Readonly<{
  subject: (f: Facts) => string;
  says: (f: Facts) => readonly string[];
  sms: (f: Facts) => string;
}>;

const money = {
  fr: ({ more, less }: Facts) => [
    ...(more === '' ? [] : [`Votre prochaine facture portera ${more} de plus, avant taxes.`]),
    ...(less === '' ? [] : [`Votre prochaine facture portera un crédit de ${less}, avant taxes.`]),
  ],
  en: ({ more, less }: Facts) => [
    ...(more === '' ? [] : [`Your next invoice will carry ${more} more, before taxes.`]),
    ...(less === '' ? [] : [`Your next invoice will carry a credit of ${less}, before taxes.`]),
  ],
} as const;
const MONTH = {
  fr: (f: Facts) => `Votre service coûtera ${f.after} par mois avant taxes, au lieu de ${f.before}.`,
  en: (f: Facts) => `Your service will cost ${f.after} a month before taxes, instead of ${f.before}.`,
} as const;
const NOT_YOU = {
  fr: 'Ce n’est pas ce que vous avez demandé? Répondez-nous, on le corrigera.',
  en: 'Not what you asked for? Answer us and we will set it right.',
} as const;

const confirmation = <Name extends string>(name: Name, words: Readonly<{ fr: Words; en: Words }>) => {
  const say = (language: 'fr' | 'en') => (f: Facts) => ({
    subject: words[language].subject(f),
    paragraphs: [
      `${language === 'fr' ? 'Bonjour' : 'Hello'} ${f.name},`,
      ...words[language].says(f),
      ...money[language](f),
      NOT_YOU[language],
    ],
    button: { label: language === 'fr' ? 'Mes services' : 'My services', url: f.url },
    sms: words[language].sms(f),
  });
  return { ...template({ name, variables: facts, fr: say('fr'), en: say('en') }), name } satisfies Template<
    typeof facts
  >;
};

export const serviceEnds = confirmation('service_ends', {
  fr: {
    subject: (f) => `Fin de votre service : ${f.on}`,
    says: (f) => [
      `Votre service ${f.service} prend fin le ${f.on}, dernier jour de service.`,
      'Les jours payés d’avance vous sont crédités. Si vous avez un appareil en location, nous vous écrirons pour le reprendre.',
    ],
    sms: (f) => `Gigafibre : votre service ${f.service} prend fin le ${f.on}.`,
  },
  en: {
    subject: (f) => `End of your service: ${f.on}`,
    says: (f) => [
      `Your ${f.service} service ends on ${f.on}, its last day.`,
      'Days paid in advance are credited to you. If you rent a device, we will write to take it back.',
    ],
    sms: (f) => `Gigafibre: your ${f.service} service ends on ${f.on}.`,
  },
});

export const planChanged = confirmation('plan_changed', {
  fr: {
    subject: (f) => `Votre nouveau forfait : ${f.what}`,
    says: (f) => [`À partir du ${f.on}, votre forfait est ${f.what}.`, MONTH.fr(f)],
    sms: (f) => `Gigafibre : forfait ${f.what} à partir du ${f.on}, ${f.after}/mois avant taxes.`,
  },
  en: {
    subject: (f) => `Your new plan: ${f.what}`,
    says: (f) => [`From ${f.on}, your plan is ${f.what}.`, MONTH.en(f)],
    sms: (f) => `Gigafibre: plan ${f.what} from ${f.on}, ${f.after}/month before taxes.`,
  },
});

export const optionAdded = confirmation('option_added', {
  fr: {
    subject: (f) => `Ajouté à votre service : ${f.what}`,
    says: (f) => [`À partir du ${f.on}, votre service ${f.service} comprend ${f.what}.`, MONTH.fr(f)],
    sms: (f) => `Gigafibre : ${f.what} ajouté à partir du ${f.on}, ${f.after}/mois avant taxes.`,
  },
  en: {
    subject: (f) => `Added to your service: ${f.what}`,
    says: (f) => [`From ${f.on}, your ${f.service} service includes ${f.what}.`, MONTH.en(f)],
    sms: (f) => `Gigafibre: ${f.what} added from ${f.on}, ${f.after}/month before taxes.`,
  },
});

export const optionRemoved = confirmation('option_removed', {
  fr: {
    subject: (f) => `Retiré de votre service : ${f.what}`,
    says: (f) => [`À partir du ${f.on}, votre service ${f.service} ne comprend plus ${f.what}.`, MONTH.fr(f)],
    sms: (f) => `Gigafibre : ${f.what} retiré à partir du ${f.on}, ${f.after}/mois avant taxes.`,
  },
  en: {
    subject: (f) => `Removed from your service: ${f.what}`,
    says: (f) => [`From ${f.on}, your ${f.service} service no longer includes ${f.what}.`, MONTH.en(f)],
    sms: (f) => `Gigafibre: ${f.what} removed from ${f.on}, ${f.after}/month before taxes.`,
  },
});

export const vacationStarts = confirmation('vacation_starts', {
  fr: {
    subject: () => 'Votre pause est confirmée',
    says: (f) => [
      `Votre service ${f.service} est en pause à partir du ${f.on}. D’ici son retour, il coûte ${f.after} par mois avant taxes, au lieu de ${f.before}.`,
      f.until === ''
        ? 'Dites-nous quand vous voulez le ravoir : il revient le jour même, sans frais.'
        : `Il revient de lui-même le ${f.until}, sans frais.`,
    ],
    sms: (f) =>
      `Gigafibre : votre service est en pause à partir du ${f.on}.${f.until === '' ? '' : ` Retour : ${f.until}.`}`,
  },
  en: {
    subject: () => 'Your hold is confirmed',
    says: (f) => [
      `Your ${f.service} service is on hold from ${f.on}. Until it comes back it costs ${f.after} a month before taxes, instead of ${f.before}.`,
      f.until === ''
        ? 'Tell us when you want it back: it returns the same day, at no cost.'
        : `It comes back by itself on ${f.until}, at no cost.`,
    ],
    sms: (f) =>
      `Gigafibre: your service is on hold from ${f.on}.${f.until === '' ? '' : ` Back on ${f.until}.`}`,
  },
});

export const vacationEnds = confirmation('vacation_ends', {
  fr: {
    subject: () => 'Votre service est de retour',
    says: (f) => [
      `Votre service ${f.service} est de retour depuis le ${f.on} : ${f.after} par mois avant taxes.`,
    ],
    sms: (f) => `Gigafibre : votre service est de retour depuis le ${f.on}.`,
  },
  en: {
    subject: () => 'Your service is back',
    says: (f) => [`Your ${f.service} service is back since ${f.on}: ${f.after} a month before taxes.`],
    sms: (f) => `Gigafibre: your service is back since ${f.on}.`,
  },
});

/** The notice the law asks for: what it costs, what it will cost, when, and the right to refuse (CPA s. 11.2). */
export const priceRises = confirmation('price_rises', {
  fr: {
    subject: (f) => `Avis de changement de prix à partir du ${f.on}`,
    says: (f) => [
      `Prix actuel de ${f.what} : ${f.before} par mois, avant taxes.`,
      `Nouveau prix à partir du ${f.on} : ${f.after} par mois, avant taxes.`,
      'Vous pouvez refuser ce changement et mettre fin au contrat sans frais ni indemnité, en nous le disant au plus tard 30 jours après son entrée en vigueur.',
    ],
    sms: (f) =>
      `Gigafibre : le prix de ${f.what} passe de ${f.before} à ${f.after} par mois avant taxes le ${f.on}. Vous pouvez refuser et partir sans frais jusqu’à 30 jours après.`,
  },
  en: {
    subject: (f) => `Notice of a price change from ${f.on}`,
    says: (f) => [
      `Current price of ${f.what}: ${f.before} a month, before taxes.`,
      `New price from ${f.on}: ${f.after} a month, before taxes.`,
      'You may refuse this change and end the contract without cost or indemnity, by telling us no later than 30 days after it takes effect.',
    ],
    sms: (f) =>
      `Gigafibre: the price of ${f.what} goes from ${f.before} to ${f.after} a month before taxes on ${f.on}. You may refuse and leave at no cost until 30 days after.`,
  },
});

export const priceLowered = confirmation('price_lowered', {
  fr: {
    subject: (f) => `Votre nouveau prix à partir du ${f.on}`,
    says: (f) => [
      `À partir du ${f.on}, ${f.what} vous coûte ${f.after} par mois avant taxes, au lieu de ${f.before}.`,
    ],
    sms: (f) => `Gigafibre : ${f.what} à ${f.after}/mois avant taxes à partir du ${f.on}.`,
  },
  en: {
    subject: (f) => `Your new price from ${f.on}`,
    says: (f) => [
      `From ${f.on}, ${f.what} costs you ${f.after} a month before taxes, instead of ${f.before}.`,
    ],
    sms: (f) => `Gigafibre: ${f.what} at ${f.after}/month before taxes from ${f.on}.`,
  },
});

export const termEnds = confirmation('term_ends', {
  fr: {
    subject: (f) => `Votre contrat expire le ${f.on}`,
    says: (f) => [
      `La durée de votre contrat (${f.what}) pour ${f.service} expire le ${f.on}.`,
      `Sans nouvelle de votre part, votre service continue au même prix (${f.after} par mois avant taxes), pour une durée indéterminée et sans engagement.`,
    ],
    sms: (f) =>
      `Gigafibre : votre contrat expire le ${f.on}; le service continue au même prix, sans engagement.`,
  },
  en: {
    subject: (f) => `Your contract expires on ${f.on}`,
    says: (f) => [
      `The term of your contract (${f.what}) for ${f.service} expires on ${f.on}.`,
      `If we hear nothing from you, your service goes on at the same price (${f.after} a month before taxes), for an indeterminate time and without commitment.`,
    ],
    sms: (f) =>
      `Gigafibre: your contract expires on ${f.on}; the service goes on at the same price, without commitment.`,
  },
});

export const promotionEnds = confirmation('promotion_ends', {
  fr: {
    subject: (f) => `Votre rabais prend fin le ${f.on}`,
    says: (f) => [
      `Votre rabais « ${f.what} » sur ${f.service} s’applique jusqu’au ${f.on}.`,
      `Ensuite, votre service coûtera ${f.after} par mois avant taxes, au lieu de ${f.before}.`,
    ],
    sms: (f) => `Gigafibre : votre rabais prend fin le ${f.on}; ensuite ${f.after}/mois avant taxes.`,
  },
  en: {
    subject: (f) => `Your discount ends on ${f.on}`,
    says: (f) => [
      `Your discount “${f.what}” on ${f.service} applies until ${f.on}.`,
      `After that your service will cost ${f.after} a month before taxes, instead of ${f.before}.`,
    ],
    sms: (f) => `Gigafibre: your discount ends on ${f.on}; after that ${f.after}/month before taxes.`,
  },
});

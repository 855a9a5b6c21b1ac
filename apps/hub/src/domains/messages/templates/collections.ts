import { z } from 'zod';
import { template, type Template } from '../template.ts';

/** What every notice of the ladder knows. */
const facts = z.object({
  name: z.string(),
  amount: z.string(),
  invoice: z.string(),
  dueDate: z.string(),
  /** The day of suspension it announces; empty when it announces none. */
  announced: z.string(),
  /** What the house adds. */
  added: z.string(),
  url: z.url(),
});
type Facts = z.output<typeof facts>;
type Words = Readonly<{
  subject: (f: Facts) => string;
  paragraphs: (f: Facts) => readonly string[];
  sms: (f: Facts) => string;
}>;

const AGREE = {
  fr: 'Vous ne pouvez pas tout payer maintenant? Écrivez-nous ou appelez-nous : nous pouvons convenir d’une entente de paiement.',
  en: 'You cannot pay it all now? Write to us or call us: we can agree on a payment arrangement.',
} as const;
const CONTEST = {
  fr: 'Si vous contestez ce montant, dites-le-nous. Vous pouvez aussi vous adresser à la Commission des plaintes relatives aux services de télécom-télévision (CPRST) : ccts-cprst.ca.',
  en: 'If you dispute this amount, tell us. You may also contact the Commission for Complaints for Telecom-television Services (CCTS): ccts-cprst.ca.',
} as const;

const notice = <Name extends string>(name: Name, words: Readonly<{ fr: Words; en: Words }>) => {
  const say = (language: 'fr' | 'en') => (f: Facts) => ({
    subject: words[language].subject(f),
    paragraphs: [
      `${language === 'fr' ? 'Bonjour' : 'Hello'} ${f.name},`,
      ...words[language].paragraphs(f),
      ...(f.added === '' ? [] : [f.added]),
    ],
    button: { label: language === 'fr' ? 'Voir et payer' : 'View and pay', url: f.url },
    sms: words[language].sms(f),
  });
  return { ...template({ name, variables: facts, fr: say('fr'), en: say('en') }), name } satisfies Template<
    typeof facts
  >;
};

export const secondNotice = notice('second_notice', {
  fr: {
    subject: (f) => `Deuxième rappel : ${f.amount} en souffrance`,
    paragraphs: (f) => [
      `Votre compte a un solde en souffrance de ${f.amount}; la plus ancienne facture (${f.invoice}) était payable le ${f.dueDate}.`,
      'Si vous avez payé ces jours-ci, ce message n’appelle aucune suite.',
      AGREE.fr,
    ],
    sms: (f) => `Gigafibre : deuxième rappel, ${f.amount} en souffrance. ${f.url}`,
  },
  en: {
    subject: (f) => `Second reminder: ${f.amount} overdue`,
    paragraphs: (f) => [
      `Your account has an overdue balance of ${f.amount}; the oldest invoice (${f.invoice}) was due ${f.dueDate}.`,
      'If you have paid in the last few days, there is nothing to do.',
      AGREE.en,
    ],
    sms: (f) => `Gigafibre: second reminder, ${f.amount} overdue. ${f.url}`,
  },
});

export const formalNotice = notice('formal_notice', {
  fr: {
    subject: (f) => `Avis de retard : ${f.amount} en souffrance`,
    paragraphs: (f) => [
      `Malgré nos rappels, ${f.amount} reste en souffrance à votre compte; la plus ancienne facture (${f.invoice}) était payable le ${f.dueDate}.`,
      AGREE.fr,
      CONTEST.fr,
    ],
    sms: (f) => `Gigafibre : ${f.amount} en souffrance. Payez ou convenez d’une entente : ${f.url}`,
  },
  en: {
    subject: (f) => `Notice of arrears: ${f.amount} overdue`,
    paragraphs: (f) => [
      `Despite our reminders, ${f.amount} is still overdue on your account; the oldest invoice (${f.invoice}) was due ${f.dueDate}.`,
      AGREE.en,
      CONTEST.en,
    ],
    sms: (f) => `Gigafibre: ${f.amount} overdue. Pay or agree on an arrangement: ${f.url}`,
  },
});

export const suspensionNotice = notice('suspension_notice', {
  fr: {
    subject: (f) => `Avis de suspension : votre service sera suspendu le ${f.announced}`,
    paragraphs: (f) => [
      `Si rien n’est payé ni convenu d’ici là, votre service sera suspendu le ${f.announced}, parce que ${f.amount} est en souffrance, la plus ancienne facture (${f.invoice}) depuis le ${f.dueDate}.`,
      'Aucuns frais ne sont demandés pour le rebranchement : le paiement rétablit le service.',
      AGREE.fr,
      CONTEST.fr,
    ],
    sms: (f) =>
      `Gigafibre : service suspendu le ${f.announced} pour ${f.amount} en souffrance. Payer ou convenir d’une entente : ${f.url}`,
  },
  en: {
    subject: (f) => `Notice of suspension: your service will be suspended on ${f.announced}`,
    paragraphs: (f) => [
      `If nothing is paid or agreed by then, your service will be suspended on ${f.announced}, because ${f.amount} is overdue, the oldest invoice (${f.invoice}) since ${f.dueDate}.`,
      'There is no charge for reconnection: paying restores the service.',
      AGREE.en,
      CONTEST.en,
    ],
    sms: (f) =>
      `Gigafibre: service suspended on ${f.announced} for ${f.amount} overdue. Pay or agree on an arrangement: ${f.url}`,
  },
});

export const finalNotice = notice('final_notice', {
  fr: {
    subject: (f) => `Dernier avis : suspension le ${f.announced}`,
    paragraphs: (f) => [
      `Votre service sera suspendu le ${f.announced} : ${f.amount} est toujours en souffrance.`,
      'Payez avant ce jour, ou appelez-nous, et rien ne sera suspendu. Aucuns frais de rebranchement.',
      AGREE.fr,
      CONTEST.fr,
    ],
    sms: (f) => `Gigafibre : dernier avis, suspension le ${f.announced} (${f.amount}). ${f.url}`,
  },
  en: {
    subject: (f) => `Final notice: suspension on ${f.announced}`,
    paragraphs: (f) => [
      `Your service will be suspended on ${f.announced}: ${f.amount} is still overdue.`,
      'Pay before that day, or call us, and nothing will be suspended. There is no charge for reconnection.',
      AGREE.en,
      CONTEST.en,
    ],
    sms: (f) => `Gigafibre: final notice, suspension on ${f.announced} (${f.amount}). ${f.url}`,
  },
});

export const demandLetter = notice('demand_letter', {
  fr: {
    subject: (f) => `Mise en demeure de payer ${f.amount}`,
    paragraphs: (f) => [
      `Nous vous mettons en demeure de payer ${f.amount}, somme en souffrance à votre compte, la plus ancienne facture (${f.invoice}) depuis le ${f.dueDate}.`,
      'À défaut, le service déjà suspendu prendra fin, l’équipement devra nous être rendu, et la créance pourra être remise à une agence de recouvrement.',
      AGREE.fr,
      CONTEST.fr,
    ],
    sms: (f) => `Gigafibre : mise en demeure de payer ${f.amount}. ${f.url}`,
  },
  en: {
    subject: (f) => `Demand for payment of ${f.amount}`,
    paragraphs: (f) => [
      `We demand payment of ${f.amount}, overdue on your account, the oldest invoice (${f.invoice}) since ${f.dueDate}.`,
      'Failing payment, the service already suspended will end, the equipment must be returned to us, and the debt may be handed to a collection agency.',
      AGREE.en,
      CONTEST.en,
    ],
    sms: (f) => `Gigafibre: demand for payment of ${f.amount}. ${f.url}`,
  },
});

export const serviceSuspended = template({
  name: 'service_suspended',
  variables: z.object({ name: z.string(), amount: z.string(), url: z.url() }),
  fr: ({ name, amount, url }) => ({
    subject: 'Votre service est suspendu',
    paragraphs: [
      `Bonjour ${name},`,
      `Votre service est suspendu : ${amount} est en souffrance. Le paiement le rétablit en quelques minutes, sans frais.`,
      AGREE.fr,
    ],
    button: { label: 'Payer', url },
    sms: `Gigafibre : service suspendu (${amount} en souffrance). Le paiement le rétablit : ${url}`,
  }),
  en: ({ name, amount, url }) => ({
    subject: 'Your service is suspended',
    paragraphs: [
      `Hello ${name},`,
      `Your service is suspended: ${amount} is overdue. Paying restores it within minutes, without charge.`,
      AGREE.en,
    ],
    button: { label: 'Pay', url },
    sms: `Gigafibre: service suspended (${amount} overdue). Paying restores it: ${url}`,
  }),
});

export const serviceRestored = template({
  name: 'service_restored',
  variables: z.object({ name: z.string(), url: z.url() }),
  fr: ({ name, url }) => ({
    subject: 'Votre service est rétabli',
    paragraphs: [`Bonjour ${name},`, 'Votre service est rétabli. Merci.'],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : votre service est rétabli. Merci. ${url}`,
  }),
  en: ({ name, url }) => ({
    subject: 'Your service is restored',
    paragraphs: [`Hello ${name},`, 'Your service is restored. Thank you.'],
    button: { label: 'My account', url },
    sms: `Gigafibre: your service is restored. Thank you. ${url}`,
  }),
});

import { z } from 'zod';
import { template } from '../template.ts';

const link = z.object({ name: z.string(), url: z.url() });

export const staffCode = template({
  name: 'staff_code',
  secret: true,
  variables: z.object({ code: z.string() }),
  fr: ({ code }) => ({
    subject: `${code} : votre code de connexion`,
    paragraphs: [
      `Votre code de connexion est ${code}.`,
      'Il est valable dix minutes. Si vous n’avez rien demandé, ignorez ce message.',
    ],
    sms: `Gigafibre : votre code est ${code}`,
  }),
  en: ({ code }) => ({
    subject: `${code}: your sign-in code`,
    paragraphs: [
      `Your sign-in code is ${code}.`,
      'It is valid for ten minutes. If you did not ask for it, ignore this message.',
    ],
    sms: `Gigafibre: your code is ${code}`,
  }),
});

export const staffInvitation = template({
  name: 'staff_invitation',
  secret: true,
  variables: link,
  fr: ({ name, url }) => ({
    subject: 'Votre accès à Gigafibre',
    paragraphs: [
      `Bonjour ${name},`,
      'On vous a ouvert un accès à Gigafibre. Le lien ci-dessous vous connecte; il est valable sept jours.',
    ],
    button: { label: 'Ouvrir Gigafibre', url },
    sms: `Gigafibre : votre accès ${url}`,
  }),
  en: ({ name, url }) => ({
    subject: 'Your access to Gigafibre',
    paragraphs: [
      `Hello ${name},`,
      'You have been given access to Gigafibre. The link below signs you in; it is valid for seven days.',
    ],
    button: { label: 'Open Gigafibre', url },
    sms: `Gigafibre: your access ${url}`,
  }),
});

export const portalLink = template({
  name: 'portal_link',
  secret: true,
  variables: link,
  fr: ({ name, url }) => ({
    subject: 'Votre lien de connexion',
    paragraphs: [
      `Bonjour ${name},`,
      'Ouvrez votre espace client avec le lien ci-dessous. Il est valable 24 heures et ne demande aucun mot de passe.',
      'Si vous n’avez rien demandé, ignorez ce message.',
    ],
    button: { label: 'Ouvrir mon espace', url },
    sms: `Gigafibre : votre espace client (24 h) ${url}`,
  }),
  en: ({ name, url }) => ({
    subject: 'Your sign-in link',
    paragraphs: [
      `Hello ${name},`,
      'Open your account with the link below. It is valid for 24 hours and needs no password.',
      'If you did not ask for it, ignore this message.',
    ],
    button: { label: 'Open my account', url },
    sms: `Gigafibre: your account (24 h) ${url}`,
  }),
});

export const technicianDay = template({
  name: 'technician_day',
  secret: true,
  variables: z.object({ name: z.string(), date: z.string(), jobs: z.int(), url: z.url() }),
  fr: ({ date, jobs, url }) => ({
    subject: `Votre journée du ${date}`,
    paragraphs: [`${jobs} intervention${jobs > 1 ? 's' : ''} le ${date}.`],
    button: { label: 'Ouvrir ma journée', url },
    sms: `Gigafibre : ${jobs} intervention${jobs > 1 ? 's' : ''} le ${date} ${url}`,
  }),
  en: ({ date, jobs, url }) => ({
    subject: `Your day of ${date}`,
    paragraphs: [`${jobs} job${jobs > 1 ? 's' : ''} on ${date}.`],
    button: { label: 'Open my day', url },
    sms: `Gigafibre: ${jobs} job${jobs > 1 ? 's' : ''} on ${date} ${url}`,
  }),
});

export const acceptanceCode = template({
  name: 'acceptance_code',
  secret: true,
  variables: z.object({ code: z.string(), quote: z.string() }),
  fr: ({ code, quote }) => ({
    subject: `${code} : code de signature de ${quote}`,
    paragraphs: [`Le code pour signer ${quote} est ${code}.`, 'Il est valable dix minutes.'],
    sms: `Gigafibre : ${code} est votre code pour signer ${quote}`,
  }),
  en: ({ code, quote }) => ({
    subject: `${code}: code to sign ${quote}`,
    paragraphs: [`The code to sign ${quote} is ${code}.`, 'It is valid for ten minutes.'],
    sms: `Gigafibre: ${code} is your code to sign ${quote}`,
  }),
});

import { z } from 'zod';
import { template } from '../template.ts';

export const technicianDay = template({
  name: 'technician_day',
  secret: true,
  variables: z.object({
    name: z.string(),
    /** The day in words of the technician's language. */
    day: z.string(),
    jobs: z.int(),
    url: z.url(),
    pageUrl: z.url(),
  }),
  fr: ({ name, day, jobs, url, pageUrl }) => ({
    subject: `Votre journée du ${day}`,
    paragraphs: [
      `Bonjour ${name},`,
      `${jobs} rendez-vous ${jobs > 1 ? 'sont publiés' : 'est publié'} pour le ${day}.`,
      `Sans l’application : ${pageUrl}`,
    ],
    button: { label: 'Ouvrir ma journée', url },
    sms: `Gigafibre : ${jobs} rendez-vous le ${day}. Ouvrir : ${url}`,
  }),
  en: ({ name, day, jobs, url, pageUrl }) => ({
    subject: `Your day, ${day}`,
    paragraphs: [
      `Hello ${name},`,
      `${jobs} ${jobs > 1 ? 'visits are' : 'visit is'} published for ${day}.`,
      `Without the app: ${pageUrl}`,
    ],
    button: { label: 'Open my day', url },
    sms: `Gigafibre: ${jobs} ${jobs > 1 ? 'visits' : 'visit'} on ${day}. Open: ${url}`,
  }),
});

import { z } from 'zod';
import { template } from '../template.ts';

export const debitAuthorized = template({
  name: 'debit_authorized',
  variables: z.object({
    name: z.string(),
    amount: z.string(),
    method: z.string(),
    /** Who authorised it and when. */
    by: z.string(),
    given: z.string(),
    on: z.string(),
    url: z.url(),
  }),
  fr: ({ name, amount, method, by, given, on, url }) => ({
    subject: `Confirmation de votre autorisation de débit de ${amount}`,
    paragraphs: [
      `Bonjour ${name},`,
      `${by} nous a autorisés, le ${given}, à débiter une seule fois ${method} de ${amount}. Le débit sera fait le ${on} au plus tôt.`,
      'Vous pouvez retirer cette autorisation avant cette date en nous écrivant ou en nous téléphonant. Vous avez certains recours si un débit n’est pas conforme à ce que vous avez autorisé, notamment le remboursement : votre institution financière ou paiements.ca.',
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : débit unique de ${amount} autorisé par ${by}, le ${on} au plus tôt. ${url}`,
  }),
  en: ({ name, amount, method, by, given, on, url }) => ({
    subject: `Confirmation of your authorization to debit ${amount}`,
    paragraphs: [
      `Hello ${name},`,
      `On ${given}, ${by} authorized us to debit ${method} once, for ${amount}. The debit will be made on ${on} at the earliest.`,
      'You may withdraw this authorization before that date by writing to us or calling us. You have certain recourse rights if a debit is not consistent with what you authorized, such as reimbursement: your financial institution or payments.ca.',
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: single debit of ${amount} authorized by ${by}, on ${on} at the earliest. ${url}`,
  }),
});

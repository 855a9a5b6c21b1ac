import { z } from 'zod';
import { template } from '../template.ts';

export const paymentLink = template({
  name: 'payment_link',
  variables: z.object({ name: z.string(), amount: z.string(), what: z.string(), url: z.url() }),
  fr: ({ name, amount, what, url }) => ({
    subject: `Payer ${amount} en ligne`,
    paragraphs: [
      `Bonjour ${name},`,
      `Voici la page pour payer ${amount} (${what}). Elle est valable 24 heures.`,
    ],
    button: { label: 'Payer', url },
    sms: `Gigafibre : payer ${amount} (${what}), valable 24 h : ${url}`,
  }),
  en: ({ name, amount, what, url }) => ({
    subject: `Pay ${amount} online`,
    paragraphs: [`Hello ${name},`, `Here is the page to pay ${amount} (${what}). It is valid for 24 hours.`],
    button: { label: 'Pay', url },
    sms: `Gigafibre: pay ${amount} (${what}), valid 24 h: ${url}`,
  }),
});

export const debitRefused = template({
  name: 'debit_refused',
  variables: z.object({
    name: z.string(),
    amount: z.string(),
    invoice: z.string(),
    retryOn: z.string().nullable(),
    url: z.url(),
  }),
  fr: ({ name, amount, invoice, retryOn, url }) => ({
    subject: `Votre prélèvement de ${amount} n’a pas passé`,
    paragraphs: [
      `Bonjour ${name},`,
      `Le prélèvement de ${amount} (${invoice}) a été refusé par votre institution financière.`,
      retryOn
        ? `Nous essaierons de nouveau le ${retryOn}, du même montant, sans frais. Vous pouvez aussi payer dès maintenant.`
        : 'Nous n’essaierons pas de nouveau. Payez en ligne ou mettez à jour votre mode de paiement.',
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : le prélèvement de ${amount} a été refusé.${retryOn ? ` Nouvel essai le ${retryOn}.` : ''} ${url}`,
  }),
  en: ({ name, amount, invoice, retryOn, url }) => ({
    subject: `Your debit of ${amount} did not go through`,
    paragraphs: [
      `Hello ${name},`,
      `The debit of ${amount} (${invoice}) was refused by your financial institution.`,
      retryOn
        ? `We will try again on ${retryOn}, for the same amount, without fee. You can also pay now.`
        : 'We will not try again. Pay online or update your payment method.',
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: the debit of ${amount} was refused.${retryOn ? ` We will try again on ${retryOn}.` : ''} ${url}`,
  }),
});

export const ppaConfirmed = template({
  name: 'ppa_confirmed',
  variables: z.object({
    name: z.string(),
    method: z.string(),
    from: z.string(),
    words: z.string(),
    url: z.url(),
  }),
  fr: ({ name, method, from, words, url }) => ({
    subject: 'Confirmation de votre accord de paiement préautorisé',
    paragraphs: [
      `Bonjour ${name},`,
      `Vos factures seront prélevées de ${method} à partir du ${from}. Voici l’accord que vous avez accepté :`,
      ...words.split('\n\n'),
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : paiement préautorisé confirmé, à partir du ${from}. ${url}`,
  }),
  en: ({ name, method, from, words, url }) => ({
    subject: 'Confirmation of your pre-authorized payment agreement',
    paragraphs: [
      `Hello ${name},`,
      `Your invoices will be charged to ${method} from ${from}. Here is the agreement you accepted:`,
      ...words.split('\n\n'),
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: pre-authorized payment confirmed, from ${from}. ${url}`,
  }),
});

export const ppaEnded = template({
  name: 'ppa_ended',
  variables: z.object({ name: z.string(), failed: z.boolean(), url: z.url() }),
  fr: ({ name, failed, url }) => ({
    subject: 'Votre paiement préautorisé a pris fin',
    paragraphs: [
      `Bonjour ${name},`,
      failed
        ? 'Votre institution financière a refusé les prélèvements : nous les avons arrêtés.'
        : 'Votre accord de paiement préautorisé a pris fin.',
      'Vos factures restent payables à leur échéance; payez-les en ligne ou activez de nouveau le paiement préautorisé.',
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : votre paiement préautorisé a pris fin. ${url}`,
  }),
  en: ({ name, failed, url }) => ({
    subject: 'Your pre-authorized payment has ended',
    paragraphs: [
      `Hello ${name},`,
      failed
        ? 'Your financial institution refused the debits: we have stopped them.'
        : 'Your pre-authorized payment agreement has ended.',
      'Your invoices remain payable on their due dates; pay them online or switch pre-authorized payment on again.',
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: your pre-authorized payment has ended. ${url}`,
  }),
});

export const refundNotice = template({
  name: 'refund_notice',
  variables: z.object({
    name: z.string(),
    amount: z.string(),
    refund: z.string(),
    /** Null for a credit that came with no payment. */
    payment: z.string().nullable(),
    failed: z.boolean(),
    url: z.url(),
  }),
  fr: ({ name, amount, refund, payment, failed, url }) => ({
    subject: failed ? `Votre remboursement de ${amount} a été refusé` : `Remboursement de ${amount}`,
    paragraphs: [
      `Bonjour ${name},`,
      failed
        ? `Votre institution financière a refusé le remboursement ${refund} de ${amount}. Le montant reste un crédit à votre compte.`
        : `Nous vous avons remboursé ${amount} (${refund}, ${payment === null ? 'crédit de votre compte' : `paiement ${payment}`}). Selon votre institution, comptez quelques jours.`,
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : ${failed ? 'remboursement refusé par la banque' : 'remboursement'} de ${amount}. ${url}`,
  }),
  en: ({ name, amount, refund, payment, failed, url }) => ({
    subject: failed ? `Your refund of ${amount} was refused` : `Refund of ${amount}`,
    paragraphs: [
      `Hello ${name},`,
      failed
        ? `Your financial institution refused refund ${refund} of ${amount}. The amount stays as a credit in your account.`
        : `We refunded ${amount} (${refund}, ${payment === null ? 'credit in your account' : `payment ${payment}`}). Depending on your institution, it takes a few days.`,
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: ${failed ? 'refund refused by the bank' : 'refund'} of ${amount}. ${url}`,
  }),
});

import { z } from 'zod';
import { template } from '../template.ts';

export const quoteSigning = template({
  name: 'quote_signing',
  secret: true,
  variables: z.object({
    name: z.string(),
    quote: z.string(),
    monthly: z.string(),
    validUntil: z.string(),
    url: z.url(),
  }),
  fr: ({ name, quote, monthly, validUntil, url }) => ({
    subject: `Votre soumission ${quote}`,
    paragraphs: [
      `Bonjour ${name},`,
      `Votre soumission ${quote} est prête : ${monthly} par mois, taxes comprises.`,
      `Lisez le contrat et signez-le en ligne. L’offre est valable jusqu’au ${validUntil}.`,
    ],
    button: { label: 'Lire et signer', url },
    sms: `Gigafibre : votre soumission ${quote}, ${monthly}/mois. Lire et signer : ${url}`,
  }),
  en: ({ name, quote, monthly, validUntil, url }) => ({
    subject: `Your quote ${quote}`,
    paragraphs: [
      `Hello ${name},`,
      `Your quote ${quote} is ready: ${monthly} a month, taxes included.`,
      `Read the contract and sign it online. The offer is valid until ${validUntil}.`,
    ],
    button: { label: 'Read and sign', url },
    sms: `Gigafibre: your quote ${quote}, ${monthly}/month. Read and sign: ${url}`,
  }),
});

export const quoteReminder = template({
  name: 'quote_reminder',
  secret: true,
  variables: z.object({ name: z.string(), quote: z.string(), validUntil: z.string(), url: z.url() }),
  fr: ({ name, quote, validUntil, url }) => ({
    subject: `Votre soumission ${quote} prend fin bientôt`,
    paragraphs: [
      `Bonjour ${name},`,
      `Votre soumission ${quote} est encore valable jusqu’au ${validUntil}.`,
      'Vous pouvez la lire et la signer en ligne; une question, un changement? Répondez-nous, on vous aidera.',
    ],
    button: { label: 'Lire et signer', url },
    sms: `Gigafibre : votre soumission ${quote} est valable jusqu’au ${validUntil}. Lire et signer : ${url}`,
  }),
  en: ({ name, quote, validUntil, url }) => ({
    subject: `Your quote ${quote} ends soon`,
    paragraphs: [
      `Hello ${name},`,
      `Your quote ${quote} is still valid until ${validUntil}.`,
      'You can read and sign it online. A question, a change? Answer us and we will help.',
    ],
    button: { label: 'Read and sign', url },
    sms: `Gigafibre: your quote ${quote} is valid until ${validUntil}. Read and sign: ${url}`,
  }),
});

export const quoteAccepted = template({
  name: 'quote_accepted',
  variables: z.object({ name: z.string(), quote: z.string(), visit: z.string().nullable(), url: z.url() }),
  fr: ({ name, quote, visit, url }) => ({
    subject: 'Merci, votre commande est confirmée',
    paragraphs: [
      `Bonjour ${name},`,
      `Nous avons bien reçu votre signature pour ${quote}. Votre exemplaire du contrat est joint.`,
      visit ? `Installation prévue : ${visit}.` : 'Nous vous écrirons pour fixer l’installation.',
    ],
    sms: `Gigafibre : commande ${quote} confirmée.${visit ? ` Installation : ${visit}.` : ''} Votre contrat signé : ${url}`,
  }),
  en: ({ name, quote, visit, url }) => ({
    subject: 'Thank you, your order is confirmed',
    paragraphs: [
      `Hello ${name},`,
      `We received your signature for ${quote}. Your copy of the contract is attached.`,
      visit ? `Installation planned: ${visit}.` : 'We will write to set the installation date.',
    ],
    sms: `Gigafibre: order ${quote} confirmed.${visit ? ` Installation: ${visit}.` : ''} Your signed contract: ${url}`,
  }),
});

export const visitPlanned = template({
  name: 'visit_planned',
  variables: z.object({ name: z.string(), visit: z.string(), technician: z.string().nullable() }),
  fr: ({ name, visit, technician }) => ({
    subject: 'Votre rendez-vous est confirmé',
    paragraphs: [
      `Bonjour ${name},`,
      `Un technicien passera ${visit}${technician ? ` (${technician})` : ''}.`,
      'Une personne majeure doit être présente.',
    ],
    sms: `Gigafibre : rendez-vous ${visit}.`,
  }),
  en: ({ name, visit, technician }) => ({
    subject: 'Your appointment is confirmed',
    paragraphs: [
      `Hello ${name},`,
      `A technician will come ${visit}${technician ? ` (${technician})` : ''}.`,
      'An adult must be present.',
    ],
    sms: `Gigafibre: appointment ${visit}.`,
  }),
});

export const visitReminder = template({
  name: 'visit_reminder',
  variables: z.object({ name: z.string(), visit: z.string() }),
  fr: ({ name, visit }) => ({
    subject: 'Rappel de votre rendez-vous',
    paragraphs: [
      `Bonjour ${name},`,
      `Nous vous rappelons notre visite, prévue ${visit}.`,
      'Une personne majeure doit être présente. Si ce n’est plus possible, avisez-nous dès maintenant.',
    ],
    sms: `Gigafibre : rappel de notre visite ${visit}. Une personne majeure doit être présente.`,
  }),
  en: ({ name, visit }) => ({
    subject: 'Reminder of your appointment',
    paragraphs: [
      `Hello ${name},`,
      `This is a reminder of our visit, planned ${visit}.`,
      'An adult must be present. If that is no longer possible, let us know now.',
    ],
    sms: `Gigafibre: reminder of our visit ${visit}. An adult must be present.`,
  }),
});

export const welcome = template({
  name: 'welcome',
  variables: z.object({ name: z.string(), plan: z.string(), url: z.url() }),
  fr: ({ name, plan, url }) => ({
    subject: 'Bienvenue chez Gigafibre',
    paragraphs: [
      `Bonjour ${name},`,
      `Votre service ${plan} est en fonction. Bonne connexion!`,
      'Vos factures, vos paiements et vos rendez-vous sont dans votre espace client.',
    ],
    button: { label: 'Mon espace client', url },
    sms: `Gigafibre : votre service ${plan} est en fonction. Espace client : ${url}`,
  }),
  en: ({ name, plan, url }) => ({
    subject: 'Welcome to Gigafibre',
    paragraphs: [
      `Hello ${name},`,
      `Your ${plan} service is up. Enjoy!`,
      'Your invoices, payments and appointments are in your account.',
    ],
    button: { label: 'My account', url },
    sms: `Gigafibre: your ${plan} service is up. Account: ${url}`,
  }),
});

export const invoiceIssued = template({
  name: 'invoice_issued',
  variables: z.object({
    name: z.string(),
    invoice: z.string(),
    total: z.string(),
    dueDate: z.string(),
    /** The debit it announces; none for who pays by themselves. */
    debit: z.object({ on: z.string(), amount: z.string(), method: z.string() }).nullish(),
    url: z.url(),
  }),
  fr: ({ name, invoice, total, dueDate, debit, url }) => ({
    subject: `Votre facture ${invoice} : ${total}`,
    paragraphs: [
      `Bonjour ${name},`,
      `Votre facture ${invoice} de ${total} est prête.`,
      debit
        ? `Ne la payez pas : un prélèvement de ${debit.amount} sera fait le ${debit.on} (${debit.method}). Cette facture en est le préavis.`
        : `Elle est payable au plus tard le ${dueDate}.`,
    ],
    button: { label: debit ? 'Voir la facture' : 'Voir et payer', url },
    sms: debit
      ? `Gigafibre : facture ${invoice} de ${total}. Prélèvement de ${debit.amount} le ${debit.on}. ${url}`
      : `Gigafibre : facture ${invoice} de ${total}, payable le ${dueDate}. ${url}`,
  }),
  en: ({ name, invoice, total, dueDate, debit, url }) => ({
    subject: `Your invoice ${invoice}: ${total}`,
    paragraphs: [
      `Hello ${name},`,
      `Your invoice ${invoice} of ${total} is ready.`,
      debit
        ? `Do not pay it: ${debit.amount} will be taken on ${debit.on} (${debit.method}). This invoice is your notice of it.`
        : `It is due by ${dueDate}.`,
    ],
    button: { label: debit ? 'View the invoice' : 'View and pay', url },
    sms: debit
      ? `Gigafibre: invoice ${invoice} of ${total}. ${debit.amount} will be taken on ${debit.on}. ${url}`
      : `Gigafibre: invoice ${invoice} of ${total}, due ${dueDate}. ${url}`,
  }),
});

export const creditNoteIssued = template({
  name: 'credit_note_issued',
  variables: z.object({
    name: z.string(),
    note: z.string(),
    invoice: z.string(),
    total: z.string(),
    url: z.url(),
  }),
  fr: ({ name, note, invoice, total, url }) => ({
    subject: `Votre note de crédit ${note} : ${total}`,
    paragraphs: [
      `Bonjour ${name},`,
      `Nous avons crédité ${total} sur votre facture ${invoice} (${note}). Ce qui dépasse le solde de la facture reste à votre compte.`,
    ],
    button: { label: 'Voir la facture', url },
    sms: `Gigafibre : ${total} crédités sur la facture ${invoice} (${note}). ${url}`,
  }),
  en: ({ name, note, invoice, total, url }) => ({
    subject: `Your credit note ${note}: ${total}`,
    paragraphs: [
      `Hello ${name},`,
      `We credited ${total} on your invoice ${invoice} (${note}). What exceeds the balance of the invoice stays on your account.`,
    ],
    button: { label: 'View the invoice', url },
    sms: `Gigafibre: ${total} credited on invoice ${invoice} (${note}). ${url}`,
  }),
});

export const accountCredited = template({
  name: 'account_credited',
  variables: z.object({ name: z.string(), note: z.string(), total: z.string(), url: z.url() }),
  fr: ({ name, note, total, url }) => ({
    subject: `Votre note de crédit ${note} : ${total}`,
    paragraphs: [
      `Bonjour ${name},`,
      `Nous avons porté ${total} au crédit de votre compte (${note}). Ce montant paie d’abord ce qui y est dû; le reste vous est remboursable sur simple demande.`,
    ],
    button: { label: 'Voir mon compte', url },
    sms: `Gigafibre : ${total} portés au crédit de votre compte (${note}). ${url}`,
  }),
  en: ({ name, note, total, url }) => ({
    subject: `Your credit note ${note}: ${total}`,
    paragraphs: [
      `Hello ${name},`,
      `We put ${total} to the credit of your account (${note}). It first pays what is owed there; the rest can be refunded to you, you only have to ask.`,
    ],
    button: { label: 'View my account', url },
    sms: `Gigafibre: ${total} put to the credit of your account (${note}). ${url}`,
  }),
});

export const paymentReceipt = template({
  name: 'payment_receipt',
  variables: z.object({ name: z.string(), payment: z.string(), amount: z.string(), url: z.url() }),
  fr: ({ name, payment, amount, url }) => ({
    subject: `Reçu de paiement : ${amount}`,
    paragraphs: [`Bonjour ${name},`, `Nous avons reçu votre paiement de ${amount} (${payment}). Merci!`],
    button: { label: 'Voir le reçu', url },
    sms: `Gigafibre : paiement de ${amount} reçu. Merci!`,
  }),
  en: ({ name, payment, amount, url }) => ({
    subject: `Payment receipt: ${amount}`,
    paragraphs: [`Hello ${name},`, `We received your payment of ${amount} (${payment}). Thank you!`],
    button: { label: 'View the receipt', url },
    sms: `Gigafibre: payment of ${amount} received. Thank you!`,
  }),
});

export const paymentReminder = template({
  name: 'payment_reminder',
  variables: z.object({
    name: z.string(),
    invoice: z.string(),
    amount: z.string(),
    dueDate: z.string(),
    url: z.url(),
  }),
  fr: ({ name, invoice, amount, dueDate, url }) => ({
    subject: `Facture ${invoice} : ${amount} à payer`,
    paragraphs: [
      `Bonjour ${name},`,
      `Sauf erreur, il reste ${amount} à payer sur la facture ${invoice}, qui était payable le ${dueDate}.`,
      'Si vous avez payé ces jours-ci, ce message n’appelle aucune suite. Sinon, vous pouvez payer en ligne.',
    ],
    button: { label: 'Voir et payer', url },
    sms: `Gigafibre : il reste ${amount} à payer sur la facture ${invoice} (échéance : ${dueDate}). ${url}`,
  }),
  en: ({ name, invoice, amount, dueDate, url }) => ({
    subject: `Invoice ${invoice}: ${amount} to pay`,
    paragraphs: [
      `Hello ${name},`,
      `Unless we are mistaken, ${amount} is left to pay on invoice ${invoice}, which was due ${dueDate}.`,
      'If you have paid in the last few days, there is nothing to do. Otherwise, you can pay online.',
    ],
    button: { label: 'View and pay', url },
    sms: `Gigafibre: ${amount} is left to pay on invoice ${invoice} (due ${dueDate}). ${url}`,
  }),
});

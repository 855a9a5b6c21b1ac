import type { Language } from '@gigafibre/contract';

type Bilingual = Readonly<Record<Language, string>>;

/** Every word of the page in both languages; `{name}` places are filled by `say`. */
const WORDS = {
  contract: { fr: 'Votre contrat', en: 'Your contract' },
  hello: { fr: 'Bonjour {name},', en: 'Hello {name},' },
  lead: {
    fr: 'Voici votre contrat. Lisez-le à votre rythme, puis signez-le ici même.',
    en: 'Here is your contract. Read it at your own pace, then sign it right here.',
  },
  perMonth: { fr: 'par mois, taxes comprises', en: 'per month, taxes included' },
  once: { fr: 'une seule fois, sur la première facture', en: 'once, on the first invoice' },
  onceFree: { fr: 'Aucuns frais à payer une seule fois', en: 'Nothing to pay once' },
  where: { fr: 'Adresse de service', en: 'Service address' },
  visit: { fr: 'Installation souhaitée', en: 'Installation requested' },
  validUntil: { fr: 'Offre valable jusqu’au', en: 'Offer valid until' },
  quote: { fr: 'Soumission', en: 'Quote' },
  inEnglish: { fr: 'English', en: 'English' },
  inFrench: { fr: 'Français', en: 'Français' },
  frenchFirst: {
    fr: 'La loi veut que votre contrat vous soit d’abord présenté en français. Vous pouvez ensuite choisir l’anglais.',
    en: 'Quebec law asks that your contract be shown to you in French first. You may then choose English.',
  },
  continueInEnglish: { fr: 'Continuer en anglais', en: 'Continue in English' },
  choseEnglish: {
    fr: '',
    en: 'The French version was presented to you first; you chose to continue in English. If the two differ, you may rely on the one you prefer.',
  },
  stepRead: { fr: 'Lire', en: 'Read' },
  stepAgree: { fr: 'Accepter', en: 'Agree' },
  stepSign: { fr: 'Signer', en: 'Sign' },
  summary: { fr: 'Résumé des renseignements essentiels', en: 'Critical information summary' },
  summaryIntro: {
    fr: 'L’essentiel, en mots simples. Ce résumé fait partie du contrat.',
    en: 'The essentials, in plain words. This summary is part of the contract.',
  },
  prices: { fr: 'Vos prix', en: 'Your prices' },
  eachMonth: { fr: 'Chaque mois', en: 'Every month' },
  oneTime: { fr: 'Une seule fois', en: 'One time' },
  item: { fr: 'Service', en: 'Service' },
  amount: { fr: 'Montant', en: 'Amount' },
  subtotal: { fr: 'Sous-total', en: 'Subtotal' },
  total: { fr: 'Total', en: 'Total' },
  fullContract: { fr: 'Lire le contrat complet', en: 'Read the full contract' },
  clauses: { fr: '{count} articles', en: '{count} sections' },
  openPdf: { fr: 'Ouvrir le contrat en PDF', en: 'Open the contract as a PDF' },
  agree: { fr: 'Vous acceptez', en: 'You agree' },
  optional: { fr: 'facultatif', en: 'optional' },
  sign: { fr: 'Votre signature', en: 'Your signature' },
  fullName: { fr: 'Prénom et nom', en: 'First and last name' },
  draw: { fr: 'Dessiner', en: 'Draw' },
  type: { fr: 'Écrire', en: 'Type' },
  pad: {
    fr: 'Zone de signature : dessinez avec le doigt ou la souris. Au clavier, choisissez « Écrire ».',
    en: 'Signature area: draw with a finger or the mouse. With a keyboard, choose “Type”.',
  },
  padHint: { fr: 'Signez ici avec le doigt', en: 'Sign here with your finger' },
  clear: { fr: 'Effacer', en: 'Clear' },
  code: { fr: 'Votre code', en: 'Your code' },
  codeWhy: {
    fr: 'Un code à six chiffres confirme que c’est bien vous. Il est valable dix minutes.',
    en: 'A six-digit code confirms that it is you. It is good for ten minutes.',
  },
  bySms: { fr: 'Par texto au {hint}', en: 'By text message to {hint}' },
  byEmail: { fr: 'Par courriel à {hint}', en: 'By e-mail to {hint}' },
  sendCode: { fr: 'Recevoir mon code', en: 'Send me a code' },
  sendAgain: { fr: 'Envoyer un autre code', en: 'Send another code' },
  codeSent: { fr: 'Code envoyé à {hint}.', en: 'Code sent to {hint}.' },
  sixDigits: { fr: 'Code à six chiffres', en: 'Six-digit code' },
  submit: { fr: 'Signer et accepter', en: 'Sign and accept' },
  submitting: { fr: 'Signature en cours…', en: 'Signing…' },
  goSign: { fr: 'Aller signer', en: 'Go to sign' },
  month: { fr: '/mois', en: '/month' },
  free: { fr: 'sans frais', en: 'no charge' },
  needConsents: {
    fr: 'Cochez les deux premières cases pour continuer.',
    en: 'Tick the first two boxes to continue.',
  },
  needName: { fr: 'Inscrivez votre nom.', en: 'Write your name.' },
  needSignature: {
    fr: 'Signez dans la zone, ou écrivez votre nom.',
    en: 'Sign in the area, or type your name.',
  },
  needCode: {
    fr: 'Demandez un code, puis inscrivez ses six chiffres.',
    en: 'Ask for a code, then write its six digits.',
  },
  offline: {
    fr: 'La connexion a échoué. Vérifiez votre réseau, puis réessayez : rien n’a été perdu.',
    en: 'The connection failed. Check your network, then try again: nothing was lost.',
  },
  noScript: {
    fr: 'Pour signer ici, votre navigateur doit accepter JavaScript. Vous pouvez aussi nous appeler : {phone}.',
    en: 'To sign here, your browser must allow JavaScript. You can also call us: {phone}.',
  },
  noCode: {
    fr: 'Nous n’avons ni cellulaire ni courriel où vous envoyer un code. Appelez-nous pour signer : {phone}.',
    en: 'We have neither a cell phone nor an e-mail address to send you a code. Call us to sign: {phone}.',
  },
  questions: { fr: 'Une question? {phone}, {email}', en: 'A question? {phone}, {email}' },
  thanks: { fr: 'C’est fait, merci!', en: 'Done, thank you!' },
  thanksLead: {
    fr: 'Votre contrat est signé. Nous vous envoyons votre exemplaire scellé.',
    en: 'Your contract is signed. We are sending you your sealed copy.',
  },
  next: { fr: 'Et maintenant', en: 'What happens next' },
  nextVisit: {
    fr: 'Un technicien passera {visit}. Nous confirmons l’heure avant la visite.',
    en: 'A technician will come {visit}. We confirm the time before the visit.',
  },
  nextVisitNone: {
    fr: 'Nous vous écrivons pour fixer la date de l’installation.',
    en: 'We will write to set the date of the installation.',
  },
  nextBill: {
    fr: 'La première facture vient après la mise en service. Rien n’est à payer aujourd’hui.',
    en: 'The first invoice comes after activation. Nothing is to be paid today.',
  },
  nextCancel: {
    fr: 'Vous pouvez mettre fin au contrat en tout temps, sans frais.',
    en: 'You may end the contract at any time, free of charge.',
  },
  openSealed: { fr: 'Ouvrir le contrat signé (PDF)', en: 'Open the signed contract (PDF)' },
  sealing: {
    fr: 'Votre exemplaire scellé sera prêt dans une minute.',
    en: 'Your sealed copy will be ready in a minute.',
  },
  cannot: { fr: 'Ce lien ne peut plus servir', en: 'This link can no longer be used' },
  expiredTitle: { fr: 'Cette offre est expirée', en: 'This offer has expired' },
  expiredText: {
    fr: 'Elle était valable jusqu’au {date}. Appelez-nous ou écrivez-nous : nous vous en préparons une nouvelle, souvent le jour même.',
    en: 'It was valid until {date}. Call or write to us: we will prepare a new one, often the same day.',
  },
  supersededTitle: { fr: 'Il existe une version plus récente', en: 'There is a newer version' },
  supersededText: {
    fr: 'Cette soumission a été remplacée. Ouvrez le dernier lien que vous avez reçu par courriel ou par texto; s’il vous manque, demandez-le-nous.',
    en: 'This quote was replaced. Open the latest link you received by e-mail or text message; if you do not have it, ask us.',
  },
  declinedTitle: { fr: 'Cette offre est fermée', en: 'This offer is closed' },
  declinedText: {
    fr: 'Elle a été refusée. Si vous avez changé d’idée, appelez-nous : nous la rouvrons avec plaisir.',
    en: 'It was declined. If you changed your mind, call us: we will gladly open it again.',
  },
  alteredTitle: { fr: 'Ce contrat doit vous être renvoyé', en: 'This contract must be sent to you again' },
  alteredText: {
    fr: 'Son contenu ne correspond plus à ce qui vous a été envoyé. Ne signez rien : demandez-nous un nouveau lien.',
    en: 'Its content no longer matches what was sent to you. Sign nothing: ask us for a new link.',
  },
  invalidTitle: { fr: 'Ce lien est inexact', en: 'This link is not right' },
  invalidText: {
    fr: 'Il est incomplet ou trop ancien. Copiez-le en entier depuis votre message, ou demandez-nous-en un autre.',
    en: 'It is incomplete or too old. Copy the whole of it from your message, or ask us for another.',
  },
  callUs: { fr: 'Nous appeler', en: 'Call us' },
  writeUs: { fr: 'Nous écrire', en: 'Write to us' },
} as const satisfies Record<string, Bilingual>;

export type Word = keyof typeof WORDS;

/** A sentence in a language, its places filled. */
export type Say = (word: Word, values?: Readonly<Record<string, string>>) => string;
export const sayIn =
  (language: Language): Say =>
  (word, values = {}) =>
    WORDS[word][language].replaceAll(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

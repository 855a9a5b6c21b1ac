/** What a bank does with a card: takes it, refuses it, or asks its holder first. */
export type BankAnswer =
  | { readonly is: 'takes' }
  | { readonly is: 'refuses'; readonly refusal: CardRefusal }
  | { readonly is: 'asks'; readonly afterwards: BankAnswer };

/** A refusal by code; the words are in `REFUSAL_WORDS`. */
export type CardRefusal = {
  readonly code: string;
  readonly declineCode?: string;
};

const TAKES: BankAnswer = { is: 'takes' };
const DECLINED = refuses('card_declined', 'generic_decline');
const INSUFFICIENT = refuses('card_declined', 'insufficient_funds');

function refuses(code: string, declineCode?: string): BankAnswer {
  return { is: 'refuses', refusal: declineCode === undefined ? { code } : { code, declineCode } };
}

type TestCard = {
  /** With the payer present. */
  readonly onSession: BankAnswer;
  /** Charged by us alone; the same as with the payer when not given. */
  readonly offSession?: BankAnswer;
  readonly note: string;
};

/** The test cards, as Stripe's documentation lists them; every other number is refused. */
export const TEST_CARDS: ReadonlyMap<string, TestCard> = new Map([
  ['4242424242424242', { onSession: TAKES, note: 'succeeds' }],
  ['5555555555554444', { onSession: TAKES, note: 'succeeds (Mastercard)' }],
  ['4000001240000000', { onSession: TAKES, note: 'succeeds (Canada)' }],
  ['4000000000007726', { onSession: TAKES, note: 'succeeds; its refunds are pending, then succeed' }],
  ['4000000000005126', { onSession: TAKES, note: 'succeeds; its refunds succeed, then fail' }],
  ['4000000000000002', { onSession: DECLINED, note: 'declined' }],
  ['4000000000009995', { onSession: INSUFFICIENT, note: 'insufficient funds' }],
  ['4000000000000069', { onSession: refuses('expired_card'), note: 'expired' }],
  ['4000000000000127', { onSession: refuses('incorrect_cvc'), note: 'incorrect security code' }],
  ['4000000000000119', { onSession: refuses('processing_error'), note: 'processing error' }],
  [
    '4000000000000341',
    { onSession: TAKES, offSession: DECLINED, note: 'attaches, fails when charged later' },
  ],
  [
    '4000002500003155',
    { onSession: { is: 'asks', afterwards: TAKES }, offSession: TAKES, note: '3DS on session' },
  ],
  ['4000002760003184', always3ds(TAKES, '3DS always')],
  ['4000003800000446', { onSession: { is: 'asks', afterwards: TAKES }, offSession: TAKES, note: '3DS once' }],
  ['4000008260003178', always3ds(INSUFFICIENT, '3DS, then insufficient funds')],
  ['4000008400001629', always3ds(DECLINED, '3DS, then declined')],
]);

function always3ds(afterwards: BankAnswer, note: string): TestCard {
  return {
    onSession: { is: 'asks', afterwards },
    offSession: refuses('authentication_required', 'authentication_required'),
    note,
  };
}

/** Test payment methods by token, and the card each stands for. */
export const TEST_TOKENS: ReadonlyMap<string, string> = new Map([
  ['pm_card_visa', '4242424242424242'],
  ['pm_card_mastercard', '5555555555554444'],
  ['pm_card_ca', '4000001240000000'],
  ['pm_card_pendingRefund', '4000000000007726'],
  ['pm_card_refundFail', '4000000000005126'],
  ['pm_card_chargeDeclined', '4000000000000002'],
  ['pm_card_visa_chargeDeclined', '4000000000000002'],
  ['pm_card_chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', '4000000000009995'],
  ['pm_card_chargeDeclinedExpiredCard', '4000000000000069'],
  ['pm_card_chargeDeclinedIncorrectCvc', '4000000000000127'],
  ['pm_card_chargeDeclinedProcessingError', '4000000000000119'],
  ['pm_card_chargeCustomerFail', '4000000000000341'],
  ['pm_card_authenticationRequired', '4000002760003184'],
  ['pm_card_authenticationRequiredOnSetup', '4000002500003155'],
]);

/** Why a card was refused, in words: English as the API says it, French as the page shows it. */
export const REFUSAL_WORDS: ReadonlyMap<string, { readonly en: string; readonly fr: string }> = new Map([
  ['generic_decline', { en: 'Your card was declined.', fr: 'Votre carte a été refusée.' }],
  [
    'insufficient_funds',
    { en: 'Your card has insufficient funds.', fr: 'Votre carte n’a pas les fonds suffisants.' },
  ],
  ['expired_card', { en: 'Your card has expired.', fr: 'Votre carte est expirée.' }],
  [
    'incorrect_cvc',
    { en: 'Your card’s security code is incorrect.', fr: 'Le code de sécurité de votre carte est inexact.' },
  ],
  [
    'processing_error',
    {
      en: 'An error occurred while processing your card. Try again in a little bit.',
      fr: 'Une erreur est survenue pendant le traitement de votre carte. Réessayez dans un instant.',
    },
  ],
  [
    'test_mode_live_card',
    {
      en: 'Your card was declined. Your request was in test mode, but used a non test card.',
      fr: 'Votre carte a été refusée : seules les cartes d’essai sont acceptées ici.',
    },
  ],
  [
    'authentication_required',
    {
      en: 'Your card was declined. This transaction requires authentication.',
      fr: 'Votre carte a été refusée : cette transaction exige une authentification.',
    },
  ],
  [
    'authentication_failed',
    {
      en: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.',
      fr: 'Nous ne pouvons pas authentifier ce mode de paiement. Choisissez-en un autre et réessayez.',
    },
  ],
]);

/** What the bank answers for a card number. */
export function bankAnswer(number: string, payerPresent: boolean): BankAnswer {
  const card = TEST_CARDS.get(number);
  if (card === undefined) return refuses('card_declined', 'test_mode_live_card');
  return payerPresent ? card.onSession : (card.offSession ?? card.onSession);
}

/** The refusal in words of a language. */
export function refusalWords(refusal: CardRefusal, language: 'fr' | 'en'): string {
  const words =
    REFUSAL_WORDS.get(refusal.declineCode ?? refusal.code) ?? REFUSAL_WORDS.get('generic_decline');
  return words?.[language] ?? refusal.code;
}

/** Brand by the first digit, as far as the test cards go. */
export function cardBrand(number: string): string {
  return number.startsWith('5') ? 'mastercard' : 'visa';
}

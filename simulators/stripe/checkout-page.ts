import { html, type Html } from '../kit/page.ts';
import type { Session } from './objects.ts';

/** What the page shows beside the session itself. */
export type CheckoutView = {
  readonly session: Session;
  readonly description: string;
  readonly language: 'fr' | 'en';
  /** Why the last attempt failed, in words. */
  readonly problem?: string | undefined;
};

const WORDS = {
  fr: {
    pay: 'Payer',
    simulated: 'Simulation — aucune vraie carte, aucun vrai argent',
    number: 'Numéro de carte',
    expiry: 'Expiration (MM / AA)',
    cvc: 'Code de sécurité',
    name: 'Nom du titulaire',
    back: 'Retour',
    done: 'Ce paiement est déjà fait.',
    expired: 'Cette page de paiement est expirée.',
    asks: 'Votre banque demande une confirmation.',
    accept: 'Confirmer',
    save: 'Enregistrer',
    institution: 'Institution (3 chiffres)',
    transit: 'Transit (5 chiffres)',
    account: 'Numéro de compte',
    mandate: 'En enregistrant ce compte, j’autorise les débits préautorisés décrits dans l’accord.',
    refuse: 'Refuser',
  },
  en: {
    pay: 'Pay',
    simulated: 'Simulation — no real card, no real money',
    number: 'Card number',
    expiry: 'Expiry (MM / YY)',
    cvc: 'Security code',
    name: 'Name on card',
    back: 'Back',
    done: 'This payment has already been made.',
    expired: 'This payment page has expired.',
    asks: 'Your bank asks for a confirmation.',
    accept: 'Confirm',
    save: 'Save',
    institution: 'Institution (3 digits)',
    transit: 'Transit (5 digits)',
    account: 'Account number',
    mandate: 'By saving this account, I authorize the pre-authorized debits described in the agreement.',
    refuse: 'Refuse',
  },
} as const;

const STYLE = `*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#f6f8fa;color:#1a1f36}
main{max-width:420px;margin:32px auto;padding:24px;background:#fff;border-radius:8px;box-shadow:0 2px 8px #0002}
.amount{font-size:34px;font-weight:600;margin:4px 0 16px}label{display:block;margin-top:12px;font-size:14px}
input{width:100%;padding:10px;font:inherit;border:1px solid #a3acb9;border-radius:6px}
button{width:100%;margin-top:20px;padding:12px;font:inherit;font-weight:600;color:#fff;background:#0a5bd3;border:0;
border-radius:6px}button.other{background:#fff;color:#1a1f36;border:1px solid #a3acb9}
.problem{color:#b3093c;margin-top:16px}.row{display:flex;gap:12px}.badge{font-size:13px;color:#5a6478}`;

/** The page on which a person pays. */
export function payPage(view: CheckoutView): string {
  const words = WORDS[view.language];
  const amount = writtenAmount(view);
  return page(
    view,
    html`<form method="post" autocomplete="on" novalidate>
      ${view.problem === undefined ? '' : html`<p class="problem" role="alert">${view.problem}</p>`}
      ${cardFields(view)}
      <button type="submit" id="pay">${words.pay} ${amount}</button>
    </form>`,
  );
}

function cardFields({ language }: CheckoutView): Html {
  const words = WORDS[language];
  return html`<label for="cardNumber">${words.number}</label>
    <input id="cardNumber" name="cardNumber" inputmode="numeric" autocomplete="cc-number" required />
    <div class="row">
      <div>
        <label for="cardExpiry">${words.expiry}</label>
        <input id="cardExpiry" name="cardExpiry" inputmode="numeric" autocomplete="cc-exp" required />
      </div>
      <div>
        <label for="cardCvc">${words.cvc}</label>
        <input id="cardCvc" name="cardCvc" inputmode="numeric" autocomplete="cc-csc" required />
      </div>
    </div>
    <label for="billingName">${words.name}</label>
    <input id="billingName" name="billingName" autocomplete="cc-name" />`;
}

/** The page on which a person saves a card or a bank account. */
export function setupPage(view: CheckoutView): string {
  const words = WORDS[view.language];
  const isCard = view.session.payment_method_types.includes('card');
  return page(
    view,
    html`<form method="post" autocomplete="on" novalidate>
      ${view.problem === undefined ? '' : html`<p class="problem" role="alert">${view.problem}</p>`}
      ${isCard ? cardFields(view) : accountFields(view)}
      ${isCard ? '' : html`<p id="mandate">${words.mandate}</p>`}
      <button type="submit" id="save">${words.save}</button>
    </form>`,
  );
}

function accountFields({ language }: CheckoutView): Html {
  const words = WORDS[language];
  return html`<label for="institution">${words.institution}</label>
    <input id="institution" name="institution" inputmode="numeric" required />
    <label for="transit">${words.transit}</label>
    <input id="transit" name="transit" inputmode="numeric" required />
    <label for="account">${words.account}</label>
    <input id="account" name="account" inputmode="numeric" required />`;
}

/** The page of somebody else who pays for the payer. */
export function klarnaPage(view: CheckoutView): string {
  const words = WORDS[view.language];
  return page(
    view,
    html`<p>Klarna</p>
      ${view.problem === undefined ? '' : html`<p class="problem" role="alert">${view.problem}</p>`}
      <form method="post">
        <button name="answer" value="accept" id="accept">${words.accept}</button>
        <button name="answer" value="refuse" id="refuse" class="other">${words.refuse}</button>
      </form>`,
  );
}

/** The bank's question, when the card wants one. */
export function authenticationPage(view: CheckoutView, action: string): string {
  const words = WORDS[view.language];
  return page(
    view,
    html`<p>${words.asks}</p>
      <form method="post" action="${action}">
        <button name="answer" value="accept" id="accept">${words.accept}</button>
        <button name="answer" value="refuse" id="refuse" class="other">${words.refuse}</button>
      </form>`,
  );
}

/** The page of a session on which nothing can be paid any more. */
export function closedPage(view: CheckoutView): string {
  const { session, language } = view;
  const words = WORDS[language];
  const sentence = session.status === 'complete' ? words.done : words.expired;
  return page(view, html`<p id="closed">${sentence}</p>`);
}

/** The amount as the language writes it: `1 234,56 $` or `$1,234.56`. */
export function writtenAmount({ session, language }: CheckoutView): string {
  const format = new Intl.NumberFormat(language === 'fr' ? 'fr-CA' : 'en-CA', {
    style: 'currency',
    currency: session.currency.toUpperCase(),
  });
  return session.amount_total === null ? '' : format.format(session.amount_total / 100);
}

function page(view: CheckoutView, body: Html): string {
  const words = WORDS[view.language];
  const { cancel_url: cancelUrl } = view.session;
  return html`<!doctype html>
    <html lang="${view.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.pay} ${writtenAmount(view)}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <main>
          <p class="badge">${words.simulated}</p>
          <div id="description">${view.description}</div>
          <div class="amount" id="amount">${writtenAmount(view)}</div>
          ${body}
          ${cancelUrl === null ? '' : html`<p><a id="back" href="${cancelUrl}">← ${words.back}</a></p>`}
        </main>
      </body>
    </html>`.html;
}

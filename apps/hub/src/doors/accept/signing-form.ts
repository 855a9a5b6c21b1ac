import type { Language } from '@gigafibre/contract';
import {
  codeChannels,
  CONSENT_NAMES,
  CONSENTS,
  maskedDestination,
  type ConsentName,
  type Offer,
} from '../../domains/sales/index.ts';
import type { CompanyProfile } from '../../platform/company.ts';
import { html, type Html } from './html.ts';
import { sayIn, type Say } from './words.ts';

/** Sentences the script shows; they travel in the page so that it stays the only place with words. */
const SCRIPT_WORDS = [
  'needConsents',
  'needName',
  'needSignature',
  'needCode',
  'offline',
  'codeSent',
  'sendAgain',
  'submitting',
  'submit',
] as const;

export type Form = Readonly<{ offer: Offer; language: Language; base: string; company: CompanyProfile }>;

/** Consents, signature and code; the script sends them. */
export function signingForm({ offer, language, base, company }: Form): Html {
  const say = sayIn(language);
  const channels = codeChannels(offer);
  const words = JSON.stringify(Object.fromEntries(SCRIPT_WORDS.map((word) => [word, say(word)])));
  return html`<form
    id="signing"
    class="signing"
    novalidate
    data-base="${base}"
    data-language="${language}"
    data-words="${words}"
  >
    <section class="card" aria-labelledby="agree">
      <h2 id="agree">${say('agree')}</h2>
      ${CONSENT_NAMES.map((name) => consent(name, language, say))}
      <p class="problem" id="consents-problem" role="alert" hidden></p>
    </section>
    <section class="card" aria-labelledby="sign">
      <h2 id="sign">${say('sign')}</h2>
      ${nameField(offer, say)} ${padField(say)}
    </section>
    <section class="card" aria-labelledby="code-title">
      <h2 id="code-title">${say('code')}</h2>
      ${
        channels.length === 0
          ? html`<p>${say('noCode', { phone: company.phone })}</p>`
          : codeFields(offer, say)
      }
    </section>
    <div class="send">
      <p class="problem" id="form-problem" role="alert" hidden></p>
      <button class="primary" type="submit" id="submit" ${channels.length === 0 && html`disabled`}>
        ${say('submit')}
      </button>
      <noscript><p class="problem">${say('noScript', { phone: company.phone })}</p></noscript>
    </div>
  </form>`;
}

const consent = (name: ConsentName, language: Language, say: Say): Html => {
  const { required, ...words } = CONSENTS[name];
  return html`<label class="consent">
    <input type="checkbox" name="${name}" ${required && html`required aria-describedby="consents-problem"`} />
    <span>${words[language]}${!required && html` <span class="quiet">(${say('optional')})</span>`}</span>
  </label>`;
};

const nameField = ({ contact }: Offer, say: Say): Html =>
  html`<div class="field">
    <label for="name">${say('fullName')}</label>
    <input
      class="control"
      id="name"
      name="name"
      autocomplete="name"
      maxlength="160"
      required
      value="${contact.name}"
      aria-describedby="name-problem"
    />
    <p class="problem" id="name-problem" role="alert" hidden></p>
  </div>`;

const padField = (say: Say): Html =>
  html`<fieldset class="field">
    <legend class="unseen">${say('sign')}</legend>
    <div class="choice">
      <label><input type="radio" name="mark" value="drawn" checked /><span>${say('draw')}</span></label>
      <label><input type="radio" name="mark" value="typed" /><span>${say('type')}</span></label>
    </div>
    <div class="paper">
      <canvas id="pad" role="img" aria-label="${say('pad')}"></canvas>
      <span class="written" id="written" hidden></span>
      <span class="prompt" id="pad-prompt" aria-hidden="true">${say('padHint')}</span>
    </div>
    <button class="quiet-button" type="button" id="clear" hidden>${say('clear')}</button>
    <p class="problem" id="pad-problem" role="alert" hidden></p>
  </fieldset>`;

function codeFields(offer: Offer, say: Say): Html {
  const channels = codeChannels(offer);
  return html`<p class="quiet">${say('codeWhy')}</p>
    <div class="choice tall" role="radiogroup" aria-labelledby="code-title">
      ${channels.map(
        (channel, index) =>
          html`<label
            ><input type="radio" name="channel" value="${channel}" ${index === 0 && html`checked`} /><span
              >${say(channel === 'sms' ? 'bySms' : 'byEmail', { hint: maskedDestination(offer, channel) })}</span
            ></label
          >`,
      )}
    </div>
    <button class="secondary" type="button" id="send-code">${say('sendCode')}</button>
    <p class="told" id="code-told" role="status"></p>
    <div class="field" id="code-field" hidden>
      <label for="code">${say('sixDigits')}</label>
      <input
        class="control code"
        id="code"
        name="code"
        inputmode="numeric"
        autocomplete="one-time-code"
        pattern="[0-9]{6}"
        maxlength="6"
        aria-describedby="code-problem"
      />
    </div>
    <p class="problem" id="code-problem" role="alert" hidden></p>`;
}

import type { Language } from '@gigafibre/contract';
import type { CompanyProfile } from '../../platform/company.ts';
import { html, type Html } from './html.ts';
import { sayIn } from './words.ts';

export type Frame = Readonly<{
  language: Language;
  title: string;
  company: CompanyProfile;
  /** Where the same page is in the other language; none where there is no choice. */
  otherLanguage: string | null;
  body: Html;
  /** Whether the page needs its script. */
  script: boolean;
}>;

/** The document around every page of this door: the mark, the choice of language, how to reach us. */
export function framed({ language, title, company, otherLanguage, body, script }: Frame): string {
  const say = sayIn(language);
  return html`<!doctype html>
    <html lang="${language === 'fr' ? 'fr-CA' : 'en-CA'}" data-density="roomy">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/accept/assets/accept.css" />
        ${script && html`<script type="module" src="/accept/assets/accept.js"></script>`}
      </head>
      <body>
        <header class="masthead">
          <div class="bar">
            <span class="brand">${mark()}<span>${company.tradeName}</span></span>
            ${
              otherLanguage !== null &&
              html`<a class="language" href="${otherLanguage}" lang="${language === 'fr' ? 'en' : 'fr'}"
                >${say(language === 'fr' ? 'inEnglish' : 'inFrench')}</a
              >`
            }
          </div>
        </header>
        ${body}
        <footer class="foot">
          <p>${say('questions', { phone: company.phone, email: company.email })}</p>
          <p>${company.legalName} · ${company.addressLines.join(', ')}</p>
        </footer>
      </body>
    </html>`.markup;
}

/** The house's mark: a fibre that leaves the dark and lights its end. */
const mark = (): Html =>
  html`<svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect class="ground" width="32" height="32" rx="8" />
    <path class="fibre" d="M7 22c7 0 7-12 14-12" />
    <circle class="light" cx="23.5" cy="10" r="2.8" />
  </svg>`;

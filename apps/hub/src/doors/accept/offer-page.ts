import type { Language } from '@gigafibre/contract';
import { contractText, formatDate } from '@gigafibre/documents';
import { contractValuesOf, slotText, type Offer } from '../../domains/sales/index.ts';
import type { CompanyProfile } from '../../platform/company.ts';
import { clausesSection, money, pricesSection, summarySection } from './contract-section.ts';
import { html, type Html } from './html.ts';
import { framed } from './layout.ts';
import { signingForm } from './signing-form.ts';
import { sayIn } from './words.ts';

export type OfferPage = Readonly<{
  offer: Offer;
  language: Language;
  company: CompanyProfile;
  /** `/accept/{token}` */
  base: string;
}>;

/** The page that shows the contract and takes the signature. */
export function offerPage(page: OfferPage): string {
  const { offer, language, company, base } = page;
  const say = sayIn(language);
  const text = contractText(contractValuesOf(offer, { company, language }), language);
  const shown = { offer, text, language, base };
  return framed({
    language,
    title: `${say('contract')} · ${offer.quoteId}`,
    company,
    otherLanguage: `${base}?lang=${language === 'fr' ? 'en' : 'fr'}`,
    script: true,
    body: html`<main class="page">
        ${languageNotice(page)} ${opening(page)}
        <div class="columns">
          <div class="reading">${summarySection(shown)} ${pricesSection(shown)} ${clausesSection(shown)}</div>
          ${signingForm(page)}
        </div>
      </main>
      <nav class="bottom-bar" id="bottom-bar" aria-label="${say('goSign')}">
        <span class="figures"
          ><strong>${money(offer.totals.month.totalCents, language)}</strong>${say('month')}</span
        >
        <a class="primary" href="#agree">${say('goSign')}</a>
      </nav>`,
  });
}

/** Who, how much, where and when: what one wants to see first. */
function opening({ offer, language }: OfferPage): Html {
  const say = sayIn(language);
  const { month, today } = offer.totals;
  return html`<section class="opening">
    <p class="quiet">${say('quote')} ${offer.quoteId}</p>
    <h1>${say('hello', { name: offer.contact.name })}</h1>
    <p class="lead">${say('lead')}</p>
    <div class="amounts">
      <p>
        <strong class="figures">${money(month.totalCents, language)}</strong>
        <span>${say('perMonth')}</span>
      </p>
      <p>
        ${
          today.totalCents === 0n
            ? html`<span>${say('onceFree')}</span>`
            : html`<strong class="figures">${money(today.totalCents, language)}</strong>
                <span>${say('once')}</span>`
        }
      </p>
    </div>
    <dl class="facts">
      <div>
        <dt>${say('where')}</dt>
        <dd>${offer.address}</dd>
      </div>
      ${
        offer.slot &&
        html`<div>
          <dt>${say('visit')}</dt>
          <dd>${slotText(offer.slot, language)}</dd>
        </div>`
      }
      <div>
        <dt>${say('validUntil')}</dt>
        <dd>${formatDate(offer.validUntil, language)}</dd>
      </div>
    </dl>
  </section>`;
}

/** The law's order of languages, said to those it concerns and to nobody else. */
function languageNotice({ offer, language, base }: OfferPage): Html | null {
  if (language === 'en') return html`<aside class="notice"><p>${sayIn('en')('choseEnglish')}</p></aside>`;
  if (offer.language === 'fr') return null;
  return html`<aside class="notice">
    <p>${sayIn('fr')('frenchFirst')}</p>
    <p lang="en">${sayIn('en')('frenchFirst')}</p>
    <p>
      <a class="secondary" href="${base}?lang=en" lang="en">${sayIn('en')('continueInEnglish')}</a>
    </p>
  </aside>`;
}

import type { Language, RefusalCode } from '@gigafibre/contract';
import { formatDate } from '@gigafibre/documents';
import { slotText, type Offer } from '../../domains/sales/index.ts';
import type { CompanyProfile } from '../../platform/company.ts';
import { html, type Html } from './html.ts';
import { framed } from './layout.ts';
import { sayIn, type Word } from './words.ts';

type Around = Readonly<{ language: Language; company: CompanyProfile; base: string }>;

/** After the signature: what was done, and what comes next. */
export function donePage({
  offer,
  contractReady,
  language,
  company,
  base,
}: Around & { offer: Offer; contractReady: boolean }): string {
  const say = sayIn(language);
  const visit = offer.slot
    ? say('nextVisit', { visit: slotText(offer.slot, language) })
    : say('nextVisitNone');
  return framed({
    language,
    title: `${say('thanks')} · ${offer.quoteId}`,
    company,
    otherLanguage: `${base}?lang=${language === 'fr' ? 'en' : 'fr'}`,
    script: false,
    body: html`<main class="page narrow">
      <section class="card state">
        ${sign('ok')}
        <h1>${say('thanks')}</h1>
        <p class="lead">${say('thanksLead')}</p>
        ${
          contractReady
            ? html`<p>
                <a class="primary" href="${base}/contract.pdf?language=${language}">${say('openSealed')}</a>
              </p>`
            : html`<p class="quiet">${say('sealing')}</p>`
        }
        <h2>${say('next')}</h2>
        <ul class="next">
          <li>${visit}</li>
          <li>${say('nextBill')}</li>
          <li>${say('nextCancel')}</li>
        </ul>
        <p class="quiet">${say('quote')} ${offer.quoteId} · ${offer.address}</p>
      </section>
    </main>`,
  });
}

const TOLD: Partial<Record<RefusalCode, readonly [title: Word, text: Word]>> = {
  quote_expired: ['expiredTitle', 'expiredText'],
  quote_superseded: ['supersededTitle', 'supersededText'],
  quote_declined: ['declinedTitle', 'declinedText'],
  quote_altered: ['alteredTitle', 'alteredText'],
  link_not_valid: ['invalidTitle', 'invalidText'],
};

/** A link that cannot be signed: why, and what to do. Without an offer the page speaks both languages. */
export function refusedPage({
  code,
  offer,
  language,
  company,
  base,
}: Around & { code: RefusalCode; offer: Offer | null }): string {
  const said: readonly Language[] = offer ? [language] : ['fr', 'en'];
  const [title, text] = TOLD[code] ?? ['cannot', 'invalidText'];
  return framed({
    language,
    title: sayIn(language)(title),
    company,
    otherLanguage: offer ? `${base}?lang=${language === 'fr' ? 'en' : 'fr'}` : null,
    script: false,
    body: html`<main class="page narrow">
      <section class="card state">
        ${sign('stop')}
        ${said.map((one, index) => {
          const say = sayIn(one);
          const date = offer ? formatDate(offer.validUntil, one) : '';
          const heading = index === 0 ? html`<h1>${say(title)}</h1>` : html`<h2>${say(title)}</h2>`;
          return html`<div lang="${one}">
            ${heading}
            <p class="lead">${say(text, { date })}</p>
          </div>`;
        })}
        <p class="ways">
          <a class="primary" href="tel:${company.phone.replaceAll(/[^+\d]/g, '')}">
            ${sayIn(language)('callUs')} · ${company.phone}
          </a>
          <a class="secondary" href="mailto:${company.email}">${sayIn(language)('writeUs')}</a>
        </p>
        ${offer && html`<p class="quiet">${sayIn(language)('quote')} ${offer.quoteId}</p>`}
      </section>
    </main>`,
  });
}

/** A round sign: a tick, or a line across. The words beside it say the same. */
const sign = (kind: 'ok' | 'stop'): Html =>
  html`<svg class="sign ${kind}" viewBox="0 0 48 48" aria-hidden="true">
    <circle cx="24" cy="24" r="22" />
    <path d="${kind === 'ok' ? 'M15 25l6.5 6.5L34 18.5' : 'M24 13v14M24 33.5v.5'}" />
  </svg>`;

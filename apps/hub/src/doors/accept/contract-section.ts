import type { Language } from '@gigafibre/contract';
import type { Clause, ContractText } from '@gigafibre/documents';
import { formatCents, TAX_NAMES } from '@gigafibre/money';
import type { Offer } from '../../domains/sales/index.ts';
import { html, type Html } from './html.ts';
import { sayIn, type Say } from './words.ts';

export type Shown = Readonly<{ offer: Offer; text: ContractText; language: Language; base: string }>;

/** An amount as the language writes it. */
export const money = (cents: bigint, language: Language): string =>
  formatCents(cents, language === 'fr' ? 'fr-CA' : 'en-CA');

/** The critical information summary, before anything else. */
export function summarySection({ text, language }: Shown): Html {
  const say = sayIn(language);
  return html`<section class="card" aria-labelledby="summary">
    <h2 id="summary">${say('summary')}</h2>
    <p class="quiet">${say('summaryIntro')}</p>
    <dl class="essentials">
      ${text.summary.map(
        ({ topic, lines }) =>
          html`<div>
            <dt>${topic}</dt>
            ${lines.map((line) => html`<dd>${line}</dd>`)}
          </div>`,
      )}
    </dl>
  </section>`;
}

/** What is paid every month and once, each with its own taxes. */
export function pricesSection(shown: Shown): Html {
  const say = sayIn(shown.language);
  return html`<section class="card" aria-labelledby="prices">
    <h2 id="prices">${say('prices')}</h2>
    ${priceTables(shown)}
  </section>`;
}

const priceTables = (shown: Shown): Html =>
  html`${priceTable(shown, 'monthly')}${priceTable(shown, 'one_time')}`;

function priceTable({ offer, language }: Shown, frequency: 'monthly' | 'one_time'): Html | null {
  const say = sayIn(language);
  const lines = offer.lines.filter((line) => line.frequency === frequency);
  if (lines.length === 0) return null;
  const totals = frequency === 'monthly' ? offer.totals.month : offer.totals.today;
  return html`<table class="prices">
    <caption>
      ${say(frequency === 'monthly' ? 'eachMonth' : 'oneTime')}
    </caption>
    <thead class="unseen">
      <tr>
        <th scope="col">${say('item')}</th>
        <th scope="col">${say('amount')}</th>
      </tr>
    </thead>
    <tbody>
      ${lines.map(
        (line) =>
          html`<tr>
            <td>
              ${language === 'fr' ? line.nameFr : line.nameEn}${
                line.quantity > 1 && html` <span class="quiet">× ${line.quantity}</span>`
              }
            </td>
            <td class="figures">
              ${line.amountCents === 0n ? say('free') : money(line.amountCents, language)}
            </td>
          </tr>`,
      )}
    </tbody>
    <tfoot>
      ${sumRow(say('subtotal'), money(totals.subtotalCents, language))}
      ${totals.taxes.map(({ tax, cents }) => sumRow(TAX_NAMES[tax][language], money(cents, language)))}
      ${sumRow(say('total'), money(totals.totalCents, language), 'grand')}
    </tfoot>
  </table>`;
}

const sumRow = (label: string, amount: string, kind = ''): Html =>
  html`<tr class="${kind}">
    <th scope="row">${label}</th>
    <td class="figures">${amount}</td>
  </tr>`;

/** The whole contract, folded: long to read, but here and not somewhere else. */
export function clausesSection(shown: Shown): Html {
  const { text, language, base } = shown;
  const say = sayIn(language);
  return html`<section class="card" aria-label="${say('fullContract')}">
    <details class="whole">
      <summary>
        <span>${say('fullContract')}</span>
        <span class="quiet">${say('clauses', { count: String(text.clauses.length) })}</span>
      </summary>
      <ol class="clauses">
        ${text.clauses.map((clause) => clauseItem(clause, shown, say))}
      </ol>
    </details>
    <p class="pdf">
      <a href="${base}/contract.pdf?language=${language}" target="_blank" rel="noopener">${say('openPdf')}</a>
    </p>
  </section>`;
}

const clauseItem = ({ title, blocks }: Clause, shown: Shown, say: Say): Html =>
  html`<li>
    <h3>${title}</h3>
    ${blocks.map((block) => {
      switch (block.is) {
        case 'paragraph':
          return html`<p>${block.text}</p>`;
        case 'list':
          return html`<ul>
            ${block.items.map((item) => html`<li>${item}</li>`)}
          </ul>`;
        case 'charges':
          return html`<div aria-label="${say('prices')}">
            ${priceTable(shown, block.which === 'recurring' ? 'monthly' : 'one_time')}
          </div>`;
      }
    })}
  </li>`;

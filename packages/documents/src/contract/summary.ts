import { money } from '../figures.ts';
import { formatDate } from '../format-date.ts';
import { fill, wordsIn, type Language, type Words } from '../language.ts';
import type { SummaryRow } from './clause.ts';
import type { ContractValues } from './contract-values.ts';

const SUMMARY_WORDS = {
  services: { fr: 'Vos services', en: 'Your services' },
  speed: {
    fr: 'Vitesses : {down} Mbit/s en téléchargement, {up} Mbit/s en téléversement. Données illimitées.',
    en: 'Speeds: {down} Mbit/s download, {up} Mbit/s upload. Unlimited data.',
  },
  price: { fr: 'Prix mensuel', en: 'Monthly price' },
  priceNow: {
    fr: '{total} par mois, taxes incluses ({subtotal} avant taxes).',
    en: '{total} per month, taxes included ({subtotal} before taxes).',
  },
  promotion: {
    fr: '{description} : {rebate} de moins par mois pendant {months} mois, jusqu’au {date}.',
    en: '{description}: {rebate} less per month for {months} months, until {date}.',
  },
  priceAfter: {
    fr: 'Ensuite : {total} par mois, taxes incluses ({subtotal} avant taxes).',
    en: 'After that: {total} per month, taxes included ({subtotal} before taxes).',
  },
  oneTime: { fr: 'Frais uniques', en: 'One-time costs' },
  oneTimeTotal: {
    fr: '{total} au total, taxes incluses. Aucuns frais d’activation ni de changement de forfait.',
    en: '{total} in all, taxes included. No activation fee, no plan-change fee.',
  },
  oneTimeNone: {
    fr: 'Aucuns. Aucuns frais d’activation ni de changement de forfait.',
    en: 'None. No activation fee, no plan-change fee.',
  },
  term: { fr: 'Durée', en: 'Term' },
  termFixed: {
    fr: '{months} mois, du {start} au {end}. Le prix ne peut pas être augmenté pendant la durée. Prix total pour la durée : {total}, taxes et frais uniques inclus. Aucun renouvellement automatique.',
    en: '{months} months, from {start} to {end}. The price cannot be raised during the term. Total price for the term: {total}, taxes and one-time costs included. No automatic renewal.',
  },
  termOpen: {
    fr: 'Durée indéterminée à compter de la mise en service, prévue le {start}. Aucun engagement.',
    en: 'Indeterminate, from activation, expected on {start}. No commitment.',
  },
  cancel: { fr: 'Résiliation', en: 'Cancellation' },
  cancelAny: {
    fr: 'En tout temps, sans motif et sans préavis, par téléphone ou par écrit. Les jours payés d’avance sont remboursés.',
    en: 'At any time, without reason or advance notice, by telephone or in writing. Days paid in advance are refunded.',
  },
  cancelFree: { fr: 'Indemnité de résiliation : aucune.', en: 'Cancellation indemnity: none.' },
  cancelCapped: {
    fr: 'Indemnité de résiliation : au plus 50 $ ou 10 % du prix des services non encore fournis, selon le moindre des deux. Elle diminue jusqu’à zéro à la fin de la durée.',
    en: 'Cancellation indemnity: at most $50 or 10% of the price of the services not yet supplied, whichever is less. It falls to zero at the end of the term.',
  },
  cancelRebate: {
    fr: 'Indemnité de résiliation : au plus {rebate}, le rabais reçu sur l’appareil, moins {share} de ce montant pour chaque mois entamé.',
    en: 'Cancellation indemnity: at most {rebate}, the rebate received on the device, less {share} of that amount for each month begun.',
  },
  equipment: { fr: 'Équipement', en: 'Equipment' },
  lent: {
    fr: '{description} (prêté sans frais, à rendre)',
    en: '{description} (lent free of charge, to be returned)',
  },
  rented: {
    fr: '{description} (loué, compris dans le prix mensuel, à rendre)',
    en: '{description} (rented, part of the monthly price, to be returned)',
  },
  sold: { fr: '{description} (vous appartient)', en: '{description} (yours)' },
  equipmentNone: { fr: 'Aucun.', en: 'None.' },
  support: { fr: 'Appels de service', en: 'Service calls' },
  supportText: {
    fr: 'Sans frais lorsque le problème vient de notre réseau ou de notre équipement. Tout autre travail est chiffré et accepté par vous avant d’être fait.',
    en: 'Free when the problem comes from our network or our equipment. Any other work is priced, and accepted by you, before it is done.',
  },
  complaints: { fr: 'Plaintes', en: 'Complaints' },
  complaintsText: {
    fr: 'D’abord avec nous : {phone}, {email}. Ensuite, sans frais, à la Commission des plaintes relatives aux services de télécom-télévision (CPRST) : www.ccts-cprst.ca, 1 888 221-1687.',
    en: 'With us first: {phone}, {email}. Then, free of charge, with the Commission for Complaints for Telecom-television Services (CCTS): www.ccts-cprst.ca, 1-888-221-1687.',
  },
} as const satisfies Words<string>;

type Said = {
  readonly values: ContractValues;
  readonly language: Language;
  readonly words: Record<keyof typeof SUMMARY_WORDS, string>;
};

/** The critical information summary: what the customer must grasp before anything else, in plain sentences. */
export function summaryRows(values: ContractValues, language: Language): readonly SummaryRow[] {
  const words = wordsIn(SUMMARY_WORDS, language);
  const said = { values, language, words };
  const { company, oneTime, recurring, speed } = values;
  const speeds =
    speed === undefined
      ? []
      : [fill(words.speed, { down: String(speed.downMbps), up: String(speed.upMbps) })];
  const oneTimeTotal = fill(words.oneTimeTotal, { total: money(oneTime.totalCents, language) });
  return [
    {
      topic: words.services,
      lines: [...recurring.lines.filter(isCharged).map((line) => line.description), ...speeds],
    },
    { topic: words.price, lines: priceLines(said) },
    {
      topic: words.oneTime,
      lines:
        oneTime.lines.length === 0
          ? [words.oneTimeNone]
          : [...oneTime.lines.map((line) => line.description), oneTimeTotal],
    },
    { topic: words.term, lines: [termLine(said)] },
    { topic: words.cancel, lines: [words.cancelAny, indemnityLine(said)] },
    { topic: words.equipment, lines: equipmentLines(said) },
    { topic: words.support, lines: [words.supportText] },
    {
      topic: words.complaints,
      lines: [fill(words.complaintsText, { phone: company.phone, email: company.email })],
    },
  ];
}

function isCharged(line: { readonly amountCents: bigint }): boolean {
  return line.amountCents >= 0n;
}

function priceLines({ values, language, words }: Said): readonly string[] {
  const priced = (totals: { totalCents: bigint; subtotalCents: bigint }) => ({
    total: money(totals.totalCents, language),
    subtotal: money(totals.subtotalCents, language),
  });
  const now = fill(words.priceNow, priced(values.recurring));
  if (values.promotions.length === 0) return [now];
  return [
    now,
    ...values.promotions.map((promotion) =>
      fill(words.promotion, {
        description: promotion.description,
        rebate: money(promotion.monthlyRebateCents, language),
        months: String(promotion.months),
        date: formatDate(promotion.endsOn, language),
      }),
    ),
    fill(words.priceAfter, priced(values.regularMonthly)),
  ];
}

function termLine({ values, language, words }: Said): string {
  const start = formatDate(values.startsOn, language);
  if (values.fixedTerm === undefined) return fill(words.termOpen, { start });
  return fill(words.termFixed, {
    start,
    months: String(values.fixedTerm.months),
    end: formatDate(values.fixedTerm.endsOn, language),
    total: money(values.fixedTerm.totalCents, language),
  });
}

/** Months over which a rebate on goods fades when the contract has no term (Consumer Protection Act s. 214.8). */
export const OPEN_TERM_REBATE_MONTHS = 48;

function indemnityLine({ values, language, words }: Said): string {
  const rule = values.cancellation;
  if (rule.is === 'free') return words.cancelFree;
  if (rule.is === 'capped') return words.cancelCapped;
  const months = values.fixedTerm?.months ?? OPEN_TERM_REBATE_MONTHS;
  return fill(words.cancelRebate, { rebate: money(rule.rebateCents, language), share: `1/${months}` });
}

function equipmentLines({ values, words }: Said): readonly string[] {
  if (values.equipment.length === 0) return [words.equipmentNone];
  return values.equipment.map((device) => fill(words[device.mode], { description: device.description }));
}

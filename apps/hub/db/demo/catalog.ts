import type { ImportedItem } from '../../src/domains/catalog/index.ts';

const SINCE = '2024-01-01';
const always = (priceCents: number): ImportedItem['prices'] => [{ priceCents, from: SINCE }];

type Plan = Readonly<{ mbps: number; up: number; fr: string; en: string; prices: ImportedItem['prices'] }>;

const addOns = ['IP-FIXE', 'SOUTIEN-PLUS'] as const;

const fibre = ({ mbps, up, fr, en, prices }: Plan): ImportedItem => ({
  sku: `FIBRE-${mbps}`,
  nameFr: `Fibre ${mbps} Mbit/s`,
  nameEn: `Fibre ${mbps} Mbps`,
  descriptionFr: fr,
  descriptionEn: en,
  kind: 'internet',
  frequency: 'monthly',
  revenueAccount: '4010',
  downloadMbps: mbps,
  uploadMbps: up,
  oltProfile: `line_${mbps}_${up}`,
  radiusProfile: `fibre-${mbps}`,
  options: [...addOns],
  prices,
});

const plans: readonly ImportedItem[] = [
  fibre({
    mbps: 100,
    up: 100,
    fr: 'Navigation, courriel et vidéo pour une ou deux personnes. Usage illimité.',
    en: 'Browsing, e-mail and video for one or two people. Unlimited usage.',
    prices: always(4_995),
  }),
  fibre({
    mbps: 500,
    up: 500,
    fr: 'Télétravail et plusieurs écrans à la fois. Usage illimité.',
    en: 'Working from home and several screens at once. Unlimited usage.',
    prices: [
      { priceCents: 5_995, from: SINCE },
      { priceCents: 6_495, from: '2025-07-01' },
    ],
  }),
  fibre({
    mbps: 1_000,
    up: 1_000,
    fr: 'Toute la famille, les jeux et les sauvegardes sans attendre. Usage illimité.',
    en: 'The whole family, games and backups without waiting. Unlimited usage.',
    prices: [
      { priceCents: 7_495, from: SINCE },
      { priceCents: 7_995, from: '2025-07-01' },
    ],
  }),
  fibre({
    mbps: 2_500,
    up: 2_500,
    fr: 'Pour les bureaux à la maison qui déplacent de gros fichiers. Usage illimité.',
    en: 'For home offices that move large files. Unlimited usage.',
    prices: always(10_995),
  }),
  {
    ...fibre({
      mbps: 1_000,
      up: 1_000,
      fr: 'Gigabit symétrique avec adresse IP fixe et délai de réparation garanti.',
      en: 'Symmetric gigabit with a static IP address and a guaranteed repair time.',
      prices: always(12_995),
    }),
    sku: 'AFFAIRES-1000',
    segment: 'business',
    nameFr: 'Fibre Affaires 1000',
    nameEn: 'Business Fibre 1000',
    revenueAccount: '4020',
    oltProfile: 'line_biz_1000',
    radiusProfile: 'business-1000',
  },
];

const television: readonly ImportedItem[] = [
  {
    sku: 'TELE-BASE',
    nameFr: 'Télé de base',
    nameEn: 'Basic TV',
    descriptionFr: 'Chaînes québécoises et canadiennes en direct, enregistreur infonuagique de 20 heures.',
    descriptionEn: 'Quebec and Canadian live channels, 20-hour cloud recorder.',
    kind: 'tv',
    frequency: 'monthly',
    revenueAccount: '4040',
    options: ['TELE-SPORTS', 'TELE-CINEMA'],
    prices: always(2_500),
  },
  {
    sku: 'TELE-CHOIX-20',
    nameFr: 'Télé à la carte, 20 chaînes',
    nameEn: 'Pick-20 TV',
    descriptionFr: 'La télé de base et vingt chaînes au choix.',
    descriptionEn: 'Basic TV and twenty channels of your choice.',
    kind: 'tv',
    frequency: 'monthly',
    revenueAccount: '4040',
    options: ['TELE-SPORTS', 'TELE-CINEMA'],
    prices: always(4_995),
  },
  option({ sku: 'TELE-SPORTS', fr: 'Bouquet sports', en: 'Sports package', account: '4040', cents: 1_995 }),
  option({ sku: 'TELE-CINEMA', fr: 'Bouquet cinéma', en: 'Movies package', account: '4040', cents: 1_695 }),
];

const telephone: readonly ImportedItem[] = [
  {
    sku: 'TEL-CANADA',
    nameFr: 'Téléphone Canada',
    nameEn: 'Phone Canada',
    descriptionFr: 'Appels illimités au Canada, afficheur, boîte vocale et service 9-1-1.',
    descriptionEn: 'Unlimited calls in Canada, caller ID, voicemail and 9-1-1 service.',
    kind: 'phone',
    frequency: 'monthly',
    revenueAccount: '4030',
    options: ['TEL-MONDE'],
    prices: always(1_495),
  },
  option({ sku: 'TEL-MONDE', fr: 'Appels outre-mer', en: 'Overseas calls', account: '4030', cents: 995 }),
];

const options: readonly ImportedItem[] = [
  option({ sku: 'IP-FIXE', fr: 'Adresse IP fixe', en: 'Static IP address', account: '4080', cents: 1_000 }),
  option({
    sku: 'SOUTIEN-PLUS',
    fr: 'Soutien à domicile prioritaire',
    en: 'Priority home support',
    account: '4080',
    cents: 795,
  }),
  option({ sku: 'RABAIS', fr: 'Rabais', en: 'Discount', account: '4010', cents: 0 }),
  option({ sku: 'VACANCES', fr: 'Pause vacances', en: 'Vacation hold', account: '4010', cents: 1_000 }),
];

const rentals: readonly ImportedItem[] = [
  {
    sku: 'WIFI-MAILLE',
    nameFr: 'Borne Wi-Fi maillée (location)',
    nameEn: 'Wi-Fi mesh node (rental)',
    kind: 'equipment',
    frequency: 'monthly',
    revenueAccount: '4050',
    prices: always(495),
  },
  {
    sku: 'ROUTEUR-LOC',
    nameFr: 'Routeur Wi-Fi 7 (location)',
    nameEn: 'Wi-Fi 7 router (rental)',
    kind: 'equipment',
    frequency: 'monthly',
    revenueAccount: '4050',
    prices: always(695),
  },
  {
    sku: 'TERMINAL-TELE',
    nameFr: 'Terminal télé (location)',
    nameEn: 'TV box (rental)',
    kind: 'equipment',
    frequency: 'monthly',
    revenueAccount: '4050',
    prices: always(500),
  },
];

/** Activation is free by decision 2026-43 of the CRTC; work with hands may be charged. */
const oneTime: readonly ImportedItem[] = [
  once({ sku: 'ACTIVATION', fr: 'Mise en service', en: 'Activation', account: '4060', cents: 0 }),
  once({
    sku: 'INSTALLATION',
    fr: 'Installation à domicile',
    en: 'Home installation',
    account: '4060',
    cents: 9_995,
  }),
  once({
    sku: 'PRISE-SUPP',
    fr: 'Prise réseau supplémentaire',
    en: 'Additional network outlet',
    account: '4060',
    cents: 7_500,
  }),
  once({
    sku: 'ROUTEUR-ACHAT',
    fr: 'Routeur Wi-Fi 7 (achat)',
    en: 'Wi-Fi 7 router (purchase)',
    account: '4070',
    cents: 19_999,
  }),
  {
    ...once({
      sku: 'MAIN-OEUVRE',
      fr: 'Main-d’œuvre, une heure',
      en: 'Labour, one hour',
      account: '4060',
      cents: 9_500,
    }),
    kind: 'labour',
  },
  once({
    sku: 'TRANSFERT-NUMERO',
    fr: 'Transfert de numéro de téléphone',
    en: 'Phone number transfer',
    account: '4030',
    cents: 1_500,
  }),
];

type Simple = Readonly<{ sku: string; fr: string; en: string; account: string; cents: number }>;

function option({ sku, fr, en, account, cents }: Simple): ImportedItem {
  return {
    sku,
    nameFr: fr,
    nameEn: en,
    kind: 'option',
    frequency: 'monthly',
    revenueAccount: account,
    prices: always(cents),
  };
}

function once(simple: Simple): ImportedItem {
  return { ...option(simple), kind: 'one_time', frequency: 'one_time' };
}

/** What the demo company sells. Options stand before the plans that name them: load in this order. */
export const DEMO_CATALOG: readonly ImportedItem[] = [
  ...options,
  ...television.filter(({ kind }) => kind === 'option'),
  ...telephone.filter(({ kind }) => kind === 'option'),
  ...plans,
  ...television.filter(({ kind }) => kind !== 'option'),
  ...telephone.filter(({ kind }) => kind !== 'option'),
  ...rentals,
  ...oneTime,
];

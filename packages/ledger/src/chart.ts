/** What an account is of, which decides the report it appears in. */
export type AccountKind = 'asset' | 'liability' | 'revenue' | 'expense';

/** The side on which an account grows; contra accounts (allowances, discounts) grow against their kind. */
export type NormalSide = 'debit' | 'credit';

/** An account of the general ledger. `perCustomer`: its balance is the sum of what single customers owe or hold. */
export type Account = {
  readonly fr: string;
  readonly en: string;
  readonly kind: AccountKind;
  readonly normal: NormalSide;
  readonly perCustomer?: true;
};

/** Accounts by number. */
export type Chart = Readonly<Record<string, Account>>;

/** The company's chart of accounts, French and English. A further account is a further line. */
export const CHART = {
  '1010': asset('Encaisse – compte courant', 'Cash – operating'),
  '1050': asset('Fonds en transit – Stripe', 'Funds in transit – Stripe'),
  '1055': asset('Fonds en transit – DPA', 'Funds in transit – PAD'),
  '1100': { ...asset('Comptes clients', 'Accounts receivable'), perCustomer: true },
  '1190': contra(asset('Provision pour créances douteuses', 'Allowance for doubtful accounts')),
  '1200': asset('Stocks – équipements (ONT, routeurs)', 'Inventory – CPE'),
  '1210': asset('Stocks – matériel de réseau', 'Inventory – network materials'),
  '1300': asset('Frais payés d’avance', 'Prepaid expenses'),
  '1350': asset('CTI à recevoir (TPS)', 'ITC receivable (GST)'),
  '1355': asset('RTI à recevoir (TVQ)', 'ITR receivable (QST)'),
  '1500': asset('Réseau de fibre optique', 'Fibre plant'),
  '1510': asset('Équipements actifs (OLT, routage)', 'Active equipment'),
  '1520': asset('Équipements chez l’abonné', 'Customer premises equipment'),
  '1590': contra(asset('Amortissement cumulé', 'Accumulated amortisation')),
  '2010': liability('Comptes fournisseurs', 'Accounts payable'),
  '2100': liability('TPS à payer', 'GST payable'),
  '2105': liability('TVH à payer', 'HST payable'),
  '2110': liability('TVQ à payer', 'QST payable'),
  '2120': liability('Taxe municipale 9-1-1 à payer', '9-1-1 municipal tax payable'),
  '2200': liability('Produits reportés (revenus perçus d’avance)', 'Deferred revenue'),
  '2210': { ...liability('Crédits clients non affectés', 'Unapplied customer credits'), perCustomer: true },
  '2220': { ...liability('Dépôts de garantie des clients', 'Customer security deposits'), perCustomer: true },
  '4010': revenue('Revenus – Internet résidentiel', 'Revenue – residential Internet'),
  '4020': revenue('Revenus – Internet affaires', 'Revenue – business Internet'),
  '4030': revenue('Revenus – téléphonie', 'Revenue – voice'),
  '4040': revenue('Revenus – télévision', 'Revenue – TV'),
  '4050': revenue('Revenus – location d’équipement', 'Revenue – equipment rental'),
  '4060': revenue('Revenus – installation', 'Revenue – installation'),
  '4070': revenue('Revenus – vente d’équipement', 'Revenue – equipment sales'),
  '4080': revenue('Revenus – IP fixe et options', 'Revenue – static IP and add-ons'),
  '4090': revenue('Indemnités de résiliation', 'Termination indemnities'),
  '4100': revenue('Revenus d’intérêts – clients', 'Interest on receivables'),
  '4110': revenue('Frais de retard (affaires)', 'Late fees (business)'),
  '4120': revenue('Frais pour effets retournés (affaires)', 'Returned-payment fees (business)'),
  '4900': contra(revenue('Rabais et promotions', 'Discounts and promotions')),
  '4910': contra(revenue('Crédits de service', 'Service credits')),
  '5010': expense('Transit IP et interconnexion', 'IP transit and peering'),
  '5020': expense('Location de poteaux et conduits', 'Pole and duct rental'),
  '5030': expense('Coûts de téléphonie (gros)', 'Wholesale voice'),
  '5040': expense('Entretien du réseau', 'Network maintenance'),
  '5050': expense('Électricité du réseau', 'Network electricity'),
  '5110': expense('Sous-traitance – installations', 'Subcontract installs'),
  '6010': expense('Salaires', 'Salaries'),
  '6100': expense('Loyer et occupation', 'Rent and occupancy'),
  '6110': expense('Véhicules et carburant', 'Vehicles and fuel'),
  '6120': expense('Logiciels et hébergement', 'Software and hosting'),
  '6130': expense('Honoraires professionnels', 'Professional fees'),
  '6140': expense('Assurances', 'Insurance'),
  '6150': expense('Fournitures et frais de bureau', 'Office supplies and expenses'),
  '6200': expense('Frais de cartes et de DPA', 'Card and PAD fees'),
  '6300': expense('Créances irrécouvrables', 'Bad debts'),
  '6310': expense('Écart d’arrondi', 'Rounding differences'),
  '6400': expense('Publicité et parrainage', 'Advertising and referral'),
} as const satisfies Chart;

/** The number of an account of the company's own chart. */
export type AccountNumber = keyof typeof CHART;

/** The accounts that the entries of documents name, by what they are for. */
export const ACCOUNTS = {
  bank: '1010',
  stripeClearing: '1050',
  debitClearing: '1055',
  receivables: '1100',
  payables: '2010',
  deferredRevenue: '2200',
  unappliedCredits: '2210',
  providerFees: '6200',
  badDebts: '6300',
  rounding: '6310',
} as const satisfies Record<string, AccountNumber>;

/** Where each sales tax that was collected waits to be remitted. */
export const TAX_ACCOUNTS = { GST: '2100', QST: '2110', HST: '2105' } as const satisfies Record<
  string,
  AccountNumber
>;

/** Where the same taxes paid on purchases wait to be claimed back. The HST of other provinces is not claimed yet. */
export const TAX_PAID_ACCOUNTS = { GST: '1350', QST: '1355' } as const satisfies Record<
  string,
  AccountNumber
>;

/** Accounts that follow from other documents; nobody buys for them. */
const NOT_BOUGHT: ReadonlySet<string> = new Set(['6010', '6300', '6310']);
/** Things bought that are worth something after the month: stocks, what is paid in advance, plant. */
const KEPT_ACCOUNTS: ReadonlySet<string> = new Set(['1200', '1210', '1300', '1500', '1510', '1520']);
// Keys of a literal: exact.
const NUMBERS = Object.keys(CHART) as AccountNumber[];

/** Accounts that a purchase may stand on, in the order of the chart. */
export const PURCHASE_ACCOUNTS: readonly AccountNumber[] = Object.freeze(
  NUMBERS.filter(
    (number) => KEPT_ACCOUNTS.has(number) || (CHART[number].kind === 'expense' && !NOT_BOUGHT.has(number)),
  ).toSorted(),
);
/** Whether a number somebody typed is one of them. */
export const isPurchaseAccount = (number: string): number is AccountNumber =>
  PURCHASE_ACCOUNTS.some((account) => account === number);

function asset(fr: string, en: string): Account {
  return { fr, en, kind: 'asset', normal: 'debit' };
}

function liability(fr: string, en: string): Account {
  return { fr, en, kind: 'liability', normal: 'credit' };
}

function revenue(fr: string, en: string): Account {
  return { fr, en, kind: 'revenue', normal: 'credit' };
}

function expense(fr: string, en: string): Account {
  return { fr, en, kind: 'expense', normal: 'debit' };
}

function contra(account: Account): Account {
  return { ...account, normal: account.normal === 'debit' ? 'credit' : 'debit' };
}

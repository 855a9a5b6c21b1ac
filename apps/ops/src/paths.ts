import { hrefsOf } from '@gigafibre/ui/routing';

/** Every address of Ops, once. Names are what code says; addresses are what people keep and share. */
export const paths = {
  login: '/login',
  home: '/',
  clients: '/clients',
  client: '/clients/:id',
  clientAccount: '/clients/:id/compte',
  quotes: '/sales',
  newQuote: '/sales/new',
  quote: '/sales/:id',
  dispatch: '/dispatch',
  tickets: '/tickets',
  invoices: '/invoices',
  invoice: '/invoices/:id',
  payments: '/paiements',
  debits: '/paiements/prelevements',
  refunds: '/paiements/remboursements',
  creditNotes: '/paiements/notes-de-credit',
  chargebacks: '/paiements/contestations',
  reviews: '/paiements/a-verifier',
  reconciliation: '/paiements/rapprochement',
  bankFiles: '/paiements/banque',
  bankStatement: '/paiements/releve',
  payment: '/paiements/:id',
  catalog: '/catalogue',
  item: '/catalogue/:sku',
  runs: '/billing',
  run: '/billing/:id',
  collections: '/recouvrement',
  network: '/network',
  reports: '/rapports',
  report: '/rapports/:report',
  ledger: '/grand-livre',
  ledgerAccount: '/grand-livre/:account',
  team: '/equipe',
  ocr: '/ocr',
  telephony: '/telephony',
  agentFlows: '/agent-flows',
  campaigns: '/campaigns',
  settings: '/settings',
  approvalLimits: '/settings/limites',
  ladder: '/settings/recouvrement',
  fieldDay: '/j',
  fieldJob: '/j/job/:name',
  fieldScan: '/j/scan',
  fieldDevice: '/j/device/:serial',
  fieldDiagnostic: '/j/diagnostic',
  fieldMore: '/j/more',
  // Last: any other word after /j is the token of a link.
  fieldLink: '/j/:token',
} as const;

export type RouteName = keyof typeof paths;

/** The `href` of a route: `hrefOf('client', { id })`. */
export const hrefOf = hrefsOf(paths);

import type { Capability } from '@gigafibre/contract';
import type { Component } from 'vue';
import type { RouteName } from './paths.ts';

/** A screen: its page (fetched when first opened), the layout it stands in, and who may open it. */
export type Screen = Readonly<{
  page: () => Promise<{ default: Component }>;
  /** The key of its title. */
  title: string;
  /** `alone` has no layout and needs no session. */
  place: 'office' | 'field' | 'alone';
  capability?: Capability;
}>;

/** The screens that exist. A domain adds its line; what is not here is neither routed nor in the navigation. */
export const screens: Partial<Record<RouteName, Screen>> = {
  login: { page: () => import('./session/LoginPage.vue'), title: 'login.title', place: 'alone' },
  home: {
    page: () => import('./home/HomePage.vue'),
    title: 'nav.home',
    place: 'office',
    capability: 'reports.read',
  },
  clients: {
    page: () => import('./clients/ClientsPage.vue'),
    title: 'nav.clients',
    place: 'office',
    capability: 'clients.read',
  },
  client: {
    page: () => import('./clients/ClientPage.vue'),
    title: 'nav.clients',
    place: 'office',
    capability: 'clients.read',
  },
  invoices: {
    page: () => import('./invoices/InvoicesPage.vue'),
    title: 'nav.invoices',
    place: 'office',
    capability: 'billing.read',
  },
  invoice: {
    page: () => import('./invoices/InvoicePage.vue'),
    title: 'nav.invoices',
    place: 'office',
    capability: 'billing.read',
  },
  payments: {
    page: () => import('./payments/PaymentsPage.vue'),
    title: 'money.payments.title',
    place: 'office',
    capability: 'billing.read',
  },
  debits: {
    page: () => import('./payments/DebitsPage.vue'),
    title: 'money.debits.title',
    place: 'office',
    capability: 'billing.read',
  },
  refunds: {
    page: () => import('./payments/RefundsPage.vue'),
    title: 'money.refunds.title',
    place: 'office',
    capability: 'billing.read',
  },
  creditNotes: {
    page: () => import('./payments/CreditNotesPage.vue'),
    title: 'money.creditNotes.title',
    place: 'office',
    capability: 'billing.read',
  },
  chargebacks: {
    page: () => import('./payments/ChargebacksPage.vue'),
    title: 'money.chargebacks.title',
    place: 'office',
    capability: 'billing.read',
  },
  reviews: {
    page: () => import('./payments/ReviewsPage.vue'),
    title: 'money.reviews.title',
    place: 'office',
    capability: 'billing.read',
  },
  reconciliation: {
    page: () => import('./payments/ReconciliationPage.vue'),
    title: 'money.reconciliation.title',
    place: 'office',
    capability: 'billing.read',
  },
  bankFiles: {
    page: () => import('./bank/BankFilesPage.vue'),
    title: 'bank.title',
    place: 'office',
    capability: 'billing.read',
  },
  bankStatement: {
    page: () => import('./bank/BankStatementsPage.vue'),
    title: 'bank.statement',
    place: 'office',
    capability: 'billing.read',
  },
  payment: {
    page: () => import('./payments/PaymentPage.vue'),
    title: 'money.payments.title',
    place: 'office',
    capability: 'billing.read',
  },
  clientAccount: {
    page: () => import('./account/AccountPage.vue'),
    title: 'clients.account',
    place: 'office',
    capability: 'billing.read',
  },
  purchases: {
    page: () => import('./purchases/PurchasesPage.vue'),
    title: 'purchases.title',
    place: 'office',
    capability: 'purchases.read',
  },
  newSupplierBill: {
    page: () => import('./purchases/BillFormPage.vue'),
    title: 'purchases.enter',
    place: 'office',
    capability: 'purchases.write',
  },
  payables: {
    page: () => import('./purchases/PayablesPage.vue'),
    title: 'purchases.payables.title',
    place: 'office',
    capability: 'purchases.read',
  },
  suppliers: {
    page: () => import('./purchases/SuppliersPage.vue'),
    title: 'purchases.suppliers.title',
    place: 'office',
    capability: 'purchases.read',
  },
  supplierBill: {
    page: () => import('./purchases/BillPage.vue'),
    title: 'purchases.title',
    place: 'office',
    capability: 'purchases.read',
  },
  editSupplierBill: {
    page: () => import('./purchases/BillFormPage.vue'),
    title: 'purchases.title',
    place: 'office',
    capability: 'purchases.write',
  },
  catalog: {
    page: () => import('./catalog/CatalogPage.vue'),
    title: 'catalog.title',
    place: 'office',
    capability: 'catalog.read',
  },
  item: {
    page: () => import('./catalog/ItemPage.vue'),
    title: 'catalog.title',
    place: 'office',
    capability: 'catalog.read',
  },
  runs: {
    page: () => import('./billing/RunsPage.vue'),
    title: 'billing.runs',
    place: 'office',
    capability: 'billing.read',
  },
  run: {
    page: () => import('./billing/RunPage.vue'),
    title: 'billing.runs',
    place: 'office',
    capability: 'billing.read',
  },
  collections: {
    page: () => import('./collections/CollectionsPage.vue'),
    title: 'collections.title',
    place: 'office',
    capability: 'billing.read',
  },
  newQuote: {
    page: () => import('./sales/NewQuotePage.vue'),
    title: 'sale.title',
    place: 'office',
    capability: 'sales.write',
  },
  quotes: {
    page: () => import('./sales/QuotesPage.vue'),
    title: 'nav.quotes',
    place: 'office',
    capability: 'sales.read',
  },
  quote: {
    page: () => import('./sales/QuotePage.vue'),
    title: 'nav.quotes',
    place: 'office',
    capability: 'sales.read',
  },
  dispatch: {
    page: () => import('./dispatch/DispatchPage.vue'),
    title: 'nav.dispatch',
    place: 'office',
    capability: 'dispatch.read',
  },
  settings: {
    page: () => import('./settings/SettingsPage.vue'),
    title: 'outgoing.title',
    place: 'office',
    capability: 'messages.read',
  },
  company: {
    page: () => import('./settings/CompanyPage.vue'),
    title: 'settings.company.title',
    place: 'office',
    capability: 'billing.read',
  },
  approvalLimits: {
    page: () => import('./settings/LimitsPage.vue'),
    title: 'settings.limits.title',
    place: 'office',
    capability: 'billing.read',
  },
  interest: {
    page: () => import('./settings/InterestPage.vue'),
    title: 'byHand.interest.settings',
    place: 'office',
    capability: 'billing.read',
  },
  ladder: {
    page: () => import('./settings/LadderPage.vue'),
    title: 'settings.ladder.title',
    place: 'office',
    capability: 'billing.read',
  },
  reports: {
    page: () => import('./reports/ReportsPage.vue'),
    title: 'nav.reports',
    place: 'office',
    capability: 'reports.read',
  },
  report: {
    page: () => import('./reports/ReportPage.vue'),
    title: 'nav.reports',
    place: 'office',
    capability: 'reports.read',
  },
  ledger: {
    page: () => import('./ledger/LedgerPage.vue'),
    title: 'ledger.title',
    place: 'office',
    capability: 'billing.read',
  },
  ledgerAccount: {
    page: () => import('./ledger/LedgerAccountPage.vue'),
    title: 'ledger.title',
    place: 'office',
    capability: 'billing.read',
  },
  team: {
    page: () => import('./staff/TeamPage.vue'),
    title: 'staff.title',
    place: 'office',
    capability: 'settings.users',
  },
  fieldDay: { page: () => import('./field/DayPage.vue'), title: 'field.day', place: 'field' },
  fieldJob: { page: () => import('./field/JobPage.vue'), title: 'visit.job', place: 'field' },
  fieldScan: { page: () => import('./field/ScanPage.vue'), title: 'field.scan', place: 'field' },
  fieldDevice: {
    page: () => import('./field/DevicePage.vue'),
    title: 'device.title',
    place: 'field',
  },
  fieldDiagnostic: {
    page: () => import('./field/DiagnosticPage.vue'),
    title: 'field.diagnostic',
    place: 'field',
  },
  fieldMore: { page: () => import('./field/MorePage.vue'), title: 'field.more', place: 'field' },
  fieldLink: { page: () => import('./field/LinkPage.vue'), title: 'field.opening', place: 'alone' },
};

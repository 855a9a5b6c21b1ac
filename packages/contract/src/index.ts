import { companyEvents, companyOperations } from './company.ts';
import { rulesEvents, rulesOperations } from './rules.ts';
import { ledgerEvents, ledgerOperations } from './ledger.ts';
import { runDocumentsEvents, runDocumentsOperations } from './run-documents.ts';
import { chargesEvents, chargesOperations } from './charges.ts';
import { purchasesEvents, purchasesOperations } from './purchases.ts';
import { subscriptionChangesOperations } from './subscription-changes.ts';
import { subscriptionsEvents } from './subscriptions-events.ts';
import { subscriptionsOperations } from './subscriptions.ts';
import { billingRunsEvents, billingRunsOperations } from './billing-runs.ts';
import { billingEvents, billingOperations } from './billing.ts';
import { creditNoteEvents, creditNoteOperations } from './credit-notes.ts';
import { interestEvents, interestOperations } from './interest.ts';
import { receivableEvents, receivableOperations } from './receivables.ts';
import { statementOperations } from './statements.ts';
import { taxExemptionEvents, taxExemptionOperations } from './tax-exemptions.ts';
import { paymentsEvents, paymentsOperations } from './payments.ts';
import { collectionsEvents, collectionsOperations } from './collections.ts';
import { dispatchEvents } from './dispatch-events.ts';
import { dispatchOperations } from './dispatch.ts';
import { fieldEvents, fieldOperations } from './field.ts';
import { networkEvents, networkOperations } from './network.ts';
import { stockEvents, stockOperations } from './stock.ts';
import { visionEvents, visionOperations } from './vision.ts';
import { salesEvents } from './sales-events.ts';
import { salesOperations } from './sales.ts';
import { plantEvents, plantOperations } from './plant.ts';
import { catalogEvents, catalogOperations } from './catalog.ts';
import { customersEvents, customersOperations } from './customers.ts';
import { messagesEvents, messagesOperations } from './messages.ts';
import { portalEvents, portalOperations } from './portal.ts';
import { staffEvents, staffOperations } from './staff.ts';
import { historyOperations } from './history.ts';
import { recognitionEvents, reportsOperations } from './reports.ts';
import { viewsOperations } from './views.ts';

export * from './answers.ts';
export * from './capabilities.ts';
export * from './customers.ts';
export * from './event.ts';
export * from './messages.ts';
export * from './operation.ts';
export * from './portal.ts';
export * from './refusals.ts';
export * from './company.ts';
export * from './rules.ts';
export * from './staff.ts';
export * from './catalog.ts';
export * from './plant.ts';
export * from './sales-events.ts';
export * from './sales-values.ts';
export * from './sales.ts';
export * from './stock.ts';
export * from './optical.ts';
export * from './network.ts';
export * from './line-diagnosis.ts';
export * from './dispatch-values.ts';
export * from './dispatch-conflicts.ts';
export * from './dispatch-events.ts';
export * from './dispatch.ts';
export * from './field.ts';
export * from './vision.ts';
export * from './ledger.ts';
export * from './purchases-values.ts';
export * from './purchases.ts';
export * from './charges.ts';
export * from './subscription-changes.ts';
export * from './subscriptions-events.ts';
export * from './subscriptions.ts';
export * from './bill-cause-words.ts';
export * from './billing-runs.ts';
export * from './run-documents.ts';
export * from './billing.ts';
export * from './credit-notes.ts';
export * from './interest.ts';
export * from './receivables.ts';
export * from './statements.ts';
export * from './tax-exemptions.ts';
export * from './tax-numbers.ts';
export * from './payments-bank.ts';
export * from './payments-chargebacks.ts';
export * from './payments-debits.ts';
export * from './payments-methods.ts';
export * from './payments-reconciliation.ts';
export * from './payments-refunds.ts';
export * from './payments-statements.ts';
export * from './payments.ts';
export * from './collections-values.ts';
export * from './collections.ts';
export * from './values.ts';
export * from './views.ts';
export * from './history.ts';
export * from './reports.ts';

/** Everything the hub can be asked, by domain. A domain adds its file and a line here. */
export const operations = {
  staff: staffOperations,
  company: companyOperations,
  rules: rulesOperations,
  customers: customersOperations,
  messages: messagesOperations,
  portal: portalOperations,
  catalog: catalogOperations,
  plant: plantOperations,
  sales: salesOperations,
  stock: stockOperations,
  network: networkOperations,
  dispatch: dispatchOperations,
  field: fieldOperations,
  vision: visionOperations,
  ledger: ledgerOperations,
  purchases: purchasesOperations,
  charges: chargesOperations,
  subscriptions: { ...subscriptionsOperations, ...subscriptionChangesOperations },
  billing: {
    ...billingOperations,
    ...billingRunsOperations,
    ...runDocumentsOperations,
    ...creditNoteOperations,
    ...receivableOperations,
    ...interestOperations,
    ...taxExemptionOperations,
    ...statementOperations,
  },
  payments: paymentsOperations,
  collections: collectionsOperations,
  views: viewsOperations,
  history: historyOperations,
  reports: reportsOperations,
} as const;

/** Everything that can happen, by domain. */
export const events = {
  staff: staffEvents,
  customers: customersEvents,
  messages: messagesEvents,
  portal: portalEvents,
  catalog: catalogEvents,
  plant: plantEvents,
  sales: salesEvents,
  stock: stockEvents,
  network: networkEvents,
  dispatch: dispatchEvents,
  field: fieldEvents,
  vision: visionEvents,
  company: companyEvents,
  rules: rulesEvents,
  ledger: ledgerEvents,
  purchases: purchasesEvents,
  charges: chargesEvents,
  subscriptions: subscriptionsEvents,
  billing: {
    ...billingEvents,
    ...billingRunsEvents,
    ...runDocumentsEvents,
    ...recognitionEvents,
    ...creditNoteEvents,
    ...receivableEvents,
    ...interestEvents,
    ...taxExemptionEvents,
  },
  payments: paymentsEvents,
  collections: collectionsEvents,
} as const;

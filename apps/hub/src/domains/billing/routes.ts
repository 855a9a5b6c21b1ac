import { billingOperations as op } from '@gigafibre/contract';
import type { Env } from '../../env.ts';
import { answers, carriesOut, rehearses, type Route } from '../../platform/http/route.ts';
import { customerSelf } from '../customers/index.ts';
import { accountBalance } from './account-balance.ts';
import { previewFirstBill } from './bill-activation.ts';
import type { OnItsWay } from './charge-fee.ts';
import { creditNoteRoutes } from './credit-note-routes.ts';
import { invoiceDocument } from './invoice-document.ts';
import { issueManualInvoice, previewManualInvoice } from './manual-invoice.ts';
import { receivableRoutes } from './receivable-routes.ts';
import { listInvoices, readInvoice, readInvoiceOf, shownPreview } from './read-invoices.ts';

/** `onItsWay` says what of a customer's debt is on its way from their bank: payments know. */
export const billingRoutes = (env: Env, onItsWay: OnItsWay): Route[] => [
  answers(op.listInvoices, (reading, input) => listInvoices(reading, input)),
  answers(op.readInvoice, (reading, { id }) => readInvoice(reading, id)),
  answers(op.readInvoicePdf, (reading, input) => invoiceDocument(reading, env, input)),
  rehearses(op.previewInvoice, (tx, input) => previewManualInvoice(tx, input)),
  carriesOut(op.issueInvoice, (tx, input) => issueManualInvoice(tx, input)),
  answers(op.previewFirstInvoice, async (reading, input) =>
    shownPreview(await previewFirstBill(reading, input)),
  ),
  answers(op.listMyInvoices, async (reading, input) =>
    listInvoices(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  answers(op.readMyInvoice, async (reading, { id }) =>
    readInvoiceOf(reading, { id, customerId: customerSelf(reading) }),
  ),
  answers(op.readMyInvoicePdf, async (reading, input) => {
    await readInvoiceOf(reading, { id: input.id, customerId: customerSelf(reading) });
    return invoiceDocument(reading, env, input);
  }),
  ...creditNoteRoutes(),
  ...receivableRoutes(onItsWay),
  answers(op.readMyBalance, async (reading) => accountBalance(reading, customerSelf(reading))),
];

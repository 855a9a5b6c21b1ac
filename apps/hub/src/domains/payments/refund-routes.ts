import { paymentsOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { customerSelf } from '../customers/index.ts';
import { refundCredit, refundPayment } from './refunds/ask-refund.ts';
import { approveRefund, rejectRefund } from './refunds/decide-refund.ts';
import { listRefunds, readRefund } from './refunds/read-refunds.ts';
import { refundReceipt } from './refunds/refund-receipt.ts';

/** Money given back. */
export const refundRoutes = (): Route[] => [
  carriesOut(op.refundPayment, (tx, input) => refundPayment(tx, input)),
  carriesOut(op.refundCredit, (tx, input) => refundCredit(tx, input)),
  carriesOut(op.approveRefund, (tx, input) => approveRefund(tx, input)),
  carriesOut(op.rejectRefund, (tx, input) => rejectRefund(tx, input)),
  answers(op.listRefunds, (reading, input) => listRefunds(reading, input)),
  answers(op.readRefund, (reading, { id }) => readRefund(reading, id)),
  answers(op.readRefundReceipt, (reading, input) => refundReceipt(reading, input)),
  answers(op.readMyRefundReceipt, async (reading, input) =>
    refundReceipt(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  answers(op.listMyRefunds, async (reading, input) =>
    listRefunds(reading, { ...input, customerId: customerSelf(reading) }),
  ),
];

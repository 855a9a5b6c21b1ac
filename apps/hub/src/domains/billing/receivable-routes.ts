import {
  interestOperations as interestOp,
  receivableOperations as op,
  statementOperations as statementOp,
  taxExemptionOperations as exemptionOp,
} from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { readApprovalLimits } from '../charges/index.ts';
import { customerSelf } from '../customers/index.ts';
import { chargeAllInterest, listInterestDue } from './all-interest.ts';
import { changeApprovalLimits, changeInterest, readInterestTerms } from './billing-rules.ts';
import { chargeFee, type OnItsWay } from './charge-fee.ts';
import { closeDispute, listDisputes, openDispute } from './dispute.ts';
import { chargeInterest, interestDueOf, waiveInterest } from './interest.ts';
import { pausedSince } from './runs/pause.ts';
import { statementDocument, statementOf } from './statement.ts';
import { endTaxExemption, grantTaxExemption, listTaxExemptions } from './tax-exemptions.ts';
import { listWriteOffs, recoverWriteOff, writeOffInvoice } from './write-off.ts';

export const receivableRoutes = (onItsWay: OnItsWay): Route[] => [
  answers(op.listWriteOffs, (reading, input) => listWriteOffs(reading, input)),
  carriesOut(op.writeOffInvoice, (tx, input) => writeOffInvoice(tx, input)),
  carriesOut(op.recoverWriteOff, (tx, input) => recoverWriteOff(tx, input)),
  answers(op.listDisputes, (reading, input) => listDisputes(reading, input)),
  carriesOut(op.openDispute, (tx, input) => openDispute(tx, input)),
  carriesOut(op.closeDispute, (tx, input) => closeDispute(tx, input)),
  answers(interestOp.readBillingRules, async (reading) => ({
    interest: await readInterestTerms(reading),
    limits: await readApprovalLimits(reading),
    pausedSince: await pausedSince(reading),
  })),
  carriesOut(interestOp.changeInterest, (tx, input) => changeInterest(tx, input)),
  carriesOut(interestOp.changeApprovalLimits, (tx, input) => changeApprovalLimits(tx, input)),
  answers(interestOp.previewInterest, (reading, { customerId }) => interestDueOf(reading, customerId)),
  carriesOut(interestOp.chargeInterest, (tx, input) => chargeInterest(tx, input)),
  answers(interestOp.listInterestDue, (reading, input) => listInterestDue(reading, input)),
  carriesOut(interestOp.chargeAllInterest, (tx) => chargeAllInterest(tx)),
  carriesOut(interestOp.waiveInterest, (tx, input) => waiveInterest(tx, input)),
  carriesOut(interestOp.chargeFee, (tx, input) => chargeFee(tx, { ...input, onItsWay })),
  answers(exemptionOp.listTaxExemptions, (reading, { customerId }) => listTaxExemptions(reading, customerId)),
  carriesOut(exemptionOp.grantTaxExemption, (tx, input) => grantTaxExemption(tx, input)),
  carriesOut(exemptionOp.endTaxExemption, (tx, input) => endTaxExemption(tx, input)),
  answers(statementOp.readStatement, (reading, input) => statementOf(reading, input)),
  answers(statementOp.readStatementPdf, (reading, input) => statementDocument(reading, input)),
  answers(statementOp.readMyStatement, async (reading, input) =>
    statementOf(reading, { ...input, customerId: customerSelf(reading) }),
  ),
  answers(statementOp.readMyStatementPdf, async (reading, input) =>
    statementDocument(reading, { ...input, customerId: customerSelf(reading) }),
  ),
];

import { purchasesOperations as op } from '@gigafibre/contract';
import { answers, carriesOut, type Route } from '../../platform/http/route.ts';
import { addBillFile, readBillFile } from './add-bill-file.ts';
import { approveBill } from './approve-bill.ts';
import { changeBill, enterBill } from './enter-bill.ts';
import { payBills, reversePayment } from './pay-bills.ts';
import { readPayables } from './payables.ts';
import { computeTaxes, listBills, readBill } from './read-bills.ts';
import { listPurchaseAccounts, listSuppliers, readSupplier } from './read-suppliers.ts';
import { reverseBill } from './reverse-bill.ts';
import { addSupplier, changeSupplier } from './save-supplier.ts';

export const purchasesRoutes = (): Route[] => [
  answers(op.listSuppliers, (reading, input) => listSuppliers(reading, input)),
  answers(op.readSupplier, (reading, { id }) => readSupplier(reading, id)),
  carriesOut(op.addSupplier, (tx, input) => addSupplier(tx, input)),
  carriesOut(op.changeSupplier, (tx, input) => changeSupplier(tx, input)),
  answers(op.listPurchaseAccounts, async () => listPurchaseAccounts()),
  answers(op.listBills, (reading, input) => listBills(reading, input)),
  answers(op.readBill, (reading, { id }) => readBill(reading, id)),
  answers(op.computeTaxes, (reading, input) => computeTaxes(reading, input)),
  carriesOut(op.enterBill, (tx, input) => enterBill(tx, input)),
  carriesOut(op.changeBill, (tx, input) => changeBill(tx, input)),
  carriesOut(op.addBillFile, (tx, input) => addBillFile(tx, input)),
  answers(op.readBillFile, (reading, input) => readBillFile(reading, input)),
  carriesOut(op.approveBill, (tx, input) => approveBill(tx, input)),
  carriesOut(op.reverseBill, (tx, input) => reverseBill(tx, input)),
  carriesOut(op.payBills, (tx, input) => payBills(tx, input)),
  carriesOut(op.reverseSupplierPayment, (tx, input) => reversePayment(tx, input)),
  answers(op.readPayables, (reading) => readPayables(reading)),
];

export { approveBill } from './approve-bill.ts';
export { enterBill, type NewBill } from './enter-bill.ts';
export { payBills } from './pay-bills.ts';
export { purchasesRoutes } from './routes.ts';
export { addSupplier } from './save-supplier.ts';
export { verifyPurchases, type PurchaseDifference } from './verify-purchases.ts';

export { addCharge, type NewCharge } from './add-charge.ts';
export { cancelCharge, cancelChargesOf } from './cancel-charge.ts';
export type { Charge } from './charge.ts';
export { chargesRoutes } from './routes.ts';
export { chargesInvoiced, openChargesOf, takeOpenCharges } from './take-open-charges.ts';

export { addCharge, type NewCharge } from './add-charge.ts';
export { cancelCharge, cancelChargesOf } from './cancel-charge.ts';
export type { Charge } from './charge.ts';
export {
  chargeServiceDays,
  newDays,
  shareWords,
  takeNewCycles,
  type ChargedService,
  type ServiceDays,
  type ServiceItem,
} from './charge-service-days.ts';
export { daysToCharge, type DaysCharged } from './service-days.ts';
export { chargesRoutes } from './routes.ts';
export { chargesInvoiced, openChargesOf, takeOpenCharges } from './take-open-charges.ts';

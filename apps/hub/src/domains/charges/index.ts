export { addCharge, type NewCharge } from './add-charge.ts';
export { LIMITS_SETTING, readApprovalLimits, requireApproval, type ApprovalLimits } from '../staff/index.ts';
export { askedOf, cancelCharge, cancelChargesOf } from './cancel-charge.ts';
export type { Charge } from './charge.ts';
export { chargeAgain, giveUpDays, type CreditedDays } from './credited-days.ts';
export {
  chargeServiceDays,
  lonePlanOf,
  newDays,
  shareWords,
  keepNewDays,
  takeNewCycles,
  type ChargedSubscription,
  type ServiceDays,
  type ServiceItem,
} from './charge-service-days.ts';
export { cyclesOf, turnedTo, turnsBetween, type AnchorFrom, type Turning } from './service-cycles.ts';
export { daysToCharge, type DaysCharged } from './service-days.ts';
export { keepPhoneMonths, taxedMonths } from './municipal-tax-store.ts';
export { newPhoneMonths, type PhoneMonth } from './phone-months.ts';
export { chargesRoutes } from './routes.ts';
export { chargedThrough, refreshStatistics as refreshCycleStatistics } from './cycles-store.ts';
export {
  chargesCredited,
  chargesInvoiced,
  customersCharged,
  openChargesOf,
  openChargesOfMany,
  takeOpenCharges,
} from './take-open-charges.ts';

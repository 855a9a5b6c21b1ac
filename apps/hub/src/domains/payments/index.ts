export { applyCredits } from './apply-credits.ts';
export { paymentsJobs, paymentsTick } from './jobs.ts';
export type { Payment, PaymentMethod } from './payment.ts';
export { keepProviderEvent } from './provider-event.ts';
export { readPayment } from './read-payments.ts';
export { receipt } from './receipt.ts';
export { receivePayment, type Receiving } from './receive-payment.ts';
export { paymentsRoutes } from './routes.ts';
export { verifyPayments, type PaymentDifference } from './verify-payments.ts';

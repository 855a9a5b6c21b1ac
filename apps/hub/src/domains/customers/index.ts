export { putBillingDay, readBillingDay, type BillingDay } from './billing-day.ts';
export { createCustomer, type NewCustomer } from './create-customer.ts';
export { customerSelf } from './customer-self.ts';
export { billingEmail, type Customer, type CustomerStatus } from './customer.ts';
export { editCustomer, setCustomerStatus, setStripeId } from './edit-customer.ts';
export { parsePhone, requirePhone } from './phone.ts';
export { customerByStripeId, customersByIdentifier, readCustomer, readCustomers } from './read-customer.ts';
export { customersRoutes } from './routes.ts';
export { indexAllTerms, indexTerms } from './search-terms.ts';

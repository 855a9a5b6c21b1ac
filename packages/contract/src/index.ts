import { salesEvents, salesOperations } from './sales.ts';
import { plantEvents, plantOperations } from './plant.ts';
import { catalogEvents, catalogOperations } from './catalog.ts';
import { customersEvents, customersOperations } from './customers.ts';
import { messagesEvents, messagesOperations } from './messages.ts';
import { portalEvents, portalOperations } from './portal.ts';
import { staffEvents, staffOperations } from './staff.ts';

export * from './answers.ts';
export * from './capabilities.ts';
export * from './customers.ts';
export * from './event.ts';
export * from './messages.ts';
export * from './operation.ts';
export * from './portal.ts';
export * from './refusals.ts';
export * from './staff.ts';
export * from './catalog.ts';
export * from './plant.ts';
export * from './sales.ts';
export * from './values.ts';

/** Everything the hub can be asked, by domain. A domain adds its file and a line here. */
export const operations = {
  staff: staffOperations,
  customers: customersOperations,
  messages: messagesOperations,
  portal: portalOperations,
  catalog: catalogOperations,
  plant: plantOperations,
  sales: salesOperations,
} as const;

/** Everything that can happen, by domain. */
export const events = {
  staff: staffEvents,
  customers: customersEvents,
  messages: messagesEvents,
  portal: portalEvents,
  catalog: catalogEvents,
  plant: plantEvents,
  sales: salesEvents,
} as const;

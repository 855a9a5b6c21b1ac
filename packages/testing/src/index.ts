export { commitWatch, type CommitWatch, type Instant } from './commit-watch.ts';
export { hubProcess, type HubProcess } from './hub-process.ts';
export { callersAt, serveHub, type Caller, type ServedHub } from './serve-hub.ts';
export { sharedData } from './shared-data.ts';
export { keptLog, silentLog } from './silent-log.ts';
export {
  activeService,
  installOnt,
  newCustomer,
  newLocation,
  newSubscription,
  stockCatalog,
} from './small-company.ts';
export { emptyDatabase, testDatabase } from './test-database.ts';
export { troubledLine, TROUBLES, type Trouble, type TroubledLine } from './troubled-line.ts';
export { environmentOf, testWorld, type TestWorld } from './test-world.ts';
export { ADMIN, noTransfers, START, testHub, type TestHub, type TestHubOptions } from './test-hub.ts';
export {
  answerChecklist,
  home,
  inTheField,
  job,
  oltAt,
  phoneOf,
  publishTo,
  technician,
} from './working-day.ts';

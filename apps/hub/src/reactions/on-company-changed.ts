import { companyEvents } from '@gigafibre/contract';
import { billWaiting } from '../domains/billing/index.ts';
import { on, type Reaction } from './reaction.ts';

/** The company is described: the first bills that waited for its registration numbers are issued. */
export const onCompanyChanged = (): Reaction =>
  on(companyEvents.companyChanged, 'bill the services that waited', (tx) => billWaiting(tx));

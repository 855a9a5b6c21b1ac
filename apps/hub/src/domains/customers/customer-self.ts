import { Refusal } from '@gigafibre/contract';
import type { Reading } from '../../platform/acting.ts';

/** The number of the customer who asks. Refused for everybody else, whatever rights they hold: nobody is them. */
export function customerSelf({ by }: Pick<Reading, 'by'>): string {
  if (by.kind !== 'customer' || by.id === null) throw new Refusal('forbidden', { capability: 'portal.self' });
  return by.id;
}

import type { OutputOf, purchasesOperations } from '@gigafibre/contract';

type Bill = OutputOf<typeof purchasesOperations.listBills>['rows'][number];

/** The state as people say it: an approved bill whose day is past is overdue. */
export const billState = ({ state, overdue }: Pick<Bill, 'state' | 'overdue'>): Bill['state'] | 'overdue' =>
  overdue ? 'overdue' : state;

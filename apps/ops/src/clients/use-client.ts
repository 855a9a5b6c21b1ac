import { viewsOperations, type OutputOf } from '@gigafibre/contract';
import { useHubQuery } from '@gigafibre/ui/hub';

export type Client360 = OutputOf<typeof viewsOperations.customer360>;

/** Everything about one customer, kept current by live messages. */
export const useClient = (id: () => string) => useHubQuery(viewsOperations.customer360, () => ({ id: id() }));

import type { Db } from '../../platform/db/connect.ts';

/** Where an OLT answers: `host` or `host:port` of its SNMP agent. */
export type OltAddress = Readonly<{ id: string; name: string; managementAddress: string }>;

/** One OLT by id, or the first few by id when none is named. */
export const oltAddresses = (
  db: Db,
  { oltId, limit }: { oltId: string | null; limit: number },
): Promise<OltAddress[]> =>
  db
    .selectFrom('plant.olts')
    .select(['id', 'name', 'management_address as managementAddress'])
    .$if(oltId !== null, (q) => q.where('id', '=', oltId ?? ''))
    .orderBy('id')
    .limit(limit)
    .execute();

import { addDays, civilDateOf } from '@gigafibre/calendar';
import { sql } from 'kysely';
import { SIZES, writeHistory } from '../imports/demo/history/write-history.ts';
import { growCompany } from '../imports/demo/grow-company.ts';
import { layFoundations } from '../imports/demo/open-company.ts';
import { liveToday } from '../imports/demo/living-day.ts';
import type { Hub } from '../hub.ts';
import { SYSTEM } from '../platform/acting.ts';
import { transact } from '../platform/transact.ts';
import type { DemoWorld } from './demo-world.ts';

/** Light at the demo's ONTs, dBm: good ones, each its own. */
const RX_DBM = { from: -21, steps: 8 };

/**
 * Creates the demo company in an empty database; a database that has one is left as it is, except that its OLTs
 * are looked for where the simulators answer this time.
 */
export async function openDemoCompany(
  hub: Hub,
  { size, world }: { size: 'small' | 'full'; world: DemoWorld },
): Promise<void> {
  const { env } = hub;
  const managementAddress = (olt: string) =>
    world.world.olts.find(({ name }) => name === olt)?.address ?? world.addresses['olt'] ?? '';
  const { rows } = await sql<{ name: string }>`select name from plant.olts`.execute(env.db);
  if (rows.length > 0) {
    for (const { name } of rows)
      await sql`update plant.olts set management_address = ${managementAddress(name)} where name = ${name}`.execute(
        env.db,
      );
    return;
  }
  const { technicianIds, onts } = await transact(hub.ground, { by: SYSTEM }, async (tx) => {
    const foundations = await layFoundations(tx, { managementAddress });
    if (size === 'full') await growCompany(tx);
    return foundations;
  });
  for (const [index, { serial, mac }] of onts.entries())
    world.world.addOnt({ serial, mac, rxDbm: RX_DBM.from + (index % RX_DBM.steps) * 0.4, state: 'online' });
  const today = civilDateOf(env.clock.now());
  const started = performance.now();
  const written = await writeHistory(hub.pool, { size: SIZES[size], endsOn: addDays(today, -1) });
  if (size === 'full') sayRate({ rows: written.rows, seconds: (performance.now() - started) / 1_000 });
  for (const ont of written.onts) world.world.addOnt({ ...ont, state: 'online' });
  await liveToday(env, { technicianIds, today });
}

const sayRate = ({ rows, seconds }: { rows: number; seconds: number }): void => {
  const perSecond = Math.round(rows / seconds);
  process.stdout.write(`Demo company: ${rows} rows in ${seconds.toFixed(1)} s, ${perSecond} rows/s.\n`);
};

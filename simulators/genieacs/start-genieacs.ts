/**
 * GenieACS's northbound interface, with the ONTs of the world as its devices.
 *
 * Sentinels: an ONT serial ending DEAD does not answer calls (its tasks wait), FA17 refuses every task
 * (fault cwmp.9002), B0B0 is in another session (tasks wait). And `sim:<fault>` anywhere in a request
 * (`kit/faults.ts`).
 */
import { FAULT_SENTINELS, FaultPlan, installFaults, type Fault } from '../kit/faults.ts';
import { createHttpSimulator, listenOnLoopback } from '../kit/http-simulator.ts';
import { controlPage, html, recordTable, sentinelList } from '../kit/page.ts';
import type { SimEnv } from '../kit/sim-env.ts';
import type { OntRegistry } from '../onts/ont-registry.ts';
import { SERIAL_SENTINELS, SimulatedAcs } from './acs.ts';
import { deviceFromCsv } from './device-from-csv.ts';
import { DeviceStore } from './device-store.ts';
import { serveNbi } from './nbi.ts';

/** A running GenieACS. */
export type GenieAcsSimulator = {
  readonly address: string;
  /** Adds a device out of a CSV export of GenieACS; gives its id. It answers no calls. */
  addFromCsv(csv: string): string;
  orderFault(fault: Fault, count?: number): void;
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

/** Starts it on a loopback port, 0 for any. */
export async function startGenieAcs(options: {
  env: SimEnv;
  registry: OntRegistry;
  port?: number;
}): Promise<GenieAcsSimulator> {
  const devices = new DeviceStore(options.env, options.registry);
  const acs = new SimulatedAcs(options.env, devices);
  const faults = new FaultPlan();
  const app = createHttpSimulator();
  installFaults(app, {
    plan: faults,
    applies: (url) => url !== '/' && url !== '/state',
    errorBody: () => 'Simulated fault',
  });
  serveNbi(app, acs);
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(acsPage(acs)));
  app.get('/state', async () => stateOf(acs));
  const address = await listenOnLoopback(app, options.port ?? 0);
  return {
    address,
    addFromCsv: (csv) => {
      const document = deviceFromCsv(csv);
      devices.keep(document);
      return document._id;
    },
    orderFault: (fault, count = 1) => faults.order(fault, count),
    state: () => stateOf(acs),
    stop: () => app.close(),
  };
}

function stateOf(acs: SimulatedAcs): Record<string, unknown> {
  return {
    devices: acs.known().map(({ id, lastInform }) => ({ id, lastInform })),
    tasks: [...acs.tasks.values()],
    faults: [...acs.faults.values()],
  };
}

function acsPage(acs: SimulatedAcs): string {
  const devices = acs.known().map(({ id, lastInform }) => ({ id, lastInform }));
  return controlPage(
    'GenieACS, simulated',
    html`${sentinelList([...SERIAL_SENTINELS, ...FAULT_SENTINELS])}
      <h2>Devices</h2>
      ${recordTable(devices)}
      <h2>Tasks waiting</h2>
      ${recordTable([...acs.tasks.values()])}
      <h2>Faults</h2>
      ${recordTable([...acs.faults.values()])}`,
  );
}

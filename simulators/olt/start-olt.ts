/**
 * A Huawei OLT's SNMP v2c agent, with the ONTs of the world on it.
 *
 * Sentinels: any community but `public` is met with silence, as agents do. By `setFault`: `silent` answers
 * nothing, `slow` answers after a second, `garbage` answers octets that are not SNMP, `no_optics` lacks the
 * optical table as firmware V800R018 does, `endless` gives the same line again and again.
 */
import { createSocket } from 'node:dgram';
import { LOOPBACK, type SimEnv } from '../kit/sim-env.ts';
import type { OntRegistry } from '../onts/ont-registry.ts';
import { huaweiMib, type OltFacts } from './huawei-mib.ts';
import { answerLines, type Mib } from './mib.ts';
import { readRequest, writeResponse, type SnmpRequest } from './snmp-message.ts';

/** Ways an OLT can be in trouble. */
export const OLT_FAULTS = ['silent', 'slow', 'garbage', 'no_optics', 'endless'] as const;

/** The name of a trouble. */
export type OltFault = (typeof OLT_FAULTS)[number];

/** A running OLT. */
export type OltSimulator = {
  readonly name: string;
  /** `127.0.0.1:<port>`, UDP. */
  readonly address: string;
  readonly community: string;
  /** The trouble it is in from now on; null for none. */
  setFault(fault: OltFault | null): void;
  state(): Record<string, unknown>;
  stop(): Promise<void>;
};

const COMMUNITY = 'public';
const SLOW_MS = 1_000;
const NOT_WRITABLE = 17;

/** Starts it on a loopback port, 0 for any. */
export async function startOlt(options: {
  env: SimEnv;
  registry: OntRegistry;
  name: string;
  port?: number;
}): Promise<OltSimulator> {
  const { env, registry, name } = options;
  const startedAt = env.clock();
  const timers = new Set<NodeJS.Timeout>();
  let fault: OltFault | null = null;
  let requests = 0;
  const facts = (): OltFacts => ({ name, startedAt, now: env.clock(), hasOptics: fault !== 'no_optics' });
  const mib = rememberedMib(registry, () => huaweiMib(facts(), registry.ofOlt(name)));
  const socket = createSocket('udp4');
  socket.on('message', (packet, from) => {
    const request = readRequest(packet);
    if (request === null || request.community !== COMMUNITY || fault === 'silent') return;
    requests += 1;
    const answer = fault === 'garbage' ? Buffer.from('not SNMP') : answerTo(mib(), request, fault);
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        socket.send(answer, from.port, from.address);
      },
      fault === 'slow' ? SLOW_MS : 0,
    );
    timers.add(timer);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(options.port ?? 0, LOOPBACK, resolve);
  });
  return {
    name,
    address: `${LOOPBACK}:${socket.address().port}`,
    community: COMMUNITY,
    setFault: (next) => {
      fault = next;
      registry.touch();
    },
    state: () => ({ name, fault, requests, onts: registry.ofOlt(name) }),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      await new Promise<void>((resolve) => socket.close(() => resolve()));
    },
  };
}

/** What the OLT knows, worked out again only after something changed. */
function rememberedMib(registry: OntRegistry, make: () => Mib): () => Mib {
  let remembered: { version: number; mib: Mib } | null = null;
  return () => {
    if (remembered?.version !== registry.version) remembered = { version: registry.version, mib: make() };
    return remembered.mib;
  };
}

function answerTo(mib: Mib, request: SnmpRequest, fault: OltFault | null): Buffer {
  const lines = answerLines(mib, request);
  if (request.kind === 'set') return writeResponse(request, lines, NOT_WRITABLE);
  const [first] = lines;
  const isWalk = request.kind !== 'get' && first !== undefined;
  return writeResponse(request, fault === 'endless' && isWalk ? [first, first, first] : lines);
}

import type { serviceability, serviceabilityReason } from '@gigafibre/contract';
import type { z } from 'zod';

export type Serviceability = z.infer<typeof serviceability>;
export type ServiceabilityReason = z.infer<typeof serviceabilityReason>;

/** A drop cable longer than this needs work on the network first (straight metres from the terminal). */
export const DROP_METRES_MAX = 150;
/** Up to here building out is a known cost; farther, somebody must go and look. */
export const BUILD_METRES_MAX = 500;
export const SURVEY_METRES_MAX = 3_000;
/** An address without a position, in a municipality whose middle is this near to the network, is worth a look. */
export const TOWN_METRES_MAX = 10_000;

/** A terminal near an address, with what is still free on it and on its splitter. */
export type NearTerminal = Readonly<{
  terminalId: string;
  terminalName: string;
  state: 'planned' | 'in_service';
  splitterId: string;
  splitterName: string;
  oltId: string;
  oltName: string;
  ponPort: string;
  freeTerminalPorts: number;
  freeSplitterPorts: number;
  distanceMetres: number;
  /** The network's drawing gives the address to this terminal, whatever the distance. */
  drawn: boolean;
}>;
export type ServiceabilityAnswer = Readonly<{
  serviceability: Serviceability;
  reason: ServiceabilityReason;
  found: NearTerminal | null;
}>;

/**
 * Whether a place can be served, from the terminals around it. A free port within reach decides; what is in
 * reach but full or only planned means construction; farther off, a survey; too far, no.
 */
export function serviceabilityFrom(near: readonly NearTerminal[]): ServiceabilityAnswer {
  const sorted = [...near].sort((a, b) => rank(a) - rank(b) || a.distanceMetres - b.distanceMetres);
  const best = sorted[0];
  if (!best) return answer('not_serviceable', 'no_network', null);
  if (inReach(best)) return inReachAnswer(best);
  if (best.distanceMetres > SURVEY_METRES_MAX) return answer('not_serviceable', 'no_network', null);
  const nearest = near.reduce((a, b) => (b.distanceMetres < a.distanceMetres ? b : a), best);
  return nearest.distanceMetres <= BUILD_METRES_MAX
    ? answer('construction', 'drop_too_long', nearest)
    : answer('survey', 'network_far', nearest);
}

/** For an address without a position: the town's distance to the network tells whether to go and look. */
export function serviceabilityWithoutPosition(townMetres: number | null): ServiceabilityAnswer {
  return townMetres !== null && townMetres <= TOWN_METRES_MAX
    ? answer('survey', 'position_unknown', null)
    : answer('not_serviceable', 'no_network', null);
}

const inReach = ({ drawn, distanceMetres }: NearTerminal): boolean =>
  drawn || distanceMetres <= DROP_METRES_MAX;

/** Whether a drop may be planned on this terminal today. */
export const hasRoom = (near: NearTerminal): boolean =>
  inReach(near) && near.state === 'in_service' && near.freeTerminalPorts > 0 && near.freeSplitterPorts > 0;

function rank(near: NearTerminal): number {
  if (hasRoom(near)) return 0;
  if (!inReach(near)) return 3;
  return near.state === 'in_service' ? 1 : 2;
}

function inReachAnswer(best: NearTerminal): ServiceabilityAnswer {
  if (hasRoom(best)) return answer('serviceable', 'free_port', best);
  if (best.state === 'planned') return answer('construction', 'network_planned', best);
  return answer('construction', best.freeTerminalPorts > 0 ? 'splitter_full' : 'terminal_full', best);
}

function answer(
  serviceability: Serviceability,
  reason: ServiceabilityReason,
  found: NearTerminal | null,
): ServiceabilityAnswer {
  return { serviceability, reason, found };
}

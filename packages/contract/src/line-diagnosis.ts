import { z } from 'zod';
import type { DeviceDocument } from './network.ts';
import { opticalLevelOf, opticalVerdict, verdict, type OpticalLimits, type Verdict } from './optical.ts';
import { provisioningState, subscriptionStatus } from './subscriptions.ts';
import { ids } from './values.ts';

/** What the customer of a line bought, and whether the systems that carry it are set to it. */
export const linePlan = z.object({
  subscriptionId: ids.subscription,
  status: subscriptionStatus,
  name: z.object({ fr: z.string(), en: z.string() }),
  downloadMbps: z.int().nullable(),
  uploadMbps: z.int().nullable(),
  /** The worst of its systems; null as long as nothing is asked of any. */
  profile: provisioningState.nullable(),
});
export type LinePlan = z.infer<typeof linePlan>;

/** One thing looked at on a line, and how it stands; screens have words for each code, and what to do. */
export const lineFinding = z.object({
  about: z.enum(['ont', 'light', 'profile']),
  verdict,
  code: z.enum([
    'no_ont',
    'ont_online',
    'ont_offline',
    'ont_unknown',
    'ont_other_olt',
    'ont_unreachable',
    'ont_not_asked',
    'light_good',
    'light_high',
    'light_low',
    'light_poor',
    'light_out',
    'light_overload',
    'light_no_light',
    'light_not_read',
    'no_service',
    'service_pending',
    'service_suspended',
    'service_cancelled',
    'profile_agrees',
    'profile_waiting',
    'profile_drifts',
  ]),
});
export type LineFinding = z.infer<typeof lineFinding>;

type Line = Readonly<{
  /** What the OLT and the ACS said; null without an ONT. */
  document: Pick<DeviceDocument, 'online' | 'opticalStatus' | 'sources'> | null;
  service: Pick<LinePlan, 'status' | 'profile'> | null;
  limits: OpticalLimits;
}>;

/**
 * What is good, to watch and bad on a line: the ONT, its light, the service it carries. A source that did not
 * answer is said as such and is never taken for a fault of the line.
 */
export const diagnoseLine = (line: Line): LineFinding[] => [
  ontFinding(line.document),
  ...lightFinding(line),
  serviceFinding(line.service),
];

/** The worst of several verdicts; good when there is none. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('bad')) return 'bad';
  return verdicts.includes('warn') ? 'warn' : 'good';
}

const found = (about: LineFinding['about'], said: Verdict, code: LineFinding['code']): LineFinding => ({
  about,
  verdict: said,
  code,
});

function ontFinding(document: Line['document']): LineFinding {
  if (document === null) return found('ont', 'warn', 'no_ont');
  if (document.online !== null)
    return document.online ? found('ont', 'good', 'ont_online') : found('ont', 'bad', 'ont_offline');
  const olt = document.sources.find(({ source }) => source === 'olt')?.outcome ?? 'not_asked';
  const acs = document.sources.find(({ source }) => source === 'acs')?.outcome;
  if (olt === 'unknown_device')
    return acs === 'answered' ? found('ont', 'warn', 'ont_other_olt') : found('ont', 'bad', 'ont_unknown');
  return found('ont', 'warn', olt === 'not_asked' ? 'ont_not_asked' : 'ont_unreachable');
}

/** The OLT's word before the ACS's, which may be hours old; nothing is said of light without an ONT. */
function lightFinding({ document, limits }: Line): LineFinding[] {
  if (document === null) return [];
  const light =
    document.opticalStatus.find(({ rxDbm }) => rxDbm !== null) ??
    document.opticalStatus.find(({ source }) => source === 'olt');
  if (!light) return [found('light', 'warn', 'light_not_read')];
  const level = opticalLevelOf(light.rxDbm, limits);
  return [found('light', opticalVerdict(light.rxDbm, limits), `light_${level}`)];
}

function serviceFinding(service: Line['service']): LineFinding {
  if (service === null) return found('profile', 'warn', 'no_service');
  if (service.status === 'pending') return found('profile', 'warn', 'service_pending');
  if (service.status !== 'active') return found('profile', 'bad', `service_${service.status}`);
  if (service.profile === 'drifts') return found('profile', 'bad', 'profile_drifts');
  return service.profile === 'waiting'
    ? found('profile', 'warn', 'profile_waiting')
    : found('profile', 'good', 'profile_agrees');
}

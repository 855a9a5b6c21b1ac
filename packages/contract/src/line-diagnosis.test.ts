import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diagnoseLine, worstVerdict } from './line-diagnosis.ts';
import type { OpticalLimits } from './optical.ts';
import { refusalWords } from './refusals.ts';

const limits: OpticalLimits = {
  system: 'gpon_b_plus',
  overloadDbm: -8,
  highDbm: -10,
  lowDbm: -24,
  poorDbm: -26,
  outDbm: -28,
  marginDb: 1,
};
type Line = Parameters<typeof diagnoseLine>[0];
type Outcome = NonNullable<Line['document']>['sources'][number]['outcome'];
const source = (name: 'olt' | 'acs', outcome: Outcome) => ({
  source: name,
  outcome,
  tookMs: 1,
  saidAt: null,
  ageSeconds: null,
  reason: null,
});
const active = { status: 'active', profile: 'agrees' } as const;
const line = (given: { olt: Outcome; acs?: Outcome; online?: boolean | null }): Line => ({
  document: {
    online: given.online ?? null,
    opticalStatus: [],
    sources: [source('acs', given.acs ?? 'unknown_device'), source('olt', given.olt)],
  },
  service: active,
  limits,
});
const codes = (given: Line) => diagnoseLine(given).map(({ code }) => code);

test('a source that did not answer is never a fault of the line', () => {
  fc.assert(
    fc.property(
      fc.constantFrom<Outcome>('unreachable', 'timeout', 'refused', 'misconfigured', 'not_asked'),
      fc.constantFrom<Outcome>('unreachable', 'timeout', 'refused', 'misconfigured', 'not_asked'),
      (olt, acs) => {
        const found = diagnoseLine(line({ olt, acs }));
        expect(worstVerdict(found.map(({ verdict }) => verdict))).toBe('warn');
      },
    ),
  );
});

test('an ONT its OLT does not know is a fault, unless the ACS talks to it', () => {
  expect(codes(line({ olt: 'unknown_device' }))[0]).toBe('ont_unknown');
  expect(codes(line({ olt: 'unknown_device', acs: 'answered' }))[0]).toBe('ont_other_olt');
});

test('what was sold is judged by its state first, then by how the network is set', () => {
  const service = (given: Line['service']) =>
    codes({ ...line({ olt: 'answered', online: true }), service: given }).at(-1);
  expect(service(null)).toBe('no_service');
  expect(service({ status: 'pending', profile: 'drifts' })).toBe('service_pending');
  expect(service({ status: 'suspended', profile: 'agrees' })).toBe('service_suspended');
  expect(service({ status: 'active', profile: 'drifts' })).toBe('profile_drifts');
  expect(service({ status: 'active', profile: 'waiting' })).toBe('profile_waiting');
  expect(service({ status: 'active', profile: 'agrees' })).toBe('profile_agrees');
});

test('why there is no reading is told in words', () => {
  expect(refusalWords('no_reading', { reason: 'ACS : unknown_device, OLT : timeout' }, 'fr')).toContain(
    'ACS : appareil inconnu, OLT : sans réponse à temps.',
  );
});

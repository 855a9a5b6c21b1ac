import type { PendingAction } from '@gigafibre/client';
import { expect, test } from 'vitest';
import { versionsOf, withActions, type MyJob } from './pending-effects.ts';

const at = '2026-11-21T15:00:00Z';
const gates = (['ont', 'scan', 'rx', 'signature'] as const).map((gate) => ({
  gate,
  green: false,
  overridable: false,
}));
// Only what actions touch.
const job = {
  id: 'J-1',
  status: 'published',
  checklist: [],
  notesLog: [],
  photos: [],
  materials: [],
  readings: [],
  equipment: [],
  signature: null,
  gates,
  locationId: null,
  customerId: null,
  opticalLimits: {
    system: 'gpon_b_plus',
    overloadDbm: -8,
    highDbm: -10,
    lowDbm: -25,
    poorDbm: -27,
    outDbm: -28,
    marginDb: 1,
  },
} as unknown as MyJob;

const action = (
  operation: string,
  input: object,
  state: PendingAction['state'] = 'waiting',
): PendingAction => ({
  id: operation,
  sequence: 1,
  operation: `field.${operation}`,
  input: { at, ...input },
  label: '',
  about: 'J-1',
  createdAt: at,
  attempts: 0,
  state,
  refusal: null,
});
const greenOf = (seen: MyJob): string[] => seen.gates.filter(({ green }) => green).map(({ gate }) => gate);

test('a whole visit done without a network shows as done: state, device, light and signature', () => {
  const seen = withActions(job, [
    action('arrive', {}),
    action('attachEquipment', { serial: 'TPLG12345678', how: 'scan' }),
    action('takeReading', { rxDbm: -19.5 }),
    action('saveSignature', { name: 'Julie Roy' }),
  ]);
  expect(seen.status).toBe('on_site');
  expect(greenOf(seen)).toEqual(['ont', 'scan', 'rx', 'signature']);
});

test('a typed serial is not a scan, and light too weak keeps its gate red', () => {
  const seen = withActions(job, [
    action('attachEquipment', { serial: 'TPLG12345678', how: 'typed' }),
    action('takeReading', { rxDbm: -27.9 }),
  ]);
  expect(greenOf(seen)).toEqual(['ont']);
});

test('a refused action is put back, and both versions can be told', () => {
  const refused = action('arrive', {}, 'refused');
  expect(withActions(job, [refused]).status).toBe('published');
  expect(versionsOf(refused, { ...job, status: 'cancelled' })).toEqual({
    mine: 'on_site',
    theirs: 'cancelled',
  });
});

test('materials add up to what was said last, and zero takes one off', () => {
  const use = (given: object) => action('useMaterial', { code: null, unit: 'm', ...given });
  const seen = withActions(job, [
    use({ code: 'drop_cable', name: 'Câble', quantity: 40 }),
    use({ name: 'Moulure', quantity: 2 }),
    use({ code: 'drop_cable', name: 'Câble', quantity: 45 }),
  ]);
  expect(seen.materials.map(({ code, quantity }) => [code, quantity])).toEqual([
    ['drop_cable', 45],
    [null, 2],
  ]);
  expect(withActions(seen, [use({ name: 'moulure', quantity: 0 })]).materials).toHaveLength(1);
});

test('a photograph taken away no longer answers its point', () => {
  const item = { id: 'before', kind: 'photo', required: true, photoIds: [], done: false };
  const asked = { ...job, checklist: [item] } as unknown as MyJob; // only what photographs touch
  const taken = withActions(asked, [
    action('addPhoto', { photoId: 'P-1', checklistItemId: 'before', totalBytes: 10 }),
  ]);
  expect([taken.checklist[0]?.done, taken.photos.length]).toEqual([true, 1]);
  const dropped = withActions(taken, [action('dropPhoto', { photoId: 'P-1' })]);
  expect([dropped.checklist[0]?.done, dropped.photos.length]).toEqual([false, 0]);
});

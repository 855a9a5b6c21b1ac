import { expect, test } from 'vitest';
import { nextToSend, type PendingAction } from './outbox.ts';

const action = (id: string, more: Partial<PendingAction> = {}): PendingAction => ({
  id,
  sequence: Number(id),
  operation: 'field.arrive',
  input: {},
  label: '',
  about: 'J-1',
  createdAt: '2026-11-21T15:00:00Z',
  attempts: 0,
  state: 'waiting',
  refusal: null,
  ...more,
});

test('what comes after a refused action of the same thing waits; other things go on', () => {
  const refused = action('1', { state: 'refused' });
  expect(nextToSend([refused, action('2'), action('3', { about: 'J-2' })], {})?.id).toBe('3');
  expect(nextToSend([refused, action('2')], {})).toBeUndefined();
});

test('a lane of its own waits for nobody', () => {
  const laneOf = ({ id, about }: PendingAction) => (id === '2' ? 'own' : about);
  expect(nextToSend([action('1', { state: 'refused' }), action('2')], { laneOf })?.id).toBe('2');
});

test('what somebody else did on this phone is never sent under the name of who holds it now', () => {
  const theirs = action('1', { owner: 'DT-1' });
  expect(nextToSend([theirs, action('2', { owner: 'DT-2' })], { owner: () => 'DT-2' })?.id).toBe('2');
  expect(nextToSend([theirs], { owner: () => 'DT-2' })).toBeUndefined();
  expect(nextToSend([theirs], { owner: () => 'DT-1' })?.id).toBe('1');
  // An older app kept no name: then it is taken for the present person's, as it was then.
  expect(nextToSend([action('1')], { owner: () => 'DT-2' })?.id).toBe('1');
});

import type { PendingAction } from '@gigafibre/client';
import { expect, test } from 'vitest';
import { behind, laneOf, queueLines } from './lanes.ts';

const action = (
  id: string,
  operation: string,
  more: { input?: object; state?: PendingAction['state']; about?: string } = {},
): PendingAction => ({
  id,
  sequence: 1,
  operation: `field.${operation}`,
  input: more.input ?? {},
  label: '',
  about: more.about ?? 'J-1',
  createdAt: '2026-11-21T15:00:00Z',
  attempts: 0,
  state: more.state ?? 'waiting',
  refusal: null,
});

test('what the hub refused holds the rest of its visit, but neither notes nor photographs nor other visits', () => {
  const refused = action('1', 'arrive', { state: 'refused' });
  const waits = (other: PendingAction) => laneOf(other) === laneOf(refused);
  expect(waits(action('2', 'complete'))).toBe(true);
  expect(waits(action('3', 'addNote'))).toBe(false);
  expect(waits(action('4', 'addPhoto', { input: { photoId: 'P-1' } }))).toBe(false);
  expect(waits(action('5', 'complete', { about: 'J-2' }))).toBe(false);
});

test('the pieces of one photograph wait for one another, and stand on one line', () => {
  const piece = (id: string, photoId: string, state?: PendingAction['state']) =>
    action(id, 'addPhoto', { input: { photoId }, ...(state ? { state } : {}) });
  const pieces = [piece('1', 'P-1'), piece('2', 'P-1', 'refused'), piece('3', 'P-2')];
  const [first, second, third] = pieces.map(laneOf);
  expect([first === second, first === third]).toEqual([true, false]);
  expect(queueLines([...pieces, action('4', 'complete')])).toMatchObject([
    { action: { id: '2' }, pieces: 2, held: false },
    { action: { id: '3' }, pieces: 1, held: false },
    { action: { id: '4' }, pieces: 1, held: false },
  ]);
  const refused = action('5', 'arrive', { state: 'refused' });
  const all = [refused, ...pieces, action('6', 'complete'), action('7', 'addNote')];
  expect(behind(refused, all).map(({ id }) => id)).toEqual(['6']);
  expect(queueLines(all).find(({ action: { id } }) => id === '6')?.held).toBe(true);
});

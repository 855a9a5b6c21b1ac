import { expect, test } from 'vitest';
import { stepStates } from './step-states.ts';

const steps = ['client', 'place', 'plan', 'review'] as const;

test('steps once reached can be gone back to, those ahead not yet', () => {
  expect(stepStates(steps, 'client', 'client')).toEqual(['current', 'next', 'next', 'next']);
  expect(stepStates(steps, 'place', 'plan')).toEqual(['done', 'current', 'done', 'next']);
  expect(stepStates(steps, 'review', 'client')).toEqual(['done', 'done', 'done', 'current']);
});

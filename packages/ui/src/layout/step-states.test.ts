import { expect, test } from 'vitest';
import { stepStates } from './step-states.ts';

const steps = ['client', 'place', 'plan', 'review'] as const;

test('steps once reached can be gone to, and only those before the current one are done', () => {
  expect(stepStates(steps, 'client', 'client')).toEqual(['current', 'next', 'next', 'next']);
  expect(stepStates(steps, 'place', 'plan')).toEqual(['done', 'current', 'open', 'next']);
  expect(stepStates(steps, 'review', 'client')).toEqual(['done', 'done', 'done', 'current']);
});

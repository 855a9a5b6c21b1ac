import { expect, test } from 'vitest';
import { roundCash } from './index.ts';

test.each([
  [8040n, 8040n],
  [8041n, 8040n],
  [8042n, 8040n],
  [8043n, 8045n],
  [8044n, 8045n],
  [8045n, 8045n],
  [8046n, 8045n],
  [8047n, 8045n],
  [8048n, 8050n],
  [8049n, 8050n],
  [-8043n, -8045n],
])('%s cents in cash are %s, and the difference is kept', (total, payable) => {
  expect(roundCash(total)).toEqual({ payableCents: payable, differenceCents: payable - total });
});

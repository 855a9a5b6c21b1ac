import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broken, declined, retry, unknown } from './index.ts';

test('whatever the other side says, an outcome holds one short line that a database can keep', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (said) => {
      for (const outcome of [declined('no', said), retry(1, said), unknown(said), broken(said)]) {
        const kept = outcome.is === 'declined' ? outcome.message : outcome.reason;
        expect(kept.length).toBeLessThanOrEqual(500);
        expect(kept).not.toMatch(/\p{Cc}/u);
        expect(kept.isWellFormed()).toBe(true);
      }
    }),
  );
  expect(unknown('220 ready\r\n\u0000\u0007<html>')).toEqual({ is: 'unknown', reason: '220 ready <html>' });
  expect(declined('card_declined', 'Votre carte a été refusée.')).toMatchObject({
    message: 'Votre carte a été refusée.',
  });
});

import { BILL_CAUSE_WORDS, BILL_DIFFERENCE_WORDS } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { billDifference as en } from './en/invoice-lines.ts';
import { billDifference as fr } from './fr/invoice-lines.ts';

test('the portal explains a bill in the words its PDF prints', () => {
  for (const [language, { cause, ...rest }] of Object.entries({ fr, en })) {
    const of = (words: Record<string, Record<string, string>>) =>
      Object.fromEntries(Object.entries(words).map(([key, both]) => [key, both[language]]));
    expect(cause).toEqual(of(BILL_CAUSE_WORDS));
    expect(rest).toEqual(of(BILL_DIFFERENCE_WORDS));
  }
});

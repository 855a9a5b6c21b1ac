import { events } from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { office as english } from '../messages/en/office.ts';
import { office as french } from '../messages/fr/office.ts';
import { happenings } from './happenings.ts';

/** What happens to the company and not to one of its customers. */
const NOT_OF_A_CUSTOMER =
  /^(api_key|bank_rail|bank_statement|billing|company|billing_run|day|debit_file|item|ladder|message_mode|payout|ppa_run|returns_file|rule|ledger|staff|supplier|supplier_bill|supplier_payment|tech_link|technician)\.|^equipment\.(loaded|received)$/;

const kinds = Object.values(events)
  .flatMap((domain) => Object.values(domain).map(({ type }) => type))
  .filter((type) => !NOT_OF_A_CUSTOMER.test(type));

test('everything that can happen to a customer has its words, in both languages', () => {
  for (const words of [french.happenings, english.happenings])
    expect(kinds.filter((kind) => !Object.hasOwn(words, kind.replaceAll('.', '_')))).toEqual([]);
});

test('a kind without words says its name rather than nothing', () => {
  const what = { kind: 'moon.landed', subjectKind: 'customer', subject: 'C-1' };
  const row = { id: '1', at: '2026-11-21T15:00:00Z', by: null, ...what };
  const [shown] = happenings([row], { say: (name) => name, has: () => false });
  expect(shown).toMatchObject({ title: 'moon.landed', text: 'C-1', icon: 'circle' });
});

import {
  chargebackState,
  checkoutState,
  customerStatus,
  debitFileState,
  debitState,
  equipmentStatus,
  invoiceStatus,
  jobStatus,
  messageStatus,
  provisioningState,
  quoteStatus,
  refundState,
  serviceability,
  statementLineState,
  subscriptionStatus,
} from '@gigafibre/contract';
import { expect, test } from 'vitest';
import { messages } from '../messages/fr/index.ts';
import { ICONS } from '../icons/icons.ts';
import { isKnownState, STATES, stateLook, type StateNoun } from './states.ts';

/** What the hub may say, by noun. */
const declared: Partial<Record<StateNoun, readonly string[]>> = {
  customer: customerStatus.options,
  subscription: subscriptionStatus.options,
  quote: quoteStatus.options,
  invoice: invoiceStatus.options,
  job: jobStatus.options,
  equipment: equipmentStatus.options,
  message: messageStatus.options,
  checkout: checkoutState.options,
  chargeback: chargebackState.options,
  debit: debitState.options,
  debitFile: debitFileState.options,
  statementLine: statementLineState.options,
  refund: refundState.options,
  serviceability: serviceability.options,
  provisioning: provisioningState.options,
};

test.each(Object.entries(declared))(
  'every state of %s that the hub knows has a look and a word',
  (noun, states) => {
    const known = noun as StateNoun; // keys of the table above
    expect(states.filter((state) => !isKnownState(known, state))).toEqual([]);
  },
);

test('looks and words go together', () => {
  for (const [noun, looks] of Object.entries(STATES)) {
    expect(Object.keys(messages.states[noun as StateNoun])).toEqual(Object.keys(looks)); // same table
    for (const [, icon] of Object.values<readonly [string, string]>(looks))
      expect(ICONS).toHaveProperty(icon);
  }
});

test('within a noun no two states look alike: hue and icon together tell them apart', () => {
  for (const [noun, looks] of Object.entries(STATES)) {
    const seen = Object.values<readonly string[]>(looks).map((look) => look.join());
    const twins = seen.filter((look, index) => seen.indexOf(look) !== index);
    // Sending and sent differ by their word: the one becomes the other within a second.
    expect(twins, noun).toEqual(noun === 'message' ? ['active,send'] : []);
  }
});

test('a state newer than this app is shown plainly instead of breaking the page', () => {
  expect(stateLook('invoice', 'from_the_future')).toEqual(['neutral', 'circle']);
});

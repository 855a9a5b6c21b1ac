/** Words of an invoice as a screen shows it. */
export const invoiceLines = {
  subtotal: 'Subtotal',
  total: 'Total',
  left: 'Left to pay',
  tax: { GST: 'GST', QST: 'QST', HST: 'HST' },
  payment: 'Payment of',
  takenBack: 'Taken back on',
  credit_note: 'Credit note of',
  write_off: 'Write-off of',
};

/** Why a bill is not as the one before. */
export const billDifference = {
  title: 'Why this bill is different',
  before: 'The one before:',
  now: 'This one:',
  beforeTaxes: 'Each difference is before taxes.',
  cause: {
    started: 'New: {name}',
    ended: 'Ended: {name}',
    part_of_cycle: 'Part of a month: {name}',
    other_cycle: 'Billed at another time: {name}',
    change: 'Change: {name}',
    one_time: 'One-time: {name}',
    one_time_before: 'One-time last time: {name}',
    tax_rate: '{name} changed',
    missing: 'In service but not billed: {name}',
    price: 'Another price without a known change: {name}',
    below_zero: 'Total below zero: {name}',
    several_cycles: 'Several periods at once: {name}',
    own_amount: 'Unusual amount: {name}',
    zero: 'Invoice of zero: {name}',
    explained: 'Checked by our team: {name}',
  },
};

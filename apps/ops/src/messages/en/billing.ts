/** Words of the billing runs. */
export const billing = {
  runs: 'Billing runs',
  run: 'Billing run {id}',
  start: 'Prepare a billing run',
  startHint:
    'Computes what everybody will be billed for the months that start by that day. Nothing is issued.',
  startFar: 'Confirm this day and prepare',
  warned: 'To look at before issuing:',
  warnings: {
    severalCycles:
      '{n} customer with several periods of one service | {n} customers with several periods of one service',
    ownAmounts: '{n} customer with an unusual amount | {n} customers with an unusual amount',
    zero: '{n} new invoice of zero | {n} new invoices of zero',
    missing: '{n} customer in service but not billed | {n} customers in service but not billed',
    largeChanges:
      '{n} customer more than 30% from the time before | {n} customers more than 30% from the time before',
  },
  through: 'Months starting by',
  none: 'No billing run',
  noneText: 'Prepare the first one: nothing is issued without your approval.',
  started: 'Prepared on',
  total: 'Total',
  before: 'Time before',
  customers: 'Customers',
  same: 'Same',
  differs: 'Different, explained by their causes',
  unexplained: 'To explain',
  explained: 'Explained by somebody',
  progress: '{done} of {of} customers done',
  invoices: '{n} invoice issued | {n} invoices issued',
  changed:
    '{n} customer changed since the preview and waits for the next run | {n} customers changed since the preview and wait for the next run',
  again: 'Resume the work',
  still: {
    counting: 'The computation has stopped. Abandon this run and prepare it again: nothing is issued.',
    issuing:
      'Issuing has stopped: {done} customers of {of}. If billing is paused, it goes on when the pause ends; otherwise resume the work. Nobody is billed twice.',
    reversing:
      'The reversal has stopped: {done} invoices of {of}. Resume the work; no invoice is credited twice.',
  },
  pause: {
    banner:
      'Cutover: another system still bills. Here, runs are computed and compared; nothing is issued, and nothing is debited or claimed by itself.',
    since: 'Paused since',
    begin: {
      action: 'Pause billing',
      title: 'Pause billing?',
      text: 'Cutover: another system still bills. While paused, no invoice is issued, even by hand; no debit and no reminder goes out by itself. A run being issued stops after the page under way.',
      done: 'Billing is paused.',
    },
    end: {
      action: 'End the pause',
      title: 'End the pause?',
      text: 'From now on, this system bills, debits and claims. The first invoices of services that started meanwhile are issued at once, and a run that stopped goes on. The other system must bill nothing any more.',
      done: 'Billing goes on.',
    },
  },
  approve: 'Approve and issue',
  approveTitle: 'Issue {n} invoices?',
  approveText: 'The invoices will be numbered and sent, for a total of {total}. An issued invoice is final.',
  blocked: 'First explain every difference marked “To explain”.',
  abandon: 'Abandon',
  abandoned: 'Abandoned by choice',
  reverse: 'Reverse the run',
  reverseTitle: 'Reverse {n} invoice? | Reverse {n} invoices?',
  reverseText:
    'Every invoice that is unpaid and undisputed is credited whole, and what it billed waits for the next run. The others stay as they are and are listed. Customers get their credit note.',
  reverseReason: 'Reason, printed on the credit notes',
  reversedBy: 'Reversed by {by}: {reason}',
  reversal: '{done} of {of} invoices done',
  kept: '{n} kept as it is | {n} kept as they are',
  keptRows: 'Kept by the reversal',
  explain: 'Explain',
  explanation: 'Explanation',
  forCustomer: 'The customer reads this explanation',
  forCustomerHint:
    'Printed on their invoice and in their account, as it is. Otherwise they only read that it was checked.',
  said: '“{words}”, {by}',
  comparison: 'Comparison',
  causes: 'Causes',
  outcome: 'Outcome',
  all: 'All',
};

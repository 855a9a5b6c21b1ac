import type { SameKeys } from '@gigafibre/ui';
import type { money as fr } from '../fr/money.ts';

/** Words of the account, invoices and payments. */
export const money: SameKeys<typeof fr> = {
  home: {
    hello: 'Hello {name}',
    balance: 'Balance due',
    pay: 'Pay',
    credit: 'to your credit',
    nothingDue: 'You owe nothing. Thank you!',
    overdue: 'of which overdue:',
    dueOn: 'due by',
    debited: 'Pre-authorised payment is on: nothing to do.',
    services: 'My services',
    noService: 'No service yet',
    perMonth: 'a month, before taxes',
    lastInvoices: 'Latest invoices',
    allInvoices: 'All invoices',
  },
  invoices: {
    number: 'Invoice',
    issuedOn: 'Issued',
    dueOn: 'Due',
    state: 'State',
    total: 'Total',
    none: 'Your first invoice will appear here.',
    pages: 'Pages of invoices',
    older: 'Older',
    newer: 'Newer',
    pdf: 'PDF version',
  },
  payment: {
    title: 'Payment',
    unknown: 'This payment is unknown',
    toInvoices: 'See my invoices',
    receipt: 'My receipt',
    back: 'Back',
    continue: 'Continue payment',
    open: {
      title: 'Payment not finished',
      text: 'Nothing was charged. You can continue where you left off.',
    },
    processing: {
      title: 'Payment in progress',
      text: 'We are waiting for confirmation. This page will change by itself.',
    },
    paid: {
      title: 'Payment received, thank you!',
      text: 'Your receipt is ready and your balance is up to date.',
    },
    expired: { title: 'Payment page expired', text: 'Nothing was charged. You can start again.' },
    failed: { title: 'Payment declined', text: 'Nothing was charged. Try another card.' },
  },
  account: {
    profile: 'Profile',
    number: 'Customer number',
    name: 'Name',
    email: 'E-mail',
    cell: 'Mobile',
    home: 'Phone',
    contracts: 'My contracts',
    noContract: 'No contract signed online.',
    contract: 'Contract {number}',
    contractNotReady: 'The document is being prepared.',
  },
};

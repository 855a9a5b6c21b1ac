/** Words of an invoice as a screen shows it. */
export const invoiceLines = {
  subtotal: 'Subtotal',
  total: 'Total',
  left: 'Left to pay',
  tax: { GST: 'GST', QST: 'QST', HST: 'HST' },
  payment: 'Payment of',
  credit_note: 'Credit note of',
  write_off: 'Write-off of',
};

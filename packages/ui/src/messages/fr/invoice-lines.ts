/** Words of an invoice as a screen shows it. */
export const invoiceLines = {
  subtotal: 'Sous-total',
  total: 'Total',
  left: 'Reste à payer',
  tax: { GST: 'TPS', QST: 'TVQ', HST: 'TVH' },
  payment: 'Paiement du',
  credit_note: 'Note de crédit du',
  write_off: 'Radiation du',
};

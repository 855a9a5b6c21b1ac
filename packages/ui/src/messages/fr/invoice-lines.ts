/** Words of an invoice as a screen shows it. */
export const invoiceLines = {
  subtotal: 'Sous-total',
  total: 'Total',
  left: 'Reste à payer',
  tax: { GST: 'TPS', QST: 'TVQ', HST: 'TVH' },
  payment: 'Paiement du',
  takenBack: 'Repris le',
  credit_note: 'Note de crédit du',
  write_off: 'Radiation du',
};

/** Why a bill is not as the one before. */
export const billDifference = {
  title: 'Pourquoi cette facture est différente',
  before: 'La précédente :',
  now: 'Celle-ci :',
  beforeTaxes: 'Chaque écart est avant taxes.',
  cause: {
    started: 'Nouveau : {name}',
    ended: 'Terminé : {name}',
    part_of_cycle: 'Partie de mois : {name}',
    other_cycle: 'Facturé à un autre moment : {name}',
    change: 'Changement : {name}',
    one_time: 'Frais unique : {name}',
    one_time_before: 'Frais unique de la fois précédente : {name}',
    tax_rate: '{name} modifié',
    missing: 'En service mais non facturé : {name}',
    price: 'Prix différent sans changement connu : {name}',
    below_zero: 'Total sous zéro : {name}',
    several_cycles: 'Plusieurs périodes à la fois : {name}',
    own_amount: 'Montant inhabituel : {name}',
    zero: 'Facture à zéro : {name}',
    explained: 'Vérifié par notre équipe : {name}',
  },
};

-- compatible
-- What a company buys: more accounts, and the documents of purchases.
insert into ledger.accounts (number, name_fr, name_en, kind, normal, per_customer) values
  ('5040', 'Entretien du réseau', 'Network maintenance', 'expense', 'debit', false),
  ('5050', 'Électricité du réseau', 'Network electricity', 'expense', 'debit', false),
  ('6100', 'Loyer et occupation', 'Rent and occupancy', 'expense', 'debit', false),
  ('6110', 'Véhicules et carburant', 'Vehicles and fuel', 'expense', 'debit', false),
  ('6120', 'Logiciels et hébergement', 'Software and hosting', 'expense', 'debit', false),
  ('6130', 'Honoraires professionnels', 'Professional fees', 'expense', 'debit', false),
  ('6140', 'Assurances', 'Insurance', 'expense', 'debit', false),
  ('6150', 'Fournitures et frais de bureau', 'Office supplies and expenses', 'expense', 'debit', false);

alter table ledger.entries
  drop constraint entries_document_kind_check,
  add constraint entries_document_kind_check check (document_kind in ('invoice', 'credit_note', 'payment',
    'payment_reversal', 'allocation', 'refund', 'adjustment', 'write_off', 'write_off_recovery', 'deposit', 'recognition',
    'payout', 'supplier_bill', 'supplier_bill_reversal', 'supplier_payment', 'supplier_payment_reversal', 'transfer'));

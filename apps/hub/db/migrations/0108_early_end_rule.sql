-- compatible
-- What may be asked of who ends a service early, by the day it ends.
alter table app.rules drop constraint rules_rule_check,
  add constraint rules_rule_check check (rule in ('tax_rates', 'municipal_911', 'early_end'));
insert into app.rules (rule, from_on, value, law, added_by) values
  ('early_end', '2010-06-30', '{"maxCents": 5000, "percent": 10, "rebateMonths": 48}',
   'Consumer Protection Act ss. 214.7 and 214.8; Regulation s. 79.10', 'product');

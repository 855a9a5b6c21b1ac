-- compatible
-- What the law sets and changes, by the day it holds from: an edition holds until the next one of its rule. A rate is
-- thousandths of a per cent (9 975 is 9.975 %), cents are before taxes. An edition is added, never changed.
create table app.rules (
  rule text not null check (rule in ('tax_rates', 'municipal_911')),
  from_on date not null,
  value jsonb not null,
  law text not null,
  added_at timestamptz not null default app.now(),
  added_by text not null,
  primary key (rule, from_on)
);
create trigger rules_append_only before update or delete on app.rules
  for each row execute function app.refuse_change();

create function app.tax_rates(newfoundland int, prince_edward int, nova_scotia int) returns jsonb
language sql immutable as $$
  select jsonb_build_array(
    jsonb_build_object('tax', 'GST', 'thousandths', 5000,
      'provinces', '["QC", "AB", "BC", "MB", "NT", "NU", "SK", "YT"]'::jsonb),
    jsonb_build_object('tax', 'QST', 'thousandths', 9975, 'provinces', '["QC"]'::jsonb),
    jsonb_build_object('tax', 'HST', 'thousandths', 13000, 'provinces', '["ON"]'::jsonb),
    jsonb_build_object('tax', 'HST', 'thousandths', newfoundland, 'provinces', '["NB", "NL"]'::jsonb),
    jsonb_build_object('tax', 'HST', 'thousandths', prince_edward, 'provinces', '["PE"]'::jsonb),
    jsonb_build_object('tax', 'HST', 'thousandths', nova_scotia, 'provinces', '["NS"]'::jsonb))
$$;
insert into app.rules (rule, from_on, value, law, added_by) values
  ('tax_rates', '2013-04-01', app.tax_rates(13000, 14000, 15000), 'Excise Tax Act s. 165; QST Act s. 16', 'product'),
  ('tax_rates', '2016-07-01', app.tax_rates(15000, 14000, 15000), 'Excise Tax Act s. 165; QST Act s. 16', 'product'),
  ('tax_rates', '2016-10-01', app.tax_rates(15000, 15000, 15000), 'Excise Tax Act s. 165; QST Act s. 16', 'product'),
  ('tax_rates', '2025-04-01', app.tax_rates(15000, 15000, 14000), 'Excise Tax Act s. 165; QST Act s. 16', 'product'),
  ('municipal_911', '2013-04-01', '{"cents": 40}', 'Act respecting municipal taxation s. 244.68', 'product'),
  ('municipal_911', '2016-08-01', '{"cents": 46}', 'Act respecting municipal taxation s. 244.68', 'product'),
  ('municipal_911', '2024-01-01', '{"cents": 52}', 'Act respecting municipal taxation s. 244.68; indexed each 1 January: to be verified', 'product');
drop function app.tax_rates(int, int, int);

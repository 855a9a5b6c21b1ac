-- compatible
-- For how many telephone lines of a service the 9-1-1 municipal tax of a month was charged: a fixed amount for any month
-- with service, never a part of it (Act respecting municipal taxation, s. 244.68), so once a line and month.
create table charges.municipal_tax_months (
  subscription_id text not null,
  month date not null check (extract(day from month) = 1),
  phone_lines integer not null check (phone_lines > 0),
  primary key (subscription_id, month)
);
-- The few lines of it, for the report of taxes.
create index invoice_lines_of_municipal_tax on billing.invoice_lines (invoice_id) where revenue_account = '2120';

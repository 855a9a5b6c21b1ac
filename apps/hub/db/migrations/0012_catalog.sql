-- compatible
create schema catalog;
comment on schema catalog is 'What the company sells, and at what price from which day.';

create table catalog.items (
  sku text primary key check (sku ~ '^[A-Z0-9](?:[A-Z0-9-]{0,38}[A-Z0-9])?$'),
  name_fr text not null,
  name_en text not null,
  description_fr text not null default '',
  description_en text not null default '',
  kind text not null check (kind in ('internet', 'tv', 'phone', 'equipment', 'one_time', 'labour', 'option')),
  frequency text not null check (frequency in ('one_time', 'monthly', 'quarterly', 'yearly')),
  tax_treatment text not null default 'taxable' check (tax_treatment in ('taxable', 'termination', 'exempt', 'outside')),
  revenue_account text not null,
  download_mbps integer check (download_mbps > 0),
  upload_mbps integer check (upload_mbps > 0),
  olt_profile text,
  radius_profile text,
  legacy_product_id text,
  on_sale boolean not null default true,
  created_at timestamptz not null default app.now(),
  version integer not null default 1
);
comment on table catalog.items is 'One thing that can be sold; its price stands in price_versions.';
create index items_by_kind on catalog.items (kind, sku);
create index items_by_words on catalog.items using gin (app.fold(sku || ' ' || name_fr || ' ' || name_en) gin_trgm_ops);
create index items_by_legacy on catalog.items (legacy_product_id) where legacy_product_id is not null;

-- A price holds from its day until the next version of the same item begins. Never changed: quotes,
-- subscriptions and invoices point at the version they were sold at.
create sequence catalog.price_number start 1001;
create table catalog.price_versions (
  id text primary key default 'PV-' || nextval('catalog.price_number'),
  sku text not null references catalog.items,
  price_cents bigint not null,
  valid_from date not null,
  created_at timestamptz not null default app.now(),
  unique (sku, valid_from)
);
create trigger price_versions_append_only before update or delete on catalog.price_versions
  for each row execute function app.refuse_change();

create table catalog.item_options (
  plan_sku text not null references catalog.items,
  option_sku text not null references catalog.items,
  primary key (plan_sku, option_sku)
);
comment on table catalog.item_options is 'Which options a customer may add to which plan.';

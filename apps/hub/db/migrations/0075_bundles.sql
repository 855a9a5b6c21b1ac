-- compatible
-- A bundle: an option with a price below zero, in force while all its parts are. Its parts belong to its price from a
-- day on, so that both are known of whoever took it then.
create table catalog.bundle_parts (
  price_version_id text not null references catalog.price_versions,
  -- One of the items of a part is enough for it.
  part integer not null check (part between 1 and 10),
  sku text not null references catalog.items,
  primary key (price_version_id, part, sku)
);
create index bundle_parts_by_item on catalog.bundle_parts (sku);
create trigger bundle_parts_append_only before update or delete on catalog.bundle_parts
  for each row execute function app.refuse_change();

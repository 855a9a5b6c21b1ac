-- compatible
create schema stock;
comment on schema stock is 'Equipment by serial: what it is, where it is, and every movement that brought it there.';

create sequence stock.equipment_number start 100001;
create table stock.equipment (
  id text primary key default 'EQP-' || nextval('stock.equipment_number'),
  kind text not null check (kind in ('ont', 'router', 'mesh', 'tv_box', 'phone_adapter', 'switch', 'radio')),
  maker text,
  model text,
  -- Normal form: upper case, no separators; a GPON serial as four letters and eight hex digits.
  serial text not null unique check (serial ~ '^[0-9A-Z]{4,40}$'),
  -- The serial with look-alike characters folded together: how people read and cameras misread labels.
  look_alike text not null,
  mac text unique check (mac ~ '^([0-9A-F]{2}:){5}[0-9A-F]{2}$'),
  barcode text,
  status text not null check (status in ('in_stock', 'in_van', 'installed', 'returned', 'defective', 'lost', 'retired')),
  place_kind text not null check (place_kind in ('warehouse', 'van', 'location', 'unknown')),
  place_id text,
  ownership text not null default 'rental' check (ownership in ('rental', 'sold')),
  customer_id text references customers.customers,
  location_id text references plant.locations,
  subscription_id text,
  created_at timestamptz not null default app.now(),
  version integer not null default 1,
  search text generated always as (lower(serial || ' ' || coalesce(mac, '') || ' ' || coalesce(replace(mac, ':', ''), '') || ' ' || coalesce(barcode, '') || ' ' || id)) stored,
  check ((status = 'installed') = (place_kind = 'location')),
  check ((place_kind = 'location') = (location_id is not null)),
  check (place_kind <> 'location' or customer_id is not null),
  check (status <> 'in_van' or place_kind = 'van'),
  check (status <> 'in_stock' or place_kind = 'warehouse'),
  check ((place_kind = 'unknown') = (place_id is null))
);
create index equipment_newest on stock.equipment (created_at desc, id desc);
create index equipment_by_status on stock.equipment (status, created_at desc, id desc);
create index equipment_by_kind on stock.equipment (kind, created_at desc, id desc);
create index equipment_by_customer on stock.equipment (customer_id, created_at desc, id desc) where customer_id is not null;
create index equipment_by_location on stock.equipment (location_id) where location_id is not null;
create index equipment_by_place on stock.equipment (place_kind, place_id, created_at desc, id desc);
create index equipment_by_look_alike on stock.equipment (look_alike);
create index equipment_by_barcode on stock.equipment (barcode) where barcode is not null;
create index equipment_by_words on stock.equipment using gin (search gin_trgm_ops);

-- The inventory log: one row per movement, never changed.
create table stock.movements (
  id bigint generated always as identity primary key,
  equipment_id text not null references stock.equipment,
  at timestamptz not null default app.now(),
  kind text not null check (kind in ('received', 'found', 'loaded', 'attached', 'removed', 'taken_back', 'set_aside')),
  from_kind text check (from_kind in ('warehouse', 'van', 'location', 'unknown')),
  from_id text,
  to_kind text not null check (to_kind in ('warehouse', 'van', 'location', 'unknown')),
  to_id text,
  status text not null,
  customer_id text,
  job_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  reason text
);
create index movements_by_equipment on stock.movements (equipment_id, id desc);
create index movements_by_job on stock.movements (job_id) where job_id is not null;
create trigger movements_append_only before update or delete on stock.movements
  for each row execute function app.refuse_change();

-- compatible
create schema plant;
comment on schema plant is 'Where fibre goes: municipalities, addresses, service locations, OLTs, splitters, terminals, drops.';

create table plant.municipalities (
  -- Five digits of the ministry of municipal affairs; ~name for a town only known from a list of addresses.
  code text primary key check (length(code) between 1 and 120),
  name text not null,
  designation text not null default '',
  mrc text not null default '',
  region text not null default '',
  population integer not null default 0,
  -- The name without accents, hyphens and articles, to join lists that know only names.
  key text not null,
  -- A point in its middle, when one is known.
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180)
);
create index municipalities_by_key on plant.municipalities (key, population desc);

-- Streets are what a search looks through: some 150,000 for the 4 million addresses of Quebec.
create table plant.streets (
  id bigint generated always as identity primary key,
  municipality_code text not null references plant.municipalities,
  -- As the Commission de toponymie writes it: boulevard René-Lévesque Est.
  name text not null,
  key text not null,
  -- Words of the street and of its municipality, folded (see address-words.ts).
  words text[] not null,
  unique (municipality_code, key)
);
create index streets_by_words on plant.streets using gin (words) with (fastupdate = off);

-- Every word that occurs in a street or a municipality: where typing errors are put right.
create table plant.words (
  word text primary key,
  -- In how many streets: of two corrections the commoner word is likelier.
  uses integer not null
);
create index words_by_likeness on plant.words using gin (word gin_trgm_ops) with (fastupdate = off);
create index words_by_prefix on plant.words (word text_pattern_ops);
create index words_by_shape on plant.words (left(word, 1), length(word));

create sequence plant.address_number start 100001;
create table plant.addresses (
  id text primary key default 'AD-' || nextval('plant.address_number'),
  street_id bigint not null references plant.streets,
  civic_number integer not null check (civic_number >= 0),
  -- A glued letter or a fraction: A, 1/2.
  civic_suffix text not null default '',
  unit text not null default '',
  postal_code text check (postal_code ~ '^[A-Z]\d[A-Z] \d[A-Z]\d$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  -- Which list it came from, and its number there.
  source text not null,
  source_id text,
  unique (street_id, civic_number, civic_suffix, unit)
);
create index addresses_by_postal_code on plant.addresses (postal_code, civic_number) where postal_code is not null;

create sequence plant.olt_number start 101;
create table plant.olts (
  id text primary key default 'OLT-' || nextval('plant.olt_number'),
  name text not null unique,
  vendor text not null,
  model text not null,
  -- host or host:port of its SNMP agent.
  management_address text not null,
  site text not null default '',
  -- The VLAN of subscribers on this OLT.
  vlan integer not null default 100 check (vlan between 1 and 4094),
  created_at timestamptz not null default app.now()
);

create sequence plant.pon_number start 1001;
create table plant.pon_ports (
  id text primary key default 'PON-' || nextval('plant.pon_number'),
  olt_id text not null references plant.olts,
  frame integer not null default 0,
  slot integer not null,
  port integer not null,
  -- Interface index in the OLT's SNMP tables, once known.
  if_index bigint,
  unique (olt_id, frame, slot, port)
);

create sequence plant.splitter_number start 1001;
create table plant.splitters (
  id text primary key default 'SPL-' || nextval('plant.splitter_number'),
  name text not null unique,
  pon_port_id text not null references plant.pon_ports,
  ratio integer not null check (ratio in (2, 4, 8, 16, 32, 64, 128)),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  created_at timestamptz not null default app.now()
);
create index splitters_by_port on plant.splitters (pon_port_id);

create sequence plant.terminal_number start 1001;
create table plant.terminals (
  id text primary key default 'TRM-' || nextval('plant.terminal_number'),
  name text not null unique,
  splitter_id text not null references plant.splitters,
  ports integer not null check (ports between 1 and 48),
  state text not null default 'in_service' check (state in ('planned', 'in_service')),
  latitude double precision not null check (latitude between -90 and 90),
  longitude double precision not null check (longitude between -180 and 180),
  created_at timestamptz not null default app.now()
);
create index terminals_by_place on plant.terminals using gist (point(longitude, latitude));
create index terminals_by_splitter on plant.terminals (splitter_id);

-- Addresses the network's drawing gives to a terminal, whatever the distance: the drawing knows of ditches and lots.
create table plant.drawn_addresses (
  address_id text primary key references plant.addresses on delete cascade,
  terminal_id text not null references plant.terminals
);
create index drawn_addresses_by_terminal on plant.drawn_addresses (terminal_id);

create sequence plant.location_number start 10001;
create table plant.locations (
  id text primary key default 'LOC-' || nextval('plant.location_number'),
  address_id text references plant.addresses,
  civic_number text not null,
  unit text,
  street text not null,
  municipality text not null,
  postal_code text check (postal_code ~ '^[A-Z]\d[A-Z] \d[A-Z]\d$'),
  latitude double precision check (latitude between -90 and 90),
  longitude double precision check (longitude between -180 and 180),
  access_notes text not null default '',
  contact_name text,
  contact_phone text,
  serviceability text not null check (serviceability in ('serviceable', 'construction', 'survey', 'not_serviceable')),
  serviceability_at timestamptz,
  legacy_location_id text,
  created_at timestamptz not null default app.now(),
  version integer not null default 1
);
create index locations_by_address on plant.locations (address_id) where address_id is not null;
create index locations_by_age on plant.locations (created_at desc, id desc);

-- Who lived or worked at a location, from when to when. Two may overlap for a while around a moving day.
create table plant.occupancies (
  id bigint generated always as identity primary key,
  location_id text not null references plant.locations,
  customer_id text not null references customers.customers,
  since timestamptz not null,
  until timestamptz check (until >= since),
  source text not null
);
create unique index occupancies_open on plant.occupancies (location_id, customer_id) where until is null;
create index occupancies_by_customer on plant.occupancies (customer_id, since desc);
create index occupancies_by_location on plant.occupancies (location_id, since desc);

-- A fibre from a splitter output to a location: reserved at acceptance, active once lit, released at the end.
create sequence plant.drop_number start 10001;
create table plant.drops (
  id text primary key default 'DRP-' || nextval('plant.drop_number'),
  location_id text not null references plant.locations,
  splitter_id text not null references plant.splitters,
  splitter_port integer not null check (splitter_port > 0),
  terminal_id text references plant.terminals,
  terminal_port integer check (terminal_port > 0),
  vlan integer,
  ont_id integer check (ont_id between 0 and 255),
  state text not null check (state in ('reserved', 'active', 'released')),
  reserved_for text not null,
  reserved_at timestamptz not null,
  activated_at timestamptz,
  released_at timestamptz check ((released_at is not null) = (state = 'released')),
  release_reason text
);
create unique index drops_one_per_splitter_port on plant.drops (splitter_id, splitter_port) where state <> 'released';
create unique index drops_one_per_terminal_port on plant.drops (terminal_id, terminal_port) where state <> 'released';
create unique index drops_one_per_location on plant.drops (location_id) where state <> 'released';
create index drops_by_location on plant.drops (location_id);

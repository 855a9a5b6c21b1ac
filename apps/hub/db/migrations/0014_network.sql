-- compatible
create schema network;
comment on schema network is 'What devices and lines say of themselves: optical readings, the limits they are judged by, where an ONT hangs.';

-- Limits of the light an ONT receives, in dBm, by system; a row holds from its day until the next.
create table network.optical_limits (
  system text not null check (system in ('gpon_b_plus', 'gpon_c_plus', 'xgs_pon')),
  valid_from date not null,
  overload_dbm double precision not null,
  high_dbm double precision not null,
  low_dbm double precision not null,
  poor_dbm double precision not null,
  out_dbm double precision not null,
  margin_db double precision not null,
  primary key (system, valid_from),
  check (overload_dbm > high_dbm and high_dbm > low_dbm and low_dbm > poor_dbm and poor_dbm > out_dbm)
);
insert into network.optical_limits values
  ('gpon_b_plus', '2000-01-01', -8, -10, -24, -26, -27, 2),
  ('gpon_c_plus', '2000-01-01', -8, -10, -26, -28, -30, 2),
  ('xgs_pon', '2000-01-01', -9, -11, -25, -27, -28, 2);

create table network.readings (
  id bigint generated always as identity primary key,
  -- Made on the phone when the reading was taken there; otherwise by the database.
  reading_id uuid not null default gen_random_uuid() unique,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  source text not null check (source in ('olt', 'acs', 'manual')),
  equipment_id text references stock.equipment,
  location_id text references plant.locations,
  job_id text,
  rx_dbm double precision,
  tx_dbm double precision,
  olt_rx_dbm double precision,
  system text not null check (system in ('gpon_b_plus', 'gpon_c_plus', 'xgs_pon')),
  level text not null check (level in ('overload', 'high', 'good', 'low', 'poor', 'out', 'no_light')),
  verdict text not null check (verdict in ('good', 'warn', 'bad')),
  actor_kind text not null,
  actor_id text,
  actor_name text,
  check (equipment_id is not null or location_id is not null)
);
-- A source says the same thing about the same moment once, however often it is asked.
create unique index readings_once on network.readings (equipment_id, source, at) where equipment_id is not null and source <> 'manual' and job_id is null;
create index readings_by_equipment on network.readings (equipment_id, at desc, id desc) where equipment_id is not null;
create index readings_by_location on network.readings (location_id, at desc, id desc) where location_id is not null;
create index readings_by_job on network.readings (job_id, at desc, id desc) where job_id is not null;
create index readings_newest on network.readings (at desc, id desc);

-- Where an ONT was last found on its OLT: saves the search of the whole OLT next time.
create table network.ont_positions (
  equipment_id text not null references stock.equipment,
  olt_id text not null,
  if_index bigint not null,
  onu_id integer not null,
  seen_at timestamptz not null default app.now(),
  primary key (equipment_id, olt_id)
);

-- compatible
-- What a visit uses and shows: materials by the metre or the piece, and when in the visit a photograph was taken.

-- What a van carries that nobody counts by serial; `step` is what the phone's buttons add at a touch.
create table dispatch.consumables (
  code text primary key check (code ~ '^[a-z0-9_]{2,40}$'),
  position integer not null,
  name_fr text not null,
  name_en text not null,
  unit text not null,
  step double precision not null check (step > 0),
  active boolean not null default true
);
insert into dispatch.consumables (code, position, name_fr, name_en, unit, step) values
  ('drop_cable', 1, 'Câble de branchement', 'Drop cable', 'm', 5),
  ('indoor_fibre', 2, 'Fibre intérieure', 'Indoor fibre', 'm', 5),
  ('ethernet_cable', 3, 'Câble Ethernet', 'Ethernet cable', 'm', 5),
  ('fast_connector', 4, 'Connecteur SC/APC mécanique', 'Field-installable SC/APC connector', 'u', 1),
  ('splice_sleeve', 5, 'Manchon d’épissure', 'Splice sleeve', 'u', 1),
  ('patch_cord', 6, 'Cordon de raccordement SC/APC', 'SC/APC patch cord', 'u', 1),
  ('demarc_box', 7, 'Boîtier de démarcation', 'Demarcation box', 'u', 1),
  ('wall_plate', 8, 'Prise murale optique', 'Optical wall plate', 'u', 1),
  ('drop_clamp', 9, 'Pince d’ancrage', 'Drop clamp', 'u', 1),
  ('p_hook', 10, 'Crochet de façade', 'House hook', 'u', 1),
  ('ground_wire', 11, 'Fil de mise à la terre', 'Ground wire', 'm', 1),
  ('conduit', 12, 'Conduit', 'Conduit', 'm', 1),
  ('cable_clip', 13, 'Attaches', 'Cable clips', 'u', 5),
  ('sealant', 14, 'Scellant', 'Sealant', 'u', 1);

-- How much of each a visit used. `item` is the code, or the words of what the list does not have; zero is kept, so
-- that an older report which arrives later does not bring it back.
create table dispatch.job_materials (
  job_id text not null references dispatch.jobs,
  item text not null,
  code text,
  name_fr text not null,
  name_en text not null,
  unit text,
  quantity double precision not null check (quantity >= 0),
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  actor_id text,
  actor_name text,
  primary key (job_id, item)
);

alter table dispatch.photos add column phase text check (phase in ('before', 'during', 'after'));

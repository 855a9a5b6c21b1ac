-- compatible
create schema dispatch;
comment on schema dispatch is 'Visits: who goes where and when, what was promised, what was done there and the proof of it.';

create sequence dispatch.technician_number start 101;
create table dispatch.technicians (
  id text primary key default 'DT-' || nextval('dispatch.technician_number'),
  name text not null,
  colour text not null check (colour ~ '^#[0-9a-fA-F]{6}$'),
  phone text,
  language text not null default 'fr' check (language in ('fr', 'en')),
  -- [{skill, level}]
  skills jsonb not null default '[]',
  -- [{weekday 1–7, from 'HH:MM', to 'HH:MM'}]
  hours jsonb not null default '[]',
  staff_id text unique references staff.members,
  active boolean not null default true,
  created_at timestamptz not null default app.now(),
  version integer not null default 1
);

-- What a kind of visit takes by default: time, skills, and the checklist a new job starts with.
create table dispatch.job_types (
  type text primary key check (type in ('install', 'repair', 'upgrade', 'move', 'disconnect', 'survey', 'maintenance', 'construction')),
  duration_minutes integer not null check (duration_minutes > 0),
  skills jsonb not null default '[]',
  checklist jsonb not null default '[]'
);


insert into dispatch.job_types (type, duration_minutes, skills, checklist) values
  ('install', 150, '[]', '[
    {"id": "identity", "kind": "check", "fr": "Client identifié, adresse et adresse 9-1-1 confirmées", "en": "Customer identified, address and 9-1-1 address confirmed", "required": true},
    {"id": "hazards", "kind": "check", "fr": "Dangers vérifiés (fibre, hauteur, courant, chien)", "en": "Hazards checked (fibre, height, power, dog)", "required": true},
    {"id": "terminal", "kind": "text", "fr": "Terminal, port et couleur de fibre", "en": "Terminal, port and fibre colour", "required": true},
    {"id": "before", "kind": "photo", "fr": "Photo avant les travaux", "en": "Photograph before work", "required": true},
    {"id": "drop", "kind": "check", "fr": "Branchement posé : boîtier, rayon de courbure, mise à la terre", "en": "Drop in place: demarc box, bend radius, grounding", "required": false},
    {"id": "connectors", "kind": "check", "fr": "Connecteurs inspectés et nettoyés", "en": "Connectors inspected and cleaned", "required": true},
    {"id": "terminal_rx", "kind": "measure", "fr": "Puissance au terminal (1490 nm)", "en": "Level at the terminal (1490 nm)", "required": false, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "ont_rx", "kind": "measure", "fr": "Puissance à l’ONT (1490 nm)", "en": "Level at the ONT (1490 nm)", "required": true, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "speed", "kind": "measure", "fr": "Débit descendant filaire", "en": "Wired download speed", "required": true, "unit": "Mbit/s"},
    {"id": "wifi", "kind": "measure", "fr": "Signal Wi-Fi dans la pièce la plus éloignée", "en": "Wi-Fi signal in the farthest room", "required": false, "unit": "dBm", "limits": {"badBelow": -80, "warnBelow": -70, "warnAbove": null, "badAbove": null}},
    {"id": "voice", "kind": "check", "fr": "Téléphonie essayée, information 9-1-1 donnée (s’il y a lieu)", "en": "Voice tested, 9-1-1 information given (if any)", "required": false},
    {"id": "labels", "kind": "check", "fr": "Étiquettes posées", "en": "Labels in place", "required": false},
    {"id": "after", "kind": "photo", "fr": "Photo après les travaux", "en": "Photograph after work", "required": true},
    {"id": "walkthrough", "kind": "check", "fr": "Facture, portail et soutien expliqués", "en": "Bill, portal and support explained", "required": true}
  ]'),
  ('repair', 90, '[]', '[
    {"id": "alarms", "kind": "text", "fr": "Alarmes et voyants à l’arrivée", "en": "Alarms and lights on arrival", "required": true},
    {"id": "scope", "kind": "text", "fr": "Étendue : un client, diviseur, port PON", "en": "Scope: one customer, splitter, PON port", "required": false},
    {"id": "ont_rx", "kind": "measure", "fr": "Puissance à l’ONT", "en": "Level at the ONT", "required": true, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "terminal_rx", "kind": "measure", "fr": "Puissance au terminal", "en": "Level at the terminal", "required": false, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "connectors", "kind": "check", "fr": "Connecteurs nettoyés, courbures vérifiées", "en": "Connectors cleaned, bends checked", "required": false},
    {"id": "evidence", "kind": "photo", "fr": "Photo de la panne", "en": "Photograph of the fault", "required": false},
    {"id": "cause", "kind": "text", "fr": "Cause trouvée", "en": "Cause found", "required": true},
    {"id": "fix", "kind": "text", "fr": "Correctif apporté", "en": "Fix applied", "required": true}
  ]'),
  ('upgrade', 45, '[]', '[
    {"id": "old_device", "kind": "check", "fr": "Ancien appareil repris", "en": "Old device taken back", "required": true},
    {"id": "ont_rx", "kind": "measure", "fr": "Puissance à l’ONT", "en": "Level at the ONT", "required": true, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "speed", "kind": "measure", "fr": "Débit descendant filaire", "en": "Wired download speed", "required": true, "unit": "Mbit/s"}
  ]'),
  ('move', 60, '[]', '[
    {"id": "before", "kind": "photo", "fr": "Photo avant", "en": "Photograph before", "required": false},
    {"id": "ont_rx", "kind": "measure", "fr": "Puissance à l’ONT", "en": "Level at the ONT", "required": true, "unit": "dBm", "limits": {"badBelow": -26, "warnBelow": -24, "warnAbove": -10, "badAbove": -8}},
    {"id": "after", "kind": "photo", "fr": "Photo après", "en": "Photograph after", "required": true}
  ]'),
  ('disconnect', 30, '[]', '[
    {"id": "recovered", "kind": "check", "fr": "ONT, bloc d’alimentation et routeur repris", "en": "ONT, power supply and router recovered", "required": true},
    {"id": "cap", "kind": "check", "fr": "Connecteur capuchonné", "en": "Connector capped", "required": true},
    {"id": "port", "kind": "check", "fr": "Port du terminal libéré", "en": "Terminal port freed", "required": true},
    {"id": "after", "kind": "photo", "fr": "Photo", "en": "Photograph", "required": true}
  ]'),
  ('survey', 45, '[]', '[
    {"id": "path", "kind": "text", "fr": "Chemin proposé (poteau, conduit, entrée)", "en": "Proposed path (pole, duct, entry)", "required": true},
    {"id": "length", "kind": "measure", "fr": "Longueur du branchement", "en": "Length of the drop", "required": true, "unit": "m"},
    {"id": "permission", "kind": "check", "fr": "Permissions nécessaires vérifiées", "en": "Necessary permissions checked", "required": true},
    {"id": "pictures", "kind": "photo", "fr": "Photos du chemin", "en": "Photographs of the path", "required": true}
  ]'),
  ('maintenance', 60, '[]', '[
    {"id": "done", "kind": "text", "fr": "Travaux faits", "en": "Work done", "required": true},
    {"id": "after", "kind": "photo", "fr": "Photo", "en": "Photograph", "required": false}
  ]'),
  ('construction', 240, '[{"skill": "aerial", "level": 1}]', '[
    {"id": "safety", "kind": "check", "fr": "Zone sécurisée, permis en main", "en": "Area secured, permit at hand", "required": true},
    {"id": "before", "kind": "photo", "fr": "Photo avant", "en": "Photograph before", "required": true},
    {"id": "length", "kind": "measure", "fr": "Câble posé", "en": "Cable laid", "required": true, "unit": "m"},
    {"id": "after", "kind": "photo", "fr": "Photo après", "en": "Photograph after", "required": true}
  ]');

-- Windows of arrival that are promised to customers, local time.
create table dispatch.arrival_windows (
  from_time text primary key check (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  to_time text not null check (to_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  check (from_time < to_time)
);
insert into dispatch.arrival_windows values ('08:00', '12:00'), ('12:00', '16:00'), ('16:00', '20:00');

create sequence dispatch.job_number start 10001;
create table dispatch.jobs (
  id text primary key default 'DJ-' || nextval('dispatch.job_number'),
  type text not null references dispatch.job_types,
  status text not null default 'unscheduled' check (status in ('unscheduled', 'draft', 'published', 'offered', 'accepted', 'en_route', 'on_site', 'paused', 'completed', 'cannot_complete', 'cancelled')),
  priority integer not null default 3 check (priority between 1 and 5),
  customer_id text references customers.customers,
  location_id text references plant.locations,
  subscription_ids text[] not null default '{}',
  technician_id text references dispatch.technicians,
  starts_at timestamptz,
  duration_minutes integer not null check (duration_minutes between 5 and 720),
  position integer not null default 0,
  -- The window promised; instants beside it for comparing. `wished`: what was asked for and had no room.
  window_date date,
  window_from text,
  window_to text,
  window_starts_at timestamptz,
  window_ends_at timestamptz,
  wished_date date,
  wished_from text,
  wished_to text,
  overbooked_because text,
  skills jsonb not null default '[]',
  notes text not null default '',
  source text not null,
  created_at timestamptz not null default app.now(),
  -- The newest report from the field by the phone's own clock; older ones come too late to change the state.
  reported_at timestamptz,
  version integer not null default 1,
  check ((technician_id is null) = (starts_at is null)),
  check (status <> 'unscheduled' or technician_id is null),
  check (status in ('unscheduled', 'cancelled') or technician_id is not null),
  check (num_nulls(window_date, window_from, window_to, window_starts_at, window_ends_at) in (0, 5)),
  check (num_nulls(wished_date, wished_from, wished_to) in (0, 3))
);
create index jobs_newest on dispatch.jobs (created_at desc, id desc);
create index jobs_by_start on dispatch.jobs (starts_at, id) where starts_at is not null;
create index jobs_by_technician on dispatch.jobs (technician_id, starts_at) where technician_id is not null;
create index jobs_pool on dispatch.jobs (window_date, created_at, id) where status = 'unscheduled';
create index jobs_by_status on dispatch.jobs (status, created_at desc, id desc);
create index jobs_by_customer on dispatch.jobs (customer_id, created_at desc, id desc) where customer_id is not null;
create index jobs_by_location on dispatch.jobs (location_id, created_at desc, id desc) where location_id is not null;

create table dispatch.job_changes (
  id bigint generated always as identity primary key,
  job_id text not null references dispatch.jobs,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  from_status text,
  to_status text not null,
  technician_id text,
  actor_kind text not null,
  actor_id text,
  actor_name text,
  reason text,
  -- False: reported too late to change anything, kept for the record.
  applied boolean not null default true
);
create index job_changes_by_job on dispatch.job_changes (job_id, id desc);
create index job_changes_by_technician on dispatch.job_changes (job_id, technician_id);
create trigger job_changes_append_only before update or delete on dispatch.job_changes
  for each row execute function app.refuse_change();

create table dispatch.checklist_items (
  job_id text not null references dispatch.jobs,
  item_id text not null,
  position integer not null,
  kind text not null check (kind in ('check', 'photo', 'measure', 'text')),
  label_fr text not null,
  label_en text not null,
  required boolean not null default false,
  unit text,
  limits jsonb,
  checked boolean,
  text text,
  value double precision,
  verdict text check (verdict in ('good', 'warn', 'bad')),
  answered_at timestamptz,
  answered_by text,
  primary key (job_id, item_id)
);

create table dispatch.job_notes (
  note_id uuid primary key,
  job_id text not null references dispatch.jobs,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  actor_id text,
  actor_name text,
  text text not null
);
create index job_notes_by_job on dispatch.job_notes (job_id, at, note_id);

create table dispatch.photos (
  id uuid primary key,
  job_id text not null references dispatch.jobs,
  checklist_item_id text,
  type text not null check (type in ('image/jpeg', 'image/png', 'image/webp')),
  total_bytes integer not null check (total_bytes > 0),
  received_bytes integer not null default 0 check (received_bytes between 0 and total_bytes),
  taken_at timestamptz not null,
  received_at timestamptz not null default app.now(),
  actor_id text,
  actor_name text
);
create index photos_by_job on dispatch.photos (job_id, taken_at, id);
create table dispatch.photo_chunks (
  photo_id uuid not null references dispatch.photos on delete cascade,
  from_byte integer not null,
  bytes bytea not null,
  primary key (photo_id, from_byte)
);

-- How a device came to a job: scanned or typed. What and where it is stands in stock.
create table dispatch.job_equipment (
  job_id text not null references dispatch.jobs,
  equipment_id text not null references stock.equipment,
  how text not null check (how in ('scan', 'typed')),
  at timestamptz not null,
  removed_at timestamptz,
  actor_id text,
  actor_name text,
  primary key (job_id, equipment_id)
);

create table dispatch.signatures (
  id bigint generated always as identity primary key,
  job_id text not null references dispatch.jobs,
  name text not null,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  png bytea not null,
  actor_id text,
  actor_name text
);
create index signatures_by_job on dispatch.signatures (job_id, at desc, id desc);

create table dispatch.completions (
  job_id text primary key references dispatch.jobs,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  technician_id text not null,
  summary text not null default '',
  materials jsonb not null default '[]',
  overrides jsonb not null default '[]'
);
create table dispatch.failures (
  id bigint generated always as identity primary key,
  job_id text not null references dispatch.jobs,
  at timestamptz not null,
  technician_id text not null,
  reason text not null,
  note text not null default ''
);
create index failures_by_job on dispatch.failures (job_id, id desc);

create table dispatch.tech_links (
  id uuid primary key,
  technician_id text not null references dispatch.technicians,
  day date not null,
  job_id text references dispatch.jobs,
  created_at timestamptz not null default app.now(),
  created_by text,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text
);
create index tech_links_by_technician on dispatch.tech_links (technician_id, created_at desc, id desc);

-- What a phone reported and the hub could not apply. Nothing is dropped: a dispatcher sees to it.
create table dispatch.refused_actions (
  id bigint generated always as identity primary key,
  technician_id text not null,
  operation text not null,
  fingerprint text not null,
  at timestamptz not null,
  received_at timestamptz not null default app.now(),
  times integer not null default 1,
  job_id text,
  code text not null,
  data jsonb not null default '{}',
  input jsonb not null,
  settled_at timestamptz,
  settled_by text,
  settled_note text,
  unique (technician_id, operation, fingerprint)
);
create index refused_actions_newest on dispatch.refused_actions (id desc);
create index refused_actions_open on dispatch.refused_actions (id desc) where settled_at is null;
create index refused_actions_by_job on dispatch.refused_actions (job_id, id desc);

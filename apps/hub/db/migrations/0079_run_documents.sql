-- compatible
-- The documents of a run as one file, made a part at a time: each part is whole or not there.
create table billing.run_documents (
  run_id text primary key references billing.runs,
  -- The customer printed last: where to go on.
  after_customer text not null default '',
  made integer not null default 0 check (made between 0 and total),
  total integer not null,
  parts integer not null default 0,
  content_bytes bigint not null default 0,
  directory_bytes bigint not null default 0,
  started_at timestamptz not null default app.now(),
  started_by text not null,
  -- Set once the file is whole.
  finished_at timestamptz
);
create table billing.run_document_parts (
  run_id text not null references billing.run_documents on delete cascade,
  place integer not null,
  -- Entries of the file, and what its directory says of them.
  content bytea not null,
  directory bytea not null,
  primary key (run_id, place)
);

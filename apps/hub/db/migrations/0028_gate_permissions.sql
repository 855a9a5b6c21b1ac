-- compatible
-- Gates a dispatcher lets the technician of a job pass with a reason, although they are not theirs to pass.
create table dispatch.gate_permissions (
  job_id text not null references dispatch.jobs,
  gate text not null check (gate in ('ont', 'signature')),
  at timestamptz not null default app.now(),
  actor_id text,
  actor_name text not null,
  reason text not null,
  primary key (job_id, gate)
);

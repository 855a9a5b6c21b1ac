-- compatible
create schema staff;
comment on schema staff is 'Who works here: members, one-time codes, API keys.';

create sequence staff.member_number start 101;
create table staff.members (
  id text primary key default 'ST-' || nextval('staff.member_number'),
  name text not null,
  email text not null,
  role text not null,
  language text not null default 'fr' check (language in ('fr', 'en')),
  active boolean not null default true,
  deactivated_at timestamptz,
  last_seen_at timestamptz,
  created_at timestamptz not null default app.now()
);
create unique index members_by_email on staff.members (lower(email));

create table staff.one_time_codes (
  id bigint generated always as identity primary key,
  member_id text not null references staff.members,
  code_hash text not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  used_at timestamptz
);
create index one_time_codes_open on staff.one_time_codes (member_id, id desc) where used_at is null;

create table staff.api_keys (
  key text primary key,
  secret_hash text not null,
  label text not null,
  capabilities text[] not null,
  created_by text,
  created_at timestamptz not null default app.now(),
  last_used_at timestamptz,
  revoked_at timestamptz
);

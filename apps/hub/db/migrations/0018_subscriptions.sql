-- compatible
create schema subscriptions;
comment on schema subscriptions is 'Services: what was sold to whom and where, its states, and what each system should hold for it.';

create sequence subscriptions.subscription_number start 10001;
create table subscriptions.subscriptions (
  id text primary key default 'SUB-' || nextval('subscriptions.subscription_number'),
  customer_id text not null references customers.customers,
  location_id text not null references plant.locations,
  -- Derived from the newest row of steps, kept here for lists.
  status text not null default 'pending' check (status in ('pending', 'active', 'suspended', 'cancelled')),
  source text not null,
  opened_at timestamptz not null default app.now(),
  activated_on date,
  cancelled_on date,
  equipment_id text,
  -- Session name: lower case, never given to another service. The password is encrypted (AES-256-GCM).
  radius_user text unique check (radius_user = lower(radius_user)),
  radius_password_sealed text,
  legacy_service_id text,
  check (status = 'pending' or status = 'cancelled' or activated_on is not null),
  check ((radius_user is null) = (radius_password_sealed is null))
);
create index subscriptions_newest on subscriptions.subscriptions (opened_at desc, id desc);
create index subscriptions_by_customer on subscriptions.subscriptions (customer_id, opened_at desc, id desc);
create index subscriptions_by_location on subscriptions.subscriptions (location_id, opened_at desc, id desc);
create index subscriptions_by_status on subscriptions.subscriptions (status, opened_at desc, id desc);
create index subscriptions_by_legacy on subscriptions.subscriptions (legacy_service_id) where legacy_service_id is not null;

-- What was sold, at the price it was sold at. The catalog may change; these rows do not.
create sequence subscriptions.item_number start 10001;
create table subscriptions.items (
  id text primary key default 'SI-' || nextval('subscriptions.item_number'),
  subscription_id text not null references subscriptions.subscriptions,
  line integer not null,
  sku text not null references catalog.items,
  price_version_id text not null references catalog.price_versions,
  price_cents bigint not null,
  name_fr text not null,
  name_en text not null,
  kind text not null check (kind in ('internet', 'tv', 'phone', 'equipment', 'one_time', 'labour', 'option')),
  frequency text not null check (frequency in ('one_time', 'monthly', 'quarterly', 'yearly')),
  tax_treatment text not null check (tax_treatment in ('taxable', 'termination', 'exempt', 'outside')),
  revenue_account text not null references ledger.accounts,
  download_mbps integer,
  upload_mbps integer,
  olt_profile text,
  radius_profile text,
  unique (subscription_id, line)
);
create trigger items_append_only before update or delete on subscriptions.items
  for each row execute function app.refuse_change();

create table subscriptions.steps (
  id bigint generated always as identity primary key,
  subscription_id text not null references subscriptions.subscriptions,
  at timestamptz not null default app.now(),
  from_status text,
  to_status text not null check (to_status in ('pending', 'active', 'suspended', 'cancelled')),
  on_date date not null,
  reason text,
  by text not null
);
create index steps_by_subscription on subscriptions.steps (subscription_id, id);
create trigger steps_append_only before update or delete on subscriptions.steps
  for each row execute function app.refuse_change();

-- What RADIUS, the OLT and the ACS should hold for a service, beside what they were last seen to hold.
create table subscriptions.desired_states (
  subscription_id text not null references subscriptions.subscriptions,
  target text not null check (target in ('radius', 'olt', 'acs')),
  desired jsonb not null,
  desired_at timestamptz not null default app.now(),
  actual jsonb,
  seen_at timestamptz,
  state text not null default 'waiting' check (state in ('waiting', 'agrees', 'drifts')),
  since timestamptz not null default app.now(),
  primary key (subscription_id, target),
  check ((state = 'waiting') or seen_at is not null)
);
create index desired_states_off on subscriptions.desired_states (since, subscription_id, target) where state <> 'agrees';

-- FreeRADIUS's own tables, named and typed as its stock PostgreSQL schema names them, so that its stock `sql`
-- module reads and writes them unchanged (search_path = radius). Only the hub writes the first five.
create schema radius;
comment on schema radius is 'FreeRADIUS: access, replies, groups and accounting, in the stock schema.';

create table radius.radacct (
  radacctid bigserial primary key,
  acctsessionid text not null,
  acctuniqueid text not null unique,
  username text,
  realm text,
  nasipaddress inet not null,
  nasportid text,
  nasporttype text,
  acctstarttime timestamptz,
  acctupdatetime timestamptz,
  acctstoptime timestamptz,
  acctinterval bigint,
  acctsessiontime bigint,
  acctauthentic text,
  connectinfo_start text,
  connectinfo_stop text,
  acctinputoctets bigint,
  acctoutputoctets bigint,
  calledstationid text,
  callingstationid text,
  acctterminatecause text,
  servicetype text,
  framedprotocol text,
  framedipaddress inet,
  framedipv6address inet,
  framedipv6prefix inet,
  framedinterfaceid text,
  delegatedipv6prefix inet,
  class text
);
create index radacct_active_session_idx on radius.radacct (acctuniqueid) where acctstoptime is null;
create index radacct_bulk_close on radius.radacct (nasipaddress, acctstarttime) where acctstoptime is null;
create index radacct_start_user_idx on radius.radacct (acctstarttime, username);
create index radacct_user_idx on radius.radacct (username, acctstarttime desc);

create table radius.radcheck (
  id serial primary key,
  username text not null default '',
  attribute text not null default '',
  op varchar(2) not null default '==',
  value text not null default ''
);
create index radcheck_username on radius.radcheck (username, attribute);

create table radius.radgroupcheck (
  id serial primary key,
  groupname text not null default '',
  attribute text not null default '',
  op varchar(2) not null default '==',
  value text not null default ''
);
create index radgroupcheck_groupname on radius.radgroupcheck (groupname, attribute);

create table radius.radgroupreply (
  id serial primary key,
  groupname text not null default '',
  attribute text not null default '',
  op varchar(2) not null default '=',
  value text not null default ''
);
create index radgroupreply_groupname on radius.radgroupreply (groupname, attribute);

create table radius.radreply (
  id serial primary key,
  username text not null default '',
  attribute text not null default '',
  op varchar(2) not null default '=',
  value text not null default ''
);
create index radreply_username on radius.radreply (username, attribute);

create table radius.radusergroup (
  id serial primary key,
  username text not null default '',
  groupname text not null default '',
  priority integer not null default 0
);
create index radusergroup_username on radius.radusergroup (username);

-- The stock query stores the password that was tried; our configuration replaces it, and so does this.
create table radius.radpostauth (
  id bigserial primary key,
  username text not null,
  pass text,
  reply text,
  calledstationid text,
  callingstationid text,
  authdate timestamptz not null default app.now(),
  class text
);
create index radpostauth_username on radius.radpostauth (username, authdate desc);
create function radius.forget_password() returns trigger language plpgsql as
  $$ begin new.pass := null; return new; end $$;
create trigger radpostauth_forget_password before insert on radius.radpostauth
  for each row execute function radius.forget_password();

create table radius.nas (
  id serial primary key,
  nasname text not null,
  shortname text not null,
  type text not null default 'other',
  ports integer,
  secret text not null,
  server text,
  community text,
  description text
);
create index nas_nasname on radius.nas (nasname);

create table radius.nasreload (
  nasipaddress inet primary key,
  reloadtime timestamptz not null
);

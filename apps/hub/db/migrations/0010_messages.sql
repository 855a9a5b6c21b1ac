-- compatible
create schema messages;
comment on schema messages is 'The one outbox: every SMS and e-mail is a row written in the transaction that causes it.';

create sequence messages.message_number start 10001;
create table messages.messages (
  id text primary key default 'MSG-' || nextval('messages.message_number'),
  channel text not null check (channel in ('email', 'sms')),
  purpose text not null check (purpose in ('transactional', 'marketing')),
  customer_id text references customers.customers,
  to_address text not null,
  language text not null check (language in ('fr', 'en')),
  template text not null,
  subject text,
  body_text text not null,
  body_html text,
  attachments jsonb not null default '[]',
  status text not null check (status in ('held', 'queued', 'sending', 'sent', 'delivered', 'failed', 'unknown', 'suppressed')),
  secret boolean not null default false,
  idempotency_key text not null unique,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  provider_ref text,
  failure text,
  created_at timestamptz not null default app.now(),
  sent_at timestamptz,
  moved_at timestamptz not null default app.now()
);
create index messages_newest on messages.messages (created_at desc, id desc);
create index messages_by_customer on messages.messages (customer_id, created_at desc);
create index messages_due on messages.messages (next_attempt_at) where status = 'queued';
create index messages_sending on messages.messages (moved_at) where status = 'sending';
create index messages_by_provider on messages.messages (provider_ref) where provider_ref is not null;

-- Addresses nothing is sent to any more (bounce, complaint, STOP), with the reason.
create table messages.suppressions (
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  reason text not null,
  at timestamptz not null default app.now(),
  primary key (channel, address)
);

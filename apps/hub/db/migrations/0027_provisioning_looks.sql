-- compatible
-- When each system is next asked what it really holds, how often it was asked since the wish, and what was wrong.
alter table subscriptions.desired_states
  add column look_at timestamptz,
  add column looks integer not null default 0 check (looks >= 0),
  add column reason text check (reason in (
    'differs', 'unknown_device', 'unreachable', 'misconfigured', 'nothing_to_ask'));
create index desired_states_due on subscriptions.desired_states (look_at) where look_at is not null;
-- Services of before are looked at too, spread over the coming day.
update subscriptions.desired_states set
  look_at = app.now() + (hashtext(subscription_id) & 65535) / 65536.0 * interval '1 day';

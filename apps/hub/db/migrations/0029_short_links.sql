-- compatible
-- Short addresses for long links in text messages. Without the token, which is kept nowhere, a row opens nothing.
create table app.short_links (
  token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
  -- The path it leads to, sealed with a key made of the token.
  sealed_path text not null,
  created_at timestamptz not null default app.now(),
  -- The end of what it leads to.
  expires_at timestamptz not null
);
create index short_links_ending on app.short_links (expires_at);

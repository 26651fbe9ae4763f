-- What Lightspeed still allows in the current window, shared by every process on this database. Times are this server's.
create table lightspeed_budget (
  retailer text primary key,
  request_limit integer not null check (request_limit > 0),
  limit_source text not null check (limit_source in ('guess', 'registers', 'header')),
  limit_seen_at timestamptz not null,
  window_number bigint not null,
  window_ends_at timestamptz not null,
  granted integer not null,
  remaining integer,
  probe_until timestamptz,
  blocked_until timestamptz
);

-- The retailer that allowed us in by OAuth. Tokens are sealed with CONSIGN_SECRET_KEY, never readable here.
create table lightspeed_connection (
  only_row boolean primary key default true check (only_row),
  domain_prefix text not null check (domain_prefix ~ '^[a-z0-9-]+$'),
  access_token text not null,
  refresh_token text not null,
  expires_at timestamptz not null,
  scope text,
  state text not null check (state in ('connected', 'needs_reconnect')),
  problem text,
  connected_at timestamptz not null default now(),
  refreshed_at timestamptz
);

-- A person sent to Lightspeed to allow us in: their way back carries the state, kept as SHA-256 only, good once.
create table lightspeed_authorization (
  state_hash bytea primary key,
  redirect_uri text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

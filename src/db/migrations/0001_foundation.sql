-- Who may come in: tokens are kept as SHA-256 only.
create table api_token (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  token_hash bytea not null unique,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);

create table session (
  token_hash bytea primary key,
  actor text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- The one retailer that this database mirrors. Two retailers in one mirror could never be told apart again.
create table retailer_identity (
  only_row boolean primary key default true check (only_row),
  identity text not null,
  noted_at timestamptz not null default now()
);

-- Where the walk through each collection stands. `cursor` moves in the transaction that stores the page.
create table sync_state (
  entity text primary key,
  cursor bigint not null default 0,
  row_count bigint not null default 0,
  first_complete_at timestamptz,
  last_complete_at timestamptz
);

create table sync_run (
  id uuid primary key,
  requested_by text not null,
  is_full boolean not null default false,
  since text,
  row_limit integer,
  state text not null default 'queued',
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index sync_run_unfinished on sync_run (created_at) where finished_at is null;
create index sync_run_newest on sync_run (created_at desc);

create table sync_run_entity (
  run_id uuid not null references sync_run on delete cascade,
  entity text not null,
  position integer not null,
  state text not null default 'queued',
  cursor bigint,
  pages bigint not null default 0,
  fetched bigint not null default 0,
  inserted bigint not null default 0,
  updated bigint not null default 0,
  unchanged bigint not null default 0,
  rejected bigint not null default 0,
  note text,
  error text,
  error_code text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (run_id, entity)
);
create index sync_run_entity_newest on sync_run_entity (entity, started_at desc);

-- For collections that are read once for each record of another one: which version of the owner was read through.
create table sync_nested (
  entity text not null,
  owner_id text collate "C" not null,
  owner_version bigint not null,
  read_at timestamptz not null default now(),
  primary key (entity, owner_id)
);

-- What Lightspeed sent that the mirror's columns do not know, reported once.
create table schema_drift (
  entity text not null,
  field text not null,
  kind text not null,
  example text,
  record_id text,
  first_seen_at timestamptz not null default now(),
  primary key (entity, field, kind)
);

-- Every webhook as it came: the bytes that were signed, and the headers without secrets. Kept 90 days, never changed but
-- for what became of it. The unique key is what makes a repeat a repeat, however many come at the same moment.
create table webhook_event (
  id bigint generated always as identity primary key,
  door text not null check (door in ('lightspeed', 'envelope', 'courier')),
  carrier text,
  type text not null,
  sender_event_id text,
  dedupe_key bytea not null unique,
  is_signed boolean not null,
  body bytea not null,
  headers jsonb not null,
  sent_at timestamptz,
  received_at timestamptz not null default now(),
  correlation_id text not null,
  state text not null check (state in ('waiting', 'processed', 'failed', 'unknown')),
  attempts integer not null default 0,
  outcome text,
  error text,
  finished_at timestamptz,
  replays integer not null default 0
);
create index webhook_event_unfinished on webhook_event (id) where state in ('waiting', 'failed');
create index webhook_event_type on webhook_event (type, id desc);
create index webhook_event_received on webhook_event using brin (received_at);

-- Rows that a webhook brought, at a version that no reading of Lightspeed has confirmed. Such a row is replaced even by a
-- record of the same version: what a webhook says may be less than the whole.
create table sync_carried (
  entity text not null,
  record_id text collate "C" not null,
  version bigint not null,
  carried_at timestamptz not null default now(),
  primary key (entity, record_id)
);

-- What others saw of a consignment: that it was sent, or received. Applied by what leads the consignment through its life.
create table consignment_observation (
  id bigint generated always as identity primary key,
  webhook_event_id bigint not null unique,
  consignment_id text collate "C" not null,
  what text not null check (what in ('sent', 'received')),
  observed_at timestamptz not null,
  data jsonb not null,
  noted_at timestamptz not null default now(),
  applied_at timestamptz
);
create index consignment_observation_open on consignment_observation (consignment_id, id) where applied_at is null;

-- Where Lightspeed was last asked to send its webhooks, so that a start can see whether it still does.
create table webhook_address (
  only_row boolean primary key default true check (only_row),
  origin text not null,
  registered_by text not null,
  registered_at timestamptz not null default now(),
  checked_at timestamptz,
  problem text
);

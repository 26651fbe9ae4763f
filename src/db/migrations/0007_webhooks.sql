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

-- Who did what, before and after. Nobody changes or removes a row: a trigger refuses it, whoever asks.
create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  action text not null,
  entity text not null,
  entity_id text collate "C" not null,
  actor text collate "C" not null,
  correlation_id text collate "C" not null,
  before jsonb,
  after jsonb,
  reason text
);
create index audit_entity on audit (entity, entity_id, id);
create index audit_actor on audit (actor, id);
create index audit_correlation on audit (correlation_id, id);
create index audit_at on audit (at);

-- The chain: each row's hash is over its content and the hash before it, so that a changed or missing row shows.
create table audit_seal (
  sequence bigint primary key,
  audit_id bigint not null unique,
  hash bytea not null
);

-- The chain's end. Its row lock lets one transaction after the other add to the chain.
create table audit_head (
  only_row boolean primary key default true check (only_row),
  sequence bigint not null,
  hash bytea not null
);
insert into audit_head (sequence, hash) values (0, sha256('consign'));

-- What is sealed: every column, in a form that no setting of the session (time zone, date style) changes.
create function audit_content(a audit) returns bytea language sql stable as $$
  select convert_to(jsonb_build_array(
    a.id, extract(epoch from a.at), a.action, a.entity, a.entity_id, a.actor, a.correlation_id, a.before, a.after, a.reason
  )::text, 'UTF8')
$$;

create function seal_audit() returns trigger language plpgsql as $$
declare
  head audit_head;
begin
  update audit_head set sequence = sequence + 1, hash = sha256(hash || audit_content(new)) returning * into strict head;
  insert into audit_seal (sequence, audit_id, hash) values (head.sequence, new.id, head.hash);
  return null;
end $$;

-- Deferred: the chain's lock is taken when the transaction commits and not when it writes, so that no writer waits for
-- another one's work, only for its commit; and a transaction at its commit waits for nothing else, so none deadlocks.
create constraint trigger audit_sealed after insert on audit deferrable initially deferred
  for each row execute function seal_audit();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit is append only: % of % is refused', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_change();
create trigger audit_seal_append_only before update or delete or truncate on audit_seal
  for each statement execute function refuse_change();

-- What caused a run: the id that its request came with.
alter table sync_run add column correlation_id text collate "C" not null default gen_random_uuid()::text;

-- Each call to Lightspeed: no query, no body, no token. `endpoint` is the path with ids left out, for counting.
create table lightspeed_call (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  method text not null,
  path text not null,
  endpoint text not null,
  status integer,
  duration_ms integer not null,
  attempt integer not null,
  failure text,
  correlation_id text collate "C"
);
create index lightspeed_call_at on lightspeed_call (at);
create index lightspeed_call_correlation on lightspeed_call (correlation_id);

-- Who was sent to Lightspeed to connect it: the one who connected, when the browser comes back.
alter table lightspeed_authorization add column actor text not null default 'system';

alter table api_token add column created_by text not null default 'system';

-- Requests of one token, session or address in its current minute, counted for all processes. Unlogged: after a crash
-- of the database everyone begins a new minute.
create unlogged table rate_window (
  key text collate "C" primary key,
  ends_at timestamptz not null,
  taken integer not null
);

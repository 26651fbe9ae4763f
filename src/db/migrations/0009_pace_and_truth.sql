-- When an entity was last looked at by the clock, and when a webhook last said that it changes: its pace follows (pace.rules.ts).
create table sync_pace (
  entity text primary key,
  asked_at timestamptz,
  nudged_at timestamptz
);

-- A comparison of the mirror with Lightspeed, entity by entity, and what it came to.
create table reconciliation (
  id uuid primary key,
  requested_by text not null,
  correlation_id text collate "C" not null,
  is_dry_run boolean not null default false,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed')),
  created_at timestamptz not null default now(),
  started_at timestamptz,
  -- Moves with every page, so that one whose process died can be told from one that goes on.
  alive_at timestamptz not null default now(),
  finished_at timestamptz
);
create unique index reconciliation_only_one on reconciliation ((finished_at is null)) where finished_at is null;
create index reconciliation_newest on reconciliation (created_at desc);

-- `cursor` moves in the transaction that compared the page, so a comparison goes on where a killed one stood.
create table reconciliation_entity (
  reconciliation_id uuid not null references reconciliation on delete cascade,
  entity text not null,
  position integer not null,
  state text not null default 'queued' check (state in ('queued', 'running', 'done', 'failed', 'skipped')),
  cursor bigint not null default 0,
  -- How far the sync had read when the comparison began: what is newer was merely not read yet.
  synced_to bigint not null default 0,
  compared bigint not null default 0,
  lightspeed_rows bigint not null default 0,
  mirror_rows bigint not null default 0,
  differences bigint not null default 0,
  explained bigint not null default 0,
  repaired bigint not null default 0,
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  primary key (reconciliation_id, entity)
);

-- The first differences of each entity, one by one; the totals above count all.
create table reconciliation_difference (
  id bigint generated always as identity primary key,
  reconciliation_id uuid not null references reconciliation on delete cascade,
  entity text not null,
  record_id text collate "C" not null,
  kind text not null,
  explanation text not null,
  fields text[] not null,
  -- Of levels of stock both sides, of anything else nothing: it may be personal.
  levels jsonb,
  mirror_version bigint,
  lightspeed_version bigint,
  is_repaired boolean not null,
  found_at timestamptz not null default now()
);
create index reconciliation_difference_of on reconciliation_difference (reconciliation_id, entity, id);

-- Which records the comparison under way has met, as hashes of their keys: what the mirror holds beyond them is gone.
create table reconciliation_seen (
  entity text not null,
  hash bigint not null,
  version bigint not null,
  is_living boolean not null
);

-- As before, and rows of a month that lie in the default partition are moved into the month's own. Whoever writes history
-- meanwhile waits.
create or replace function mirror.ensure_history_partitions(months_ahead integer) returns integer language plpgsql as $$
declare
  month timestamptz;
  stray timestamptz;
  made integer := 0;
begin
  for ahead in 0..months_ahead loop
    month := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' + make_interval(months => ahead);
    made := made + mirror.make_history_partition(month);
  end loop;
  -- What landed outside of all months, if it is of a time that can be meant: at most ten years old, never of the future.
  foreach stray in array (
    select coalesce(array_agg(distinct date_trunc('month', recorded_at at time zone 'UTC') at time zone 'UTC'), '{}')
    from mirror.product_qty_history_default where recorded_at between now() - interval '10 years' and now()
  )
  loop
    made := made + mirror.make_history_partition(stray);
  end loop;
  return made;
end $$;

create function mirror.make_history_partition(month timestamptz) returns integer language plpgsql as $$
declare
  month_end timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
  name text := format('product_qty_history_%s', to_char(month at time zone 'UTC', 'YYYYMM'));
begin
  if to_regclass('mirror.' || name) is not null then
    return 0;
  end if;
  if exists (select from mirror.product_qty_history_default where recorded_at >= month and recorded_at < month_end) then
    lock table mirror.product_qty_history in share row exclusive mode;
    create temporary table moved_history on commit drop as
      select * from mirror.product_qty_history_default where recorded_at >= month and recorded_at < month_end;
    delete from mirror.product_qty_history_default where recorded_at >= month and recorded_at < month_end;
  end if;
  execute format('create table mirror.%I partition of mirror.product_qty_history for values from (%L) to (%L)', name, month, month_end);
  if to_regclass('pg_temp.moved_history') is not null then
    execute format('insert into mirror.%I overriding system value select * from pg_temp.moved_history', name);
    drop table pg_temp.moved_history;
  end if;
  return 1;
end $$;

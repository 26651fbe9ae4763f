-- Records that could not be stored, with the reason: put aside so that their page is not held up.
create table mirror.rejected (
  id bigint generated always as identity primary key,
  entity text not null,
  record_id text collate "C",
  reason text not null,
  payload text not null,
  payload_hash bytea not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  times_seen integer not null default 1,
  resolved_at timestamptz,
  unique (entity, payload_hash)
);
create index rejected_open on mirror.rejected (entity, record_id) where resolved_at is null;

-- Every change of stock that the mirror sees. The key is append-ordered (a random one loads 1.4 to 1.6 times slower); the
-- b-tree answers "this product in this outlet", the BRIN "since version X" at almost no cost; a month is dropped at once.
create table mirror.product_qty_history (
  id bigint generated always as identity,
  product_id text collate "C" not null,
  outlet_id text collate "C" not null,
  level_before numeric,
  level_after numeric,
  cause text not null,
  version bigint not null,
  recorded_at timestamptz not null default now(),
  primary key (id, recorded_at)
) partition by range (recorded_at);
create index product_qty_history_place on mirror.product_qty_history (product_id, outlet_id, recorded_at);
create index product_qty_history_version on mirror.product_qty_history using brin (version);

-- Rows for a month that nobody made ahead land here instead of being refused.
create table mirror.product_qty_history_default partition of mirror.product_qty_history default;

-- Makes the partitions of this month and of `months_ahead` more. Returns how many were new.
create function mirror.ensure_history_partitions(months_ahead integer) returns integer language plpgsql as $$
declare
  month timestamptz;
  made integer := 0;
begin
  for ahead in 0..months_ahead loop
    month := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' + make_interval(months => ahead);
    if to_regclass(format('mirror.product_qty_history_%s', to_char(month at time zone 'UTC', 'YYYYMM'))) is null then
      execute format(
        'create table mirror.product_qty_history_%s partition of mirror.product_qty_history for values from (%L) to (%L)',
        to_char(month at time zone 'UTC', 'YYYYMM'), month, (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;
select mirror.ensure_history_partitions(3);

-- In the database, not in the writer, so that no way of changing a level can forget its history. The first sight of a row
-- during the first backfill is no change of stock (the setting says so); every later one is.
create function mirror.note_level_change() returns trigger language plpgsql as $$
begin
  insert into mirror.product_qty_history (product_id, outlet_id, level_before, level_after, cause, version)
  values (new.product_id, new.outlet_id, case when tg_op = 'UPDATE' then old.inventory_level end, new.inventory_level,
          coalesce(nullif(current_setting('consign.cause', true), ''), 'unknown'), new.version);
  return null;
end $$;

create trigger level_changed after update on mirror.inventory for each row
  when (old.inventory_level is distinct from new.inventory_level) execute function mirror.note_level_change();
create trigger level_appeared after insert on mirror.inventory for each row
  when (new.inventory_level is not null and current_setting('consign.cause', true) is distinct from 'backfill')
  execute function mirror.note_level_change();

-- Counts. A count is a document (consignment of type STOCKTAKE); here is what only counts have.

-- What a count is about. Its products are frozen into lines when it is scheduled: what is added to the catalogue later is
-- not in it, and what nobody put into it cannot be touched by posting it.
create table stocktake (
  consignment_id uuid primary key references consignment,
  is_full boolean not null default false,
  -- [{"type": "brand", "value": "<id>"}, …]
  filters jsonb not null default '[]',
  includes_inactive boolean not null default false,
  is_blind boolean not null default false,
  -- By how much a line may differ and still count as right.
  tolerance numeric(11, 5) not null default 0 check (tolerance >= 0),
  frozen_at timestamptz,
  -- The lines at these positions were frozen; the others were put in by hand.
  frozen_after integer not null default 0,
  frozen_to integer not null default 0,
  -- Of the list of a day: which outlet's, which day's, and from which seed the rest was drawn.
  daily_outlet_id text collate "C",
  daily_on date,
  seed text,
  constraint stocktake_daily check ((daily_outlet_id is null) = (daily_on is null))
);
create unique index stocktake_daily_once on stocktake (daily_outlet_id, daily_on) where daily_on is not null;

-- Where in the shop somebody counted.
alter table scan_event add column area text;

-- What a person said about a line that nobody counted: it stays as it is, or there is none.
create table stocktake_decision (
  line_id uuid primary key references consignment_line,
  decision text not null check (decision in ('leave', 'zero')),
  reason text not null,
  decided_by text collate "C" not null,
  decided_at timestamptz not null default clock_timestamp()
);

-- A second look at a line, by somebody who has not counted it. What it finds replaces the count; both stay.
create table stocktake_recount (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  line_id uuid not null references consignment_line,
  reason text,
  asked_by text collate "C" not null,
  asked_at timestamptz not null default clock_timestamp(),
  quantity numeric(11, 5) check (quantity >= 0),
  counted_by text collate "C",
  counted_at timestamptz,
  constraint stocktake_recount_done check (
    (quantity is null) = (counted_by is null) and (quantity is null) = (counted_at is null))
);
create unique index stocktake_recount_one_open on stocktake_recount (line_id) where quantity is null;
create index stocktake_recount_of on stocktake_recount (consignment_id, line_id, asked_at);

-- What posting would do, as somebody saw it. The digest says it in a word: another result has another one.
create table stocktake_simulation (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  digest text not null,
  totals jsonb not null,
  made_by text collate "C" not null,
  made_at timestamptz not null default clock_timestamp()
);
create index stocktake_simulation_of on stocktake_simulation (consignment_id, made_at desc);

-- A simulation that was accepted. From now on it is only carried out.
create table stocktake_posting (
  consignment_id uuid primary key references consignment,
  simulation_id uuid not null references stocktake_simulation,
  accepted_by text collate "C" not null,
  accepted_at timestamptz not null default clock_timestamp(),
  done_at timestamptz
);

-- What goes to Lightspeed in one request. `asked_at`: it was asked for, and nobody has read the answer yet; what came of it,
-- if anything did, has a version above `look_after`.
create table stocktake_batch (
  consignment_id uuid not null references stocktake_posting,
  batch integer not null check (batch > 0),
  asked_at timestamptz,
  look_after bigint,
  done_at timestamptz,
  primary key (consignment_id, batch)
);

-- By how much the stock of a product is put right; with the id that Lightspeed gave the adjustment.
create table stocktake_adjustment (
  consignment_id uuid not null,
  batch integer not null,
  line_id uuid not null references consignment_line,
  product_id text collate "C" not null,
  quantity numeric(12, 5) not null check (quantity <> 0),
  -- A reason of Lightspeed's, or the id of one of the retailer's own.
  reason text not null,
  remote_id text collate "C" unique,
  primary key (consignment_id, product_id),
  foreign key (consignment_id, batch) references stocktake_batch
);
create index stocktake_adjustment_of_batch on stocktake_adjustment (consignment_id, batch);

-- The firewall, for whoever writes: no count is posted without a frozen set, with an undecided line, or without somebody
-- who accepted what would come of it.
create function refuse_unsafe_count() returns trigger language plpgsql as $$
begin
  if not exists (
    select from stocktake s join stocktake_posting p using (consignment_id)
    where s.consignment_id = new.id and s.frozen_at is not null
  ) or exists (
    select from consignment_line l
    where l.consignment_id = new.id and l.received is null and (l.decision is null or l.decision not in ('leave', 'zero'))
  ) then
    raise exception '% cannot be posted: its products were not frozen, lines are undecided, or nobody accepted the result', new.number
      using errcode = 'check_violation', constraint = 'stocktake_safe';
  end if;
  return new;
end $$;
create trigger consignment_count_safe before update on consignment for each row
  when (new.type = 'STOCKTAKE' and new.status = 'CLOSED' and old.status <> 'CLOSED')
  execute function refuse_unsafe_count();

-- And nothing is put right that was neither counted nor said to be gone.
create function refuse_undecided_adjustment() returns trigger language plpgsql as $$
begin
  if not exists (
    select from consignment_line l
    where l.id = new.line_id and l.consignment_id = new.consignment_id and l.product_id = new.product_id
      and (l.received is not null or l.decision = 'zero')
  ) then
    raise exception 'The stock of % is not put right: nobody counted it in this document', new.product_id
      using errcode = 'check_violation', constraint = 'stocktake_adjustment_counted';
  end if;
  return new;
end $$;
create trigger stocktake_adjustment_safe before insert or update on stocktake_adjustment for each row
  execute function refuse_undecided_adjustment();

-- Products that somebody wants counted soon; without an outlet everywhere.
create table count_flag (
  product_id text collate "C" not null,
  outlet_id text collate "C",
  reason text,
  flagged_by text collate "C" not null,
  flagged_at timestamptz not null default clock_timestamp()
);
create unique index count_flag_once on count_flag (product_id, coalesce(outlet_id, ''));

-- Prices as the last list of a day saw them: what was re-priced since is counted sooner.
create table count_price (
  product_id text collate "C" primary key,
  price numeric,
  changed_at timestamptz
);

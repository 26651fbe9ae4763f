-- The bridge to Lightspeed. `create_asked_at`: a creation was asked for, and nobody has read its answer yet; the record, if
-- there is one, has a version above `look_after`. `agreed` is all that both sides had when they last agreed, and
-- `attempted` what has been tried to bring about since: whatever else is found there, somebody else has done.
alter table consignment_leg
  add column create_asked_at timestamptz,
  add column look_after bigint,
  add column agreed jsonb,
  add column attempted jsonb not null default '[]';

-- Both sides changed, or Lightspeed does not let itself be brought to where we are: somebody chooses.
create table consignment_conflict (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  leg_id uuid not null references consignment_leg,
  reasons text[] not null check (cardinality(reasons) > 0),
  ours jsonb not null,
  -- Null where it is gone in Lightspeed.
  theirs jsonb,
  found_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  resolution text check (resolution in ('took_theirs', 'pushed_ours', 'gone')),
  resolved_by text collate "C",
  resolved_at timestamptz,
  constraint consignment_conflict_resolved check ((resolution is null) = (resolved_at is null))
);
create unique index consignment_conflict_one_open on consignment_conflict (leg_id) where resolution is null;
create index consignment_conflict_newest on consignment_conflict (found_at desc, id desc) where resolution is null;

-- Whether Consign writes to the retailer at an address. Without a row: not to a real one, and to the simulator.
create table lightspeed_writing (
  origin text primary key,
  is_on boolean not null,
  changed_by text collate "C" not null,
  changed_at timestamptz not null default now()
);

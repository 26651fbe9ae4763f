-- Lists of what is counted today. An outlet without a row gets one every day, of 20 products.
create table daily_count (
  outlet_id text collate "C" primary key,
  is_on boolean not null default true,
  products integer not null default 20 check (products between 1 and 200),
  goal_percent numeric(4, 1) not null default 95 check (goal_percent between 0 and 100),
  changed_by text collate "C" not null,
  changed_at timestamptz not null default clock_timestamp()
);

-- Why each product is on the list of its day.
create table stocktake_pick (
  consignment_id uuid not null references stocktake,
  product_id text collate "C" not null,
  why text not null check (why in ('flagged', 'critical', 'low', 'dear', 'fast', 'repriced', 'random')),
  primary key (consignment_id, product_id)
);

-- Differences above the limit that somebody saw and approved: of this result (digest), and of no other.
create table stocktake_approval (
  consignment_id uuid not null references consignment,
  digest text not null,
  gross numeric(20, 2) not null,
  reason text,
  approved_by text collate "C" not null,
  approved_at timestamptz not null default clock_timestamp(),
  primary key (consignment_id, digest)
);

-- What else was put right of a product.
create index stocktake_adjustment_of_product on stocktake_adjustment (product_id);

-- What somebody wants done in Lightspeed to a product, a supplier or a level of stock: noted in the transaction of the wish,
-- done once by a job. `asked_at`: Lightspeed was asked, and nobody has read its answer yet. `memo` is what was known before
-- it was asked, by which an answer that was lost is told from one that never was.
create table lightspeed_write (
  id uuid primary key default gen_random_uuid(),
  place bigint generated always as identity unique,
  kind text collate "C" not null check (kind in
    ('product.create', 'product.update', 'product.delete', 'inventory.adjust', 'supplier.create', 'supplier.update')),
  -- Of two that touch the same subject, the later one waits for the earlier.
  subjects text[] collate "C" not null check (cardinality(subjects) > 0),
  wish jsonb not null,
  reason text,
  state text collate "C" not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  asked_at timestamptz,
  memo jsonb,
  remote_id text collate "C",
  result jsonb,
  failure text,
  wished_by text collate "C" not null,
  correlation_id text not null,
  wished_at timestamptz not null default now(),
  finished_at timestamptz,
  constraint lightspeed_write_finished check ((state = 'waiting') = (finished_at is null)),
  constraint lightspeed_write_failed check ((state = 'failed') = (failure is not null))
);
create index lightspeed_write_subjects on lightspeed_write using gin (subjects);

-- The queue itself lives in the schema `pgboss`, which pg-boss makes and keeps (jobs/boss.ts).

-- Who works: each worker's last sign of life. One that stops in order removes itself.
create table worker (
  id uuid primary key,
  host text not null,
  pid integer not null,
  slots integer not null,
  running integer not null default 0,
  started_at timestamptz not null default now(),
  seen_at timestamptz not null default now()
);

-- Schedules are written in the code; what people say about them is kept here.
create table job_schedule (
  name text collate "C" primary key,
  paused_at timestamptz,
  paused_by text
);

-- How the queue stood every ten seconds, kept for an hour: what the charts of the sync status begin with. `done` and
-- `failed` count tries since the beginning (metric_total), so that a rate is a difference and no finished job is read.
create table queue_sample (
  at timestamptz primary key,
  waiting integer not null,
  running integer not null,
  done bigint not null,
  failed bigint not null
);

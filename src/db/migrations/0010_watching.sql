-- Whether a retailer's Lightspeed is asked at all, for all processes: the failures of the last two minutes, and how long it
-- is left alone. Who holds the trial asks first when that is over.
create table lightspeed_breaker (
  retailer text collate "C" primary key,
  failures timestamptz[] not null default '{}',
  opened_at timestamptz,
  open_until timestamptz,
  trial_until timestamptz
);

-- What was found wrong by itself. One cause has one open alert at a time; it resolves itself when the cause is gone.
create table alert (
  id bigint generated always as identity primary key,
  rule text collate "C" not null,
  cause text collate "C" not null default '',
  severity text not null check (severity in ('warning', 'critical')),
  message text not null,
  opened_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  resolved_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text collate "C"
);
create unique index alert_one_open on alert (rule, cause) where resolved_at is null;
create index alert_opened on alert (opened_at desc, id desc);

-- What the last look at the whole audit chain found; null for nothing wrong.
create table audit_check (
  only_row boolean primary key default true check (only_row),
  checked_at timestamptz not null default now(),
  rows bigint not null,
  fault text
);

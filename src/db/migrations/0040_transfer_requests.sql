-- A store asks another outlet for goods; whoever has them answers. The document is a draft until then; each asking is kept.
create table transfer_request (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  asked_by text collate "C" not null,
  asked_at timestamptz not null default now(),
  note text,
  answer text check (answer in ('agreed', 'partly', 'refused', 'withdrawn')),
  answered_by text collate "C",
  answered_at timestamptz,
  reason text,
  constraint transfer_request_answered check ((answer is null) = (answered_at is null)),
  constraint transfer_request_reasoned check (answer is distinct from 'refused' or reason is not null)
);
create unique index transfer_request_one_waits on transfer_request (consignment_id) where answer is null;
create index transfer_request_newest on transfer_request (consignment_id, asked_at desc);
create index transfer_request_waiting on transfer_request (asked_at, id) where answer is null;

-- What was asked of each line, and what was agreed to. A line of a draft may go again; what was asked stays.
create table transfer_request_line (
  request_id uuid not null references transfer_request,
  line_id uuid not null,
  product_id text collate "C" not null,
  position integer not null,
  asked numeric(11, 5) not null check (asked > 0),
  agreed numeric(11, 5) check (agreed >= 0),
  reason text,
  primary key (request_id, line_id)
);

-- What receiving keeps beside deliveries and scans. Counts are sums of scans; a line's own figures are those sums, written when
-- a delivery ends.

alter table delivery
  add column outcome text check (outcome in ('more_to_come', 'complete')),
  add constraint delivery_ended check ((outcome is null) = (completed_at is null) and (outcome is null) = (completed_by is null));
-- Several phones count one delivery.
create unique index delivery_one_open on delivery (consignment_id) where completed_at is null;

-- A phone that began a delivery of its own while one was open counts in that one; what it sends later finds it by this id.
create table delivery_alias (
  id uuid primary key,
  delivery_id uuid not null references delivery,
  actor text collate "C" not null,
  at timestamptz not null default now()
);

alter table scan_event
  -- How many of the product one such code stands for; `quantity` is of the product.
  add column units numeric(11, 5) not null default 1 check (units > 0),
  -- `as_ordered`: nobody counted, somebody took it over as planned. `assignment`: an unknown code was told what it is.
  add column means text not null default 'scan' check (means in ('scan', 'as_ordered', 'assignment', 'amendment')),
  -- What the one who scanned was warned of.
  add column flag text check (flag in ('over', 'not_on_order', 'unknown')),
  add column reason text;
-- Unknown codes are few, and asked for with each further scan of one.
create index scan_event_of_code on scan_event (consignment_id, code) where product_id is null or means = 'assignment';

-- Why a line came otherwise than expected, as somebody said.
create table line_variance (
  line_id uuid primary key references consignment_line,
  consignment_id uuid not null references consignment,
  reason text not null
    check (reason in ('short', 'over', 'damaged_in_transit', 'damaged_in_store', 'wrong_item', 'expired')),
  note text,
  actor text collate "C" not null,
  at timestamptz not null default now()
);
create index line_variance_of_consignment on line_variance (consignment_id);

-- Less arrived than was sent: the outlet that sent it is asked to look again.
create table recount_request (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  line_id uuid not null references consignment_line,
  delivery_id uuid references delivery,
  outlet_id text collate "C" not null,
  expected numeric(11, 5) not null check (expected >= 0),
  counted numeric(11, 5) not null check (counted >= 0),
  asked_by text collate "C" not null,
  asked_at timestamptz not null default now(),
  answer text check (answer in ('recounted', 'as_sent')),
  -- What was really sent, if somebody counted again.
  quantity numeric(11, 5) check (quantity >= 0),
  note text,
  answered_by text collate "C",
  answered_at timestamptz,
  constraint recount_request_answered check ((answer is null) = (answered_at is null)),
  constraint recount_request_counted check ((answer is not distinct from 'recounted') = (quantity is not null))
);
create unique index recount_request_one_open on recount_request (line_id) where answer is null;
create index recount_request_of_consignment on recount_request (consignment_id);
create index recount_request_waiting on recount_request (outlet_id, asked_at, id) where answer is null;

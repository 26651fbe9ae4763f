-- Who is told what about a document: kept as data, shown beside it, and for mail to go by later.
create table notice (
  id uuid primary key default gen_random_uuid(),
  kind text not null,
  consignment_id uuid not null references consignment,
  approval_request_id uuid references approval_request,
  -- For everyone of these roles at the outlet, or for one.
  to_roles text[] not null default '{}',
  to_actor text collate "C",
  why text not null,
  at timestamptz not null default now(),
  constraint notice_for_somebody check (to_actor is not null or cardinality(to_roles) > 0)
);
create unique index notice_once on notice (approval_request_id, kind) where approval_request_id is not null;
create index notice_newest on notice (at desc, id desc);
create index notice_of_consignment on notice (consignment_id, at desc);

-- Under which numbers couriers know a document.
create table consignment_tracking (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  carrier text,
  reference text collate "C" not null,
  created_by text collate "C" not null,
  created_at timestamptz not null default now()
);
create unique index consignment_tracking_once on consignment_tracking (reference, coalesce(carrier, ''), consignment_id);
create index consignment_tracking_of on consignment_tracking (consignment_id);

-- What couriers said they picked up; without a consignment where nobody knows the number (yet).
create table courier_event (
  webhook_event_id bigint not null,
  reference text collate "C" not null,
  carrier text not null,
  consignment_id uuid references consignment,
  happened_at timestamptz not null,
  noted_at timestamptz not null default now(),
  primary key (webhook_event_id, reference)
);
create index courier_event_of on courier_event (consignment_id) where consignment_id is not null;
create index courier_event_unknown on courier_event (reference) where consignment_id is null;

-- From which amount on a type of document is approved before it goes on; null: always. What is off is never asked for.
create table approval_policy (
  type text primary key check (type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER', 'SUPPLIER_RETURN', 'STOCKTAKE')),
  is_on boolean not null,
  above numeric(14, 2) check (above >= 0)
);
insert into approval_policy (type, is_on, above) values
  ('PURCHASE_ORDER', true, null),
  ('OUTLET_TRANSFER', false, 2000),
  ('SUPPLIER_RETURN', false, 1000),
  ('STOCKTAKE', false, 500);
insert into approval_tier (type, up_to, role) values
  ('OUTLET_TRANSFER', 5000, 'retail_operations_manager'),
  ('OUTLET_TRANSFER', null, 'director'),
  ('SUPPLIER_RETURN', 5000, 'purchasing_manager'),
  ('SUPPLIER_RETURN', null, 'director'),
  ('STOCKTAKE', 5000, 'retail_operations_manager'),
  ('STOCKTAKE', null, 'director');

-- What is due: asked for by the lists of what is late.
create index consignment_due on consignment (due_at) where due_at is not null
  and status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL');
create index consignment_under_way on consignment (status_since) where status in ('PACKING', 'PACKAGED', 'SENT', 'PARTIAL');

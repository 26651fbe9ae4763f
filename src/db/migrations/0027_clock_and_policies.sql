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

-- Types other than orders have tiers of the same form, off until somebody switches them on. What stays within the lowest limit
-- that is on needs nobody's approval.
insert into approval_tier (type, up_to, role, is_on) values
  ('OUTLET_TRANSFER', 2000, 'store_manager', false),
  ('OUTLET_TRANSFER', null, 'retail_operations_manager', false),
  ('SUPPLIER_RETURN', 1000, 'store_manager', false),
  ('SUPPLIER_RETURN', null, 'purchasing_manager', false),
  ('STOCKTAKE', 500, 'stock_controller', false),
  ('STOCKTAKE', null, 'director', false);

-- What an amended order came to before and after, and whether the supplier has to get it, and has.
alter table consignment_revision
  add column total_before numeric(20, 2),
  add column total_after numeric(20, 2),
  add column is_for_supplier boolean not null default false,
  add column told_at timestamptz;
create index consignment_revision_untold on consignment_revision (at) where is_for_supplier and told_at is null;

-- What is due: asked for by the lists of what is late.
create index consignment_due on consignment (due_at) where due_at is not null
  and status in ('OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING', 'PARTIAL');
create index consignment_under_way on consignment (status_since) where status in ('PACKING', 'PACKAGED', 'SENT', 'PARTIAL');

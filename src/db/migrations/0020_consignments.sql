-- The movements of stock that Consign runs: orders, transfers, returns, counts. Nothing here is ever written by a sync.
-- Ids of Lightspeed are text as in the mirror, without foreign keys into it: a record may be gone there and stay here.

-- The law as rows. The same table as src/consignments/lifecycle.rules.ts; a test holds the two together.
create table consignment_step (
  type text not null,
  from_status text not null,
  act text not null,
  to_status text not null,
  primary key (type, from_status, to_status),
  unique (type, from_status, act)
);
insert into consignment_step (type, from_status, act, to_status) values
('PURCHASE_ORDER', 'DRAFT', 'open', 'OPEN'),
  ('PURCHASE_ORDER', 'DRAFT', 'cancel', 'CANCELLED'),
  ('PURCHASE_ORDER', 'OPEN', 'redraft', 'DRAFT'),
  ('PURCHASE_ORDER', 'OPEN', 'send', 'SENT'),
  ('PURCHASE_ORDER', 'OPEN', 'cancel', 'CANCELLED'),
  ('PURCHASE_ORDER', 'SENT', 'receive', 'RECEIVING'),
  ('PURCHASE_ORDER', 'SENT', 'cancel', 'CANCELLED'),
  ('PURCHASE_ORDER', 'RECEIVING', 'pause', 'PARTIAL'),
  ('PURCHASE_ORDER', 'RECEIVING', 'complete', 'RECEIVED'),
  ('PURCHASE_ORDER', 'PARTIAL', 'receive', 'RECEIVING'),
  ('PURCHASE_ORDER', 'PARTIAL', 'close_short', 'CLOSED'),
  ('PURCHASE_ORDER', 'RECEIVED', 'close', 'CLOSED'),
  ('PURCHASE_ORDER', 'CLOSED', 'archive', 'ARCHIVED'),
  ('OUTLET_TRANSFER', 'DRAFT', 'open', 'OPEN'),
  ('OUTLET_TRANSFER', 'DRAFT', 'cancel', 'CANCELLED'),
  ('OUTLET_TRANSFER', 'OPEN', 'redraft', 'DRAFT'),
  ('OUTLET_TRANSFER', 'OPEN', 'pack', 'PACKING'),
  ('OUTLET_TRANSFER', 'OPEN', 'cancel', 'CANCELLED'),
  ('OUTLET_TRANSFER', 'PACKING', 'stop_packing', 'OPEN'),
  ('OUTLET_TRANSFER', 'PACKING', 'seal', 'PACKAGED'),
  ('OUTLET_TRANSFER', 'PACKAGED', 'unseal', 'PACKING'),
  ('OUTLET_TRANSFER', 'PACKAGED', 'send', 'SENT'),
  ('OUTLET_TRANSFER', 'SENT', 'receive', 'RECEIVING'),
  ('OUTLET_TRANSFER', 'RECEIVING', 'pause', 'PARTIAL'),
  ('OUTLET_TRANSFER', 'RECEIVING', 'complete', 'RECEIVED'),
  ('OUTLET_TRANSFER', 'PARTIAL', 'receive', 'RECEIVING'),
  ('OUTLET_TRANSFER', 'PARTIAL', 'close_short', 'CLOSED'),
  ('OUTLET_TRANSFER', 'RECEIVED', 'close', 'CLOSED'),
  ('OUTLET_TRANSFER', 'CLOSED', 'archive', 'ARCHIVED'),
  ('SUPPLIER_RETURN', 'DRAFT', 'open', 'OPEN'),
  ('SUPPLIER_RETURN', 'DRAFT', 'cancel', 'CANCELLED'),
  ('SUPPLIER_RETURN', 'OPEN', 'redraft', 'DRAFT'),
  ('SUPPLIER_RETURN', 'OPEN', 'pack', 'PACKING'),
  ('SUPPLIER_RETURN', 'OPEN', 'cancel', 'CANCELLED'),
  ('SUPPLIER_RETURN', 'PACKING', 'stop_packing', 'OPEN'),
  ('SUPPLIER_RETURN', 'PACKING', 'seal', 'PACKAGED'),
  ('SUPPLIER_RETURN', 'PACKAGED', 'unseal', 'PACKING'),
  ('SUPPLIER_RETURN', 'PACKAGED', 'send', 'SENT'),
  ('SUPPLIER_RETURN', 'SENT', 'complete', 'RECEIVED'),
  ('SUPPLIER_RETURN', 'RECEIVED', 'close', 'CLOSED'),
  ('SUPPLIER_RETURN', 'CLOSED', 'archive', 'ARCHIVED'),
  ('STOCKTAKE', 'DRAFT', 'open', 'OPEN'),
  ('STOCKTAKE', 'DRAFT', 'cancel', 'CANCELLED'),
  ('STOCKTAKE', 'OPEN', 'redraft', 'DRAFT'),
  ('STOCKTAKE', 'OPEN', 'receive', 'RECEIVING'),
  ('STOCKTAKE', 'OPEN', 'cancel', 'CANCELLED'),
  ('STOCKTAKE', 'RECEIVING', 'complete', 'RECEIVED'),
  ('STOCKTAKE', 'RECEIVING', 'cancel', 'CANCELLED'),
  ('STOCKTAKE', 'RECEIVED', 'close', 'CLOSED'),
  ('STOCKTAKE', 'CLOSED', 'archive', 'ARCHIVED');

create table consignment (
  id uuid primary key default gen_random_uuid(),
  number text collate "C" not null unique,
  type text not null check (type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER', 'SUPPLIER_RETURN', 'STOCKTAKE')),
  status text not null default 'DRAFT' check (status in ('DRAFT', 'OPEN', 'PACKING', 'PACKAGED', 'SENT', 'RECEIVING',
    'PARTIAL', 'RECEIVED', 'CLOSED', 'ARCHIVED', 'CANCELLED')),
  approval text not null
    check (approval in ('not_needed', 'not_asked', 'pending', 'approved', 'changes_requested', 'rejected')),
  link text not null default 'none' check (link in ('none', 'queued', 'synced', 'failed', 'conflict')),
  -- Where goods arrive; of a return where they leave, of a count where they are.
  outlet_id text collate "C" not null,
  source_outlet_id text collate "C",
  supplier_id text collate "C",
  reference text,
  note text,
  due_at timestamptz,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- The document whose open lines this one goes on with.
  parent_id uuid references consignment,
  shipped_at timestamptz,
  cancel_reason text,
  version bigint not null default 1,
  status_since timestamptz not null default now(),
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint consignment_approved check (status in ('DRAFT', 'CANCELLED') or approval in ('approved', 'not_needed')),
  constraint consignment_source check ((type = 'OUTLET_TRANSFER') = (source_outlet_id is not null)),
  constraint consignment_goes_somewhere check (source_outlet_id <> outlet_id),
  constraint consignment_supplier check (supplier_id is null or type in ('PURCHASE_ORDER', 'SUPPLIER_RETURN')),
  constraint consignment_not_its_parent check (parent_id <> id)
);

-- Lists are read newest first, whatever they are filtered by; each index ends in the order of reading.
create index consignment_newest on consignment (created_at desc, id desc);
create index consignment_by_type on consignment (type, created_at desc, id desc);
create index consignment_by_status on consignment (status, created_at desc, id desc);
create index consignment_by_outlet on consignment (outlet_id, created_at desc, id desc);
create index consignment_by_source on consignment (source_outlet_id, created_at desc, id desc) where source_outlet_id is not null;
create index consignment_by_supplier on consignment (supplier_id, created_at desc, id desc) where supplier_id is not null;
create index consignment_by_reference on consignment (reference) where reference is not null;
create index consignment_by_parent on consignment (parent_id) where parent_id is not null;
create index consignment_awaiting_approval on consignment (created_at desc, id desc) where approval = 'pending';
create index consignment_troubled on consignment (created_at desc, id desc) where link in ('failed', 'conflict');
-- For what happens by the clock: PACKAGED is sent, CLOSED archived.
create index consignment_waiting on consignment (status, status_since) where status in ('PACKAGED', 'CLOSED');

create table consignment_line (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  position integer not null,
  product_id text collate "C" not null,
  -- `unexpected`: nobody planned it, it was in the delivery.
  origin text not null default 'planned' check (origin in ('planned', 'unexpected')),
  quantity numeric(11, 5) not null check (quantity >= 0),
  packed numeric(11, 5) not null default 0 check (packed >= 0),
  -- Null: nobody counted it; which is not the same as zero.
  received numeric(11, 5) check (received >= 0),
  damaged numeric(11, 5) not null default 0 check (damaged >= 0),
  unit_cost numeric(12, 5) check (unit_cost >= 0),
  -- As they were when it was planned, so that a later change of the catalogue changes no document.
  pack_size numeric(11, 5) check (pack_size > 0),
  supplier_code text,
  -- What becomes of what is still owed; of a count, of what nobody counted.
  decision text check (decision in ('back_order', 'cancel', 'claim', 'leave', 'zero')),
  constraint consignment_line_once unique (consignment_id, product_id),
  constraint consignment_line_damaged check (damaged <= coalesce(received, 0))
);
create index consignment_line_in_order on consignment_line (consignment_id, position);
create index consignment_line_of_product on consignment_line (product_id, consignment_id);

-- Whoever writes: a status changes along the law, and nothing is ever deleted that was more than a draft's line.
create function obey_consignment_law() returns trigger language plpgsql as $$
declare
  same consignment;
begin
  if tg_op = 'DELETE' then
    raise exception 'A consignment is never deleted: % is cancelled instead', old.number
      using errcode = 'check_violation', constraint = 'consignment_stays';
  end if;
  if tg_op = 'INSERT' then
    if new.status <> 'DRAFT' then
      raise exception 'A consignment begins as a draft, not as %', new.status
        using errcode = 'check_violation', constraint = 'consignment_law';
    end if;
    return new;
  end if;
  if (new.id, new.number, new.type, new.created_at, new.created_by) is distinct from
     (old.id, old.number, old.type, old.created_at, old.created_by) then
    raise exception 'The identity of % does not change', old.number
      using errcode = 'check_violation', constraint = 'consignment_identity';
  end if;
  if new.status <> old.status then
    perform refuse_unlawful_step(old, new);
    new.status_since := now();
  end if;
  -- How far a push has come is no edit: whoever types meanwhile is not turned away for it.
  same := old;
  same.link := new.link;
  if new is distinct from same then
    new.version := old.version + 1;
    new.updated_at := now();
  end if;
  return new;
end $$;

create function refuse_unlawful_step(old consignment, new consignment) returns void language plpgsql as $$
begin
  if not exists (
    select from consignment_step s where s.type = old.type and s.from_status = old.status and s.to_status = new.status
  ) then
    raise exception '% is %, and cannot become %', old.number, old.status, new.status
      using errcode = 'check_violation', constraint = 'consignment_law';
  end if;
  if old.status = 'SENT' and new.status = 'CANCELLED' and (new.shipped_at is not null or exists (
    select from consignment_line l where l.consignment_id = old.id and l.received > 0
  )) then
    raise exception '% is under way, and cannot be cancelled', old.number
      using errcode = 'check_violation', constraint = 'consignment_law';
  end if;
end $$;

create trigger consignment_lawful before insert or update or delete on consignment
  for each row execute function obey_consignment_law();

create function keep_approved_line() returns trigger language plpgsql as $$
begin
  if (select status from consignment where id = old.consignment_id) <> 'DRAFT' then
    raise exception 'A line that was approved is set to 0, never removed'
      using errcode = 'check_violation', constraint = 'consignment_line_stays';
  end if;
  return old;
end $$;
create trigger consignment_line_kept before delete on consignment_line
  for each row execute function keep_approved_line();

-- The last sequence given out for each kind and month.
create table document_sequence (
  type text not null,
  month text not null,
  last bigint not null,
  primary key (type, month)
);

-- An approved document that was changed: who, when, what, why. 1 is the first change.
create table consignment_revision (
  consignment_id uuid not null references consignment,
  number integer not null check (number > 0),
  at timestamptz not null default now(),
  actor text collate "C" not null,
  reason text,
  before jsonb not null,
  after jsonb not null,
  primary key (consignment_id, number)
);

-- Who approves what: the narrowest rows that fit a document (supplier, then outlet) count, and of them the lowest limit
-- that its total without tax stays within. Null: no limit.
create table approval_tier (
  id uuid primary key default gen_random_uuid(),
  type text not null check (type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER', 'SUPPLIER_RETURN', 'STOCKTAKE')),
  up_to numeric(14, 2) check (up_to > 0),
  role text not null,
  outlet_id text collate "C",
  supplier_id text collate "C",
  is_on boolean not null default true
);
create unique index approval_tier_once on approval_tier (type, coalesce(up_to, -1), role, coalesce(outlet_id, ''), coalesce(supplier_id, ''));
insert into approval_tier (type, up_to, role) values
  ('PURCHASE_ORDER', 2000, 'store_manager'),
  ('PURCHASE_ORDER', 5000, 'retail_operations_manager'),
  ('PURCHASE_ORDER', 5000, 'communications_manager'),
  ('PURCHASE_ORDER', null, 'director');

-- Who is what, where; without an outlet everywhere.
create table role_grant (
  id uuid primary key default gen_random_uuid(),
  actor text collate "C" not null,
  role text not null,
  outlet_id text collate "C",
  created_by text collate "C" not null,
  created_at timestamptz not null default now()
);
create unique index role_grant_once on role_grant (actor, role, coalesce(outlet_id, ''));

create table approval_setting (
  only_row boolean primary key default true check (only_row),
  -- Whoever may approve a total may then approve his own orders up to it, and is noted as having done so.
  own_allowed boolean not null default false
);
insert into approval_setting default values;

-- Each time that approval was asked for, and what was answered.
create table approval_request (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  total numeric(14, 2) not null,
  -- Who is asked: those whose limit is the lowest that holds the total. Whoever has a higher one may answer too.
  roles text[] not null,
  -- Of an order that comes back within its days: the one who rejected it.
  wanted_from text collate "C",
  asked_by text collate "C" not null,
  asked_at timestamptz not null default now(),
  reminded_at timestamptz,
  decision text check (decision in ('approved', 'rejected', 'changes_requested', 'withdrawn', 'expired')),
  decided_by text collate "C",
  decided_at timestamptz,
  on_behalf_of text collate "C",
  -- What was approved holds up to here; null without limit.
  holds_up_to numeric(14, 2),
  is_own boolean not null default false,
  reason_code text check (reason_code in ('over_budget', 'missing_information', 'wrong_supplier', 'duplicate', 'quantity',
    'timing', 'other')),
  reason text,
  resubmit_until timestamptz,
  constraint approval_request_decided check ((decision is null) = (decided_at is null)),
  constraint approval_request_reasoned check (decision is distinct from 'rejected' or reason_code is not null)
);
create unique index approval_request_one_pending on approval_request (consignment_id) where decision is null;
create index approval_request_of on approval_request (consignment_id, asked_at desc);
create index approval_request_pending on approval_request (asked_at, id) where decision is null;

-- For these days somebody decides in another one's place.
create table approval_delegation (
  id uuid primary key default gen_random_uuid(),
  from_actor text collate "C" not null,
  to_actor text collate "C" not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  check (ends_at > starts_at),
  check (from_actor <> to_actor)
);
create index approval_delegation_to on approval_delegation (to_actor, ends_at);

create table consignment_box (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  position integer not null check (position > 0),
  label text,
  weight_grams integer check (weight_grams >= 0),
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  unique (consignment_id, position)
);

create table consignment_box_item (
  box_id uuid not null references consignment_box on delete cascade,
  line_id uuid not null references consignment_line,
  quantity numeric(11, 5) not null check (quantity > 0),
  primary key (box_id, line_id)
);
create index consignment_box_item_of_line on consignment_box_item (line_id);

-- One packer at a time; `wanted_by` asks to take over.
create table pack_lock (
  consignment_id uuid primary key references consignment,
  holder text collate "C" not null,
  taken_at timestamptz not null default now(),
  beat_at timestamptz not null default now(),
  wanted_by text collate "C",
  wanted_at timestamptz
);

-- One arrival; its id is made by whoever counts it, so that a repeat is the same delivery.
create table delivery (
  id uuid primary key,
  consignment_id uuid not null references consignment,
  position integer not null check (position > 0),
  note text,
  started_by text collate "C" not null,
  started_at timestamptz not null default now(),
  completed_by text collate "C",
  completed_at timestamptz,
  unique (consignment_id, position)
);

-- Each scan or key press, with an id of its sender's: two people add up, a phone that sends twice counts once. A mistake is
-- a further event with the quantity taken back. Unknown codes are kept without a product, as not on order.
create table scan_event (
  id uuid primary key,
  consignment_id uuid not null references consignment,
  delivery_id uuid references delivery,
  product_id text collate "C",
  code text,
  quantity numeric(11, 5) not null check (quantity <> 0),
  condition text not null default 'good' check (condition in ('good', 'damaged_in_transit', 'damaged_in_store', 'expired', 'wrong_item')),
  scanned_at timestamptz not null,
  stored_at timestamptz not null default now(),
  actor text collate "C" not null,
  device text,
  constraint scan_event_of_something check (product_id is not null or code is not null)
);
create index scan_event_of_delivery on scan_event (delivery_id, product_id);
create index scan_event_of_consignment on scan_event (consignment_id, product_id);

create function refuse_scan_change() returns trigger language plpgsql as $$
begin
  raise exception 'Scans are only ever added: % of % is refused', tg_op, tg_table_name
    using errcode = 'insufficient_privilege';
end $$;
create trigger scan_event_append_only before update or delete or truncate on scan_event
  for each statement execute function refuse_scan_change();

-- Every quantity that is short, over, damaged or lost, until somebody has settled it.
create table discrepancy_case (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  line_id uuid not null references consignment_line,
  delivery_id uuid references delivery,
  kind text not null check (kind in ('short', 'over', 'damaged_in_transit', 'damaged_in_store', 'wrong_item', 'expired', 'lost')),
  -- Actual less expected: below zero where something is missing.
  quantity numeric(11, 5) not null check (quantity <> 0),
  owner text collate "C",
  due_at timestamptz,
  outcome text check (outcome in ('credit', 'reship', 'write_off', 'found')),
  note text,
  opened_by text collate "C" not null,
  opened_at timestamptz not null default now(),
  settled_by text collate "C",
  settled_at timestamptz,
  constraint discrepancy_case_settled check ((outcome is null) = (settled_at is null))
);
create index discrepancy_case_of_consignment on discrepancy_case (consignment_id);
create index discrepancy_case_open on discrepancy_case (due_at) where outcome is null;

-- What stands for the document in Lightspeed; several when it arrives in parts. `token` is ours and stands in the remote
-- record, so that a creation whose answer was lost is found again.
create table consignment_leg (
  id uuid primary key default gen_random_uuid(),
  consignment_id uuid not null references consignment,
  position integer not null check (position > 0),
  token text collate "C" not null unique,
  remote_id text collate "C" unique,
  -- What Lightspeed says now, whatever that is, and what it said when both sides last agreed.
  remote_status text,
  agreed_status text,
  remote_version bigint,
  seen_at timestamptz,
  created_at timestamptz not null default now(),
  unique (consignment_id, position)
);

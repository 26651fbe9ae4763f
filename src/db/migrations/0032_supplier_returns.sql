-- What goes back to a supplier: under which number of his, and what he gives for it.
create table supplier_return (
  consignment_id uuid primary key references consignment,
  rma text,
  -- He gives nothing, and why.
  no_credit_reason text,
  no_credit_by text collate "C",
  no_credit_at timestamptz,
  constraint supplier_return_no_credit check ((no_credit_reason is null) = (no_credit_at is null) and (no_credit_at is null) = (no_credit_by is null))
);

create table supplier_return_line (
  line_id uuid primary key references consignment_line on delete cascade,
  -- The line of the receipt that it came with; null where it is free.
  source_line_id uuid references consignment_line,
  case_id uuid references discrepancy_case,
  reason text not null check (reason in ('damaged_in_transit', 'damaged_in_store', 'faulty', 'wrong_item', 'expired', 'overstock', 'recall', 'other')),
  -- So much of it was received and never went into stock, so that its leaving takes nothing out of stock.
  quarantined numeric(11, 5) not null default 0 check (quarantined >= 0)
);
create index supplier_return_line_of_source on supplier_return_line (source_line_id) where source_line_id is not null;
create index supplier_return_line_of_case on supplier_return_line (case_id) where case_id is not null;

-- A credit note. The same reference again is the same note.
create table supplier_credit (
  consignment_id uuid not null references consignment,
  reference text not null,
  amount numeric(14, 2) not null check (amount > 0),
  credited_at timestamptz not null,
  actor text collate "C" not null,
  stored_at timestamptz not null default now(),
  primary key (consignment_id, reference)
);

-- Cases of the quantities that are not as they should be. A settled one keeps its quantity; when a later count explains it
-- away its quantity is 0, so that the cases of a document always come to what its lines differ by.
alter table discrepancy_case
  drop constraint discrepancy_case_quantity_check,
  drop constraint discrepancy_case_outcome_check,
  add constraint discrepancy_case_outcome check (outcome in ('credit', 'reship', 'write_off', 'found', 'cancelled', 'withdrawn')),
  add constraint discrepancy_case_quantity check (quantity <> 0 or outcome in ('found', 'withdrawn')),
  add column opened_quantity numeric(11, 5) not null,
  -- Of a role: where.
  add column owner_outlet_id text collate "C",
  add column version bigint not null default 1;
create unique index discrepancy_case_one_open on discrepancy_case (line_id, kind) where outcome is null;
create index discrepancy_case_newest on discrepancy_case (opened_at desc, id desc);
create index discrepancy_case_of_owner on discrepancy_case (owner, opened_at desc, id desc);

-- Who sees to a case unless somebody says otherwise, and within how many days. `side`: the outlet where goods arrive, or the
-- one that sent them.
create table discrepancy_rule (
  type text not null check (type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER')),
  kind text not null check (kind in ('short', 'over', 'damaged_in_transit', 'damaged_in_store', 'wrong_item', 'expired', 'lost')),
  role text not null,
  side text not null check (side in ('outlet', 'source')),
  days integer not null check (days between 1 and 365),
  primary key (type, kind),
  constraint discrepancy_rule_side check (side = 'outlet' or type = 'OUTLET_TRANSFER')
);
insert into discrepancy_rule (type, kind, role, side, days) values
  ('PURCHASE_ORDER', 'short', 'buyer', 'outlet', 7),
  ('PURCHASE_ORDER', 'over', 'buyer', 'outlet', 7),
  ('PURCHASE_ORDER', 'damaged_in_transit', 'buyer', 'outlet', 3),
  ('PURCHASE_ORDER', 'damaged_in_store', 'store_manager', 'outlet', 7),
  ('PURCHASE_ORDER', 'wrong_item', 'buyer', 'outlet', 3),
  ('PURCHASE_ORDER', 'expired', 'buyer', 'outlet', 3),
  ('OUTLET_TRANSFER', 'lost', 'store_manager', 'source', 3),
  ('OUTLET_TRANSFER', 'over', 'store_manager', 'source', 7),
  ('OUTLET_TRANSFER', 'damaged_in_transit', 'store_manager', 'source', 3),
  ('OUTLET_TRANSFER', 'damaged_in_store', 'store_manager', 'outlet', 7),
  ('OUTLET_TRANSFER', 'wrong_item', 'store_manager', 'source', 7),
  ('OUTLET_TRANSFER', 'expired', 'store_manager', 'source', 7);

-- A document's open lines go on in one other, whoever asks how often.
create unique index consignment_goes_on_once on consignment (parent_id) where type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER');

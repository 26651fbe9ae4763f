-- What settling a case leads to: goods that were found, sent again, claimed without a photo.
alter table discrepancy_case
  -- Where it was found, and what was written to Lightspeed for it, when the document could not take it in any more.
  add column found_outlet_id text collate "C",
  add column stock_write_id uuid,
  -- The document that brings it again.
  add column reship_id uuid references consignment,
  add column no_photo_reason text;
create index discrepancy_case_reships on discrepancy_case (reship_id) where reship_id is not null;

-- The rest of a document goes on once; what is sent again for a case is another document of its own.
alter table consignment add column is_reship boolean not null default false;
drop index consignment_goes_on_once;
create unique index consignment_goes_on_once on consignment (parent_id)
  where type in ('PURCHASE_ORDER', 'OUTLET_TRANSFER') and not is_reship;

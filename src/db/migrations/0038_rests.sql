-- The orders among which the rest of another is looked for each half minute: few of all that the mirror holds.
create index consignment_sent_order on mirror.consignment (supplier_id, outlet_id) where type = 'SUPPLIER' and status = 'SENT';

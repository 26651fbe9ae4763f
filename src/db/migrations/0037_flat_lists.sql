-- Lists stay as quick over a million documents as over a thousand. What an outlet has to do is asked for all day: by outlet and
-- status together, as where goods arrive and as where they come from.
create index consignment_by_outlet_status on consignment (outlet_id, status, created_at desc, id desc);
create index consignment_by_source_status on consignment (source_outlet_id, status, created_at desc, id desc)
  where source_outlet_id is not null;

-- How a reference begins, whatever its capitals; beside the number, whose own index holds what it begins with.
create index consignment_by_reference_begin on consignment (lower(reference) text_pattern_ops) where reference is not null;

-- Due between two days, also of what is over.
create index consignment_by_due on consignment (due_at) where due_at is not null;

-- Several consignments of Lightspeed may stand for one document. `take_in_at`: since then what has come is to be received there
-- though the document waits for the rest. A leg that is over has brought into stock what `carried` says (product: decimal), and
-- the next one goes on from there. `is_theirs`: somebody made it in Lightspeed, and its header is theirs. `is_for_rest`: made
-- while more was expected; the others only bring what was amended afterwards.
-- `taken_out`: wishes that take out of stock again what was amended to less; they count in `carried`.
alter table consignment_leg
  add column take_in_at timestamptz,
  add column finished_at timestamptz,
  add column carried jsonb,
  add column taken_out uuid[] not null default '{}',
  add column is_theirs boolean not null default false,
  add column is_for_rest boolean not null default true,
  add constraint consignment_leg_over check ((finished_at is null) = (carried is null));
create unique index consignment_leg_one_open on consignment_leg (consignment_id) where finished_at is null;
create index consignment_waiting_for_rest on consignment (status_since, id) where status = 'PARTIAL';

-- A ticket is for so many photos, and can be taken back before it ends.
alter table evidence_ticket
  add column most_photos integer not null default 20 check (most_photos between 1 and 20),
  add column withdrawn_by text collate "C",
  add column withdrawn_at timestamptz,
  add constraint evidence_ticket_withdrawn check ((withdrawn_by is null) = (withdrawn_at is null));
create index evidence_ticket_of_consignment on evidence_ticket (consignment_id, created_at);
create index evidence_by_ticket on evidence (ticket_id) where ticket_id is not null;

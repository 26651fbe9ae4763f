-- What was seen in Lightspeed and has been looked into: the versions of the mirror up to which a leg has been read there.
alter table consignment_leg add column watched_version bigint not null default 0;
create index consignment_leg_of on consignment_leg (consignment_id, position desc);
create index consignment_queued on consignment (id) where link = 'queued';

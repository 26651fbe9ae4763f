-- What happened how often, since the beginning and over all processes. Each adds a few seconds' worth at once.
create table metric_total (
  name text collate "C",
  label text collate "C",
  value bigint not null,
  primary key (name, label)
) with (fillfactor = 50);

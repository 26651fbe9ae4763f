-- A run that reads only a part of its entities: {until?, outlet?, product?, status?}. It never moves a cursor.
alter table sync_run add column part jsonb;

-- Roles that were changed by hand, whole; every other role has the rights of the start set (src/people/roles.rules.ts), so
-- that a right which a later Consign brings reaches it by itself.
create table role_change (
  role text collate "C" primary key check (role ~ '^[a-z][a-z_]*$'),
  rights text[] not null,
  changed_by text collate "C" not null,
  changed_at timestamptz not null default now()
);

-- Who was ever given a role may from then on do only what his roles give: taking the last one back must not set him free.
create table role_holder (
  actor text collate "C" primary key,
  since timestamptz not null default now()
);
insert into role_holder (actor) select distinct actor from role_grant;

create function bind_role_holder() returns trigger language plpgsql as $$
begin
  insert into role_holder (actor) values (new.actor) on conflict do nothing;
  return null;
end $$;
create trigger role_grant_binds after insert or update of actor on role_grant
  for each row execute function bind_role_holder();

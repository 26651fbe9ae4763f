-- What was asked under an Idempotency-Key, and what came of it, for 48 hours. The answer is sealed with the caller's own
-- token or session, since it may hold a secret that is told once. `claim` fences: who lost it to another can commit nothing.
create table idempotency_key (
  caller bytea,
  key text collate "C",
  asked bytea not null,
  claim uuid not null,
  lease_ends_at timestamptz not null,
  took_effect boolean not null default false,
  status integer,
  answer text,
  created_at timestamptz not null default now(),
  primary key (caller, key)
);

create index idempotency_key_created_at on idempotency_key (created_at);

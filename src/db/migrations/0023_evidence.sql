-- Photos and signatures: what they prove is a row, what they show is a file, stored once under the hash of its content.

-- Every file that was ever begun to be stored and was not taken away: a row here is written before the file, so whatever
-- lies in the storage is known, and what nothing refers to for a day is swept.
create table evidence_file (
  sha256 text collate "C" primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'image/heic')),
  bytes integer not null check (bytes > 0),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  -- When somebody last sent it, or last let go of it.
  touched_at timestamptz not null default now()
);
create index evidence_file_touched on evidence_file (touched_at);

-- For minutes, another phone may add photos here without signing in. Only the hash of what it comes in with is kept.
create table evidence_ticket (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique,
  consignment_id uuid not null references consignment,
  delivery_id uuid references delivery,
  line_id uuid references consignment_line,
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index evidence_ticket_ended on evidence_ticket (expires_at);

-- Its id is made by whoever sends it, so that a repeat is the same one. The row stays when the file is gone.
create table evidence (
  id uuid primary key,
  consignment_id uuid not null references consignment,
  delivery_id uuid references delivery,
  line_id uuid references consignment_line,
  case_id uuid references discrepancy_case,
  kind text not null check (kind in ('photo', 'signature')),
  -- What was sent, before its metadata was taken out: tells a repeat from another photo under the same id.
  sent_sha256 text collate "C" not null check (sent_sha256 ~ '^[0-9a-f]{64}$'),
  sha256 text collate "C" not null check (sha256 ~ '^[0-9a-f]{64}$'),
  file text collate "C" references evidence_file,
  name text,
  note text,
  signed_by text,
  taken_at timestamptz,
  ticket_id uuid,
  created_by text collate "C" not null,
  created_at timestamptz not null default now(),
  removed_by text collate "C",
  removed_at timestamptz,
  removed_reason text,
  archived_at timestamptz,
  erased_at timestamptz,
  constraint evidence_file_is_its_own check (file = sha256),
  constraint evidence_erased check ((file is null) = (erased_at is not null)),
  constraint evidence_removed check ((removed_at is null) = (removed_by is null) and (removed_at is null) = (removed_reason is null)),
  constraint evidence_signed check (signed_by is null or kind = 'signature')
);
create index evidence_of_consignment on evidence (consignment_id, created_at, id);
create index evidence_of_file on evidence (file) where file is not null;
create index evidence_aging on evidence (created_at) where erased_at is null;

-- What is asked for when goods of a supplier arrive; the row without a supplier holds for all that have none of their own.
create table evidence_rule (
  supplier_id text collate "C" primary key,
  asks_photo boolean not null,
  asks_signature boolean not null,
  changed_by text collate "C" not null,
  changed_at timestamptz not null default now()
);
insert into evidence_rule (supplier_id, asks_photo, asks_signature, changed_by) values ('', false, true, 'consign');

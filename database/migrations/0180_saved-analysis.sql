-- Saved analyses (S127): a small notebook of questions and notes, with the state of the data on which it was counted. Not
-- sealed: a notebook is its owner's work and may be changed; what it counts can be counted again from its basis.

-- The words of the zone by which something was counted: what an industry consists of, what the zone is called. A later edit
-- of the zone's files must not change what an old analysis counts. Many analyses share one row.
create table analysis_words (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  words jsonb not null
);

create table saved_analysis (
  id uuid primary key default uuidv7(),
  owner_id uuid not null,
  owner_name text not null,
  name text not null check (length(name) between 1 and 200),
  share text not null default 'private' check (share in ('private', 'organisation', 'staff', 'public')),
  organisation_id uuid references party (id),
  -- In the order of the notebook; a question keeps the figures as they were counted.
  cells jsonb not null,
  data_version integer not null,
  owner_version integer not null,
  as_of date not null,
  -- Deals count as they were known at this moment, by the clock of this database.
  known_at timestamptz not null,
  words_hash text not null references analysis_words (hash),
  copied_from uuid references saved_analysis (id),
  version integer not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  deleted_at timestamptz,
  check ((share = 'organisation') = (organisation_id is not null))
);
create index saved_analysis_owner on saved_analysis (owner_id, changed_at desc, id desc);
create index saved_analysis_shared on saved_analysis (share, changed_at desc, id desc) where deleted_at is null;

-- The annual development report: assembled from one frozen snapshot and what was frozen before it. A published edition
-- never changes; what is put right later is a further edition beside it.
create table development_report (
  id uuid primary key default uuidv7(),
  year integer not null check (year between 2000 and 2100),
  edition integer not null check (edition >= 1),
  snapshot_id uuid not null references snapshot (id),
  -- What people write around the figures: by section, in both languages.
  commentary jsonb not null default '{}',
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  published_by text,
  published_at timestamptz,
  -- SHA-256 of the canonical content of which both documents are made.
  -- What both documents say, as published, and the SHA-256 of its canonical form.
  content jsonb,
  content_digest text check (content_digest ~ '^[0-9a-f]{64}$'),
  unique (year, edition),
  check ((published_at is null) = (published_by is null)),
  check ((published_at is null) = (content_digest is null)),
  check ((published_at is null) = (content is null))
);
-- One draft of a year at a time.
create unique index development_report_draft on development_report (year) where published_at is null;

create table development_report_file (
  report_id uuid not null references development_report (id),
  language text not null check (language in ('zh', 'en')),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  entry_id uuid not null references ledger_entry (id),
  primary key (report_id, language)
);

-- Self-assessment against the national indicators (S9, S19): an answer and its evidence for each item of the criteria.
create table self_assessment (
  id uuid primary key default uuidv7(),
  title text not null check (length(title) between 1 and 200),
  snapshot_id uuid not null references snapshot (id),
  -- The criteria as they stood when it was begun, so that it reads the same when they have changed.
  criteria jsonb not null,
  zone_version text not null,
  version integer not null default 1,
  created_by text not null,
  created_at timestamptz not null,
  closed_by text,
  closed_at timestamptz,
  pack_hash text check (pack_hash ~ '^[0-9a-f]{64}$'),
  entry_id uuid references ledger_entry (id),
  check ((closed_at is null) = (pack_hash is null))
);

create table self_assessment_answer (
  assessment_id uuid not null references self_assessment (id),
  item text not null,
  answer text not null check (length(answer) between 1 and 4000),
  version integer not null default 1,
  written_by text not null,
  written_at timestamptz not null,
  primary key (assessment_id, item)
);

create table self_assessment_evidence (
  id uuid primary key default uuidv7(),
  assessment_id uuid not null references self_assessment (id),
  item text not null,
  title text not null check (length(title) between 1 and 200),
  file_name text not null check (length(file_name) between 1 and 255),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  media_type text not null,
  bytes bigint not null check (bytes > 0),
  added_by text not null,
  added_at timestamptz not null,
  removed_by text,
  removed_at timestamptz,
  removed_because text,
  check ((removed_at is null) = (removed_because is null))
);
create index self_assessment_evidence_item on self_assessment_evidence (assessment_id, item);

select seal_table(name::regclass) from unnest(array[
  'development_report', 'development_report_file', 'self_assessment', 'self_assessment_answer', 'self_assessment_evidence'
]) as name;

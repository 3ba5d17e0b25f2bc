-- The import of a file of patents: what it was taken for, how its columns are read, how far it has come, and what became of each of
-- its rows. The records themselves are in the analytics store; this is what makes their import resumable and accountable.
create table patent_import (
  id uuid primary key default uuidv7(),
  file_name text not null check (length(file_name) between 1 and 300),
  file_bytes bigint not null check (file_bytes > 0),
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  format text not null,
  encoding text,
  -- prepared: shown to whoever brought it, nothing taken yet.
  state text not null check (state in ('prepared', 'waiting', 'running', 'finished', 'failed', 'stopped')),
  -- How the tables of the file are read: sheet, signature, columns, mapping, where the mapping comes from, what was noticed.
  sheets jsonb not null,
  -- The day whose state of affairs the file shows, where somebody has said so.
  observed_on date,
  -- When these very bytes were first imported: what of two files of one day is the older.
  seen_at timestamptz not null,
  -- Rows that are dealt with for good; the next batch begins after them.
  rows bigint not null default 0 check (rows >= 0),
  accepted bigint not null default 0 check (accepted >= 0),
  updated bigint not null default 0 check (updated >= 0),
  unchanged bigint not null default 0 check (unchanged >= 0),
  refused bigint not null default 0 check (refused >= 0),
  -- How much of the file that is, from 0 to 1, where it is known before the end.
  share double precision check (share between 0 and 1),
  -- The batch that is being stored: its last row and its outcomes. After a crash it is stored again and counted as here.
  in_flight jsonb,
  findings jsonb not null default '[]',
  -- Why it failed: a reason with its details, as for a refused row.
  failure jsonb,
  -- The data versions of the corpus before its first and after its last batch.
  version_before integer,
  version_after integer,
  prepared_by text not null,
  prepared_at timestamptz not null default now(),
  started_by text,
  started_at timestamptz,
  finished_at timestamptz,
  check (rows = accepted + updated + unchanged + refused),
  check (state in ('prepared', 'waiting') or started_at is not null),
  check ((state in ('finished', 'failed', 'stopped')) = (finished_at is not null))
);
create index patent_import_newest on patent_import (prepared_at desc, id desc);
create index patent_import_file on patent_import (file_sha256, prepared_at);
create index patent_import_open on patent_import (started_at) where state in ('waiting', 'running');

create table patent_import_refusal (
  run_id uuid not null references patent_import (id),
  position bigint not null,
  line bigint not null,
  sheet text,
  field text,
  value text,
  reason text not null,
  detail jsonb,
  primary key (run_id, position)
);

-- How a table with these columns is read, kept for the next file that has them.
create table patent_column_mapping (
  signature text primary key check (signature ~ '^[0-9a-f]{32}$'),
  columns jsonb not null,
  mapping jsonb not null,
  kept_by text not null,
  kept_at timestamptz not null default now(),
  version integer not null default 1
);

select seal_table(name::regclass) from unnest(array['patent_import', 'patent_import_refusal', 'patent_column_mapping']) as name;

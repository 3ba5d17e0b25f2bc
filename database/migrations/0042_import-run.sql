-- One row per file that was imported: what it was, who brought it, and what became of each of its rows.
create table import_run (
  id uuid primary key default uuidv7(),
  kind text not null,
  file_name text not null,
  file_bytes bigint not null,
  file_sha256 text not null check (file_sha256 ~ '^[0-9a-f]{64}$'),
  rows integer not null check (rows >= 0),
  accepted integer not null check (accepted >= 0),
  updated integer not null check (updated >= 0),
  unchanged integer not null check (unchanged >= 0),
  refused integer not null check (refused >= 0),
  matched integer check (matched >= 0),
  findings jsonb not null,
  imported_by text not null,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  check (rows = accepted + updated + unchanged + refused)
);
create index import_run_newest on import_run (finished_at desc, id desc);

create table import_refusal (
  run_id uuid not null references import_run (id),
  position integer not null,
  line integer not null,
  sheet text,
  field text,
  value text,
  reason text not null,
  detail jsonb,
  primary key (run_id, position)
);

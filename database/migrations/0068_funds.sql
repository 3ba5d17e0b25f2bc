-- The zone's lines in the public budget by year, planned and paid (S34).

create table budget_line (
  id uuid primary key default uuidv7(),
  year integer not null check (year between 1990 and 2200),
  code text not null check (code <> ''),
  title text not null check (title <> ''),
  planned_fen bigint not null check (planned_fen >= 0),
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  approved_on date not null,
  document_hash text check (document_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  unique (year, code)
);

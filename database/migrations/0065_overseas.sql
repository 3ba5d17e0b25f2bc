-- Worksites and branches abroad, open by day (S54).

create table overseas_worksite (
  id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null check (name <> ''),
  name_en text,
  kind text not null check (kind in ('worksite', 'branch')),
  country text not null check (country ~ '^[A-Z]{2}$'),
  city text not null check (city <> ''),
  operator_id uuid references party (id),
  opened_on date not null,
  closed_on date,
  agreement_hash text check (agreement_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (closed_on > opened_on)
);

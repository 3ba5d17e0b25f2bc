-- Worksites and branches abroad, open by day, and what they report (S54).

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

-- A worksite that reports nothing is a name on a door: it counts only while it reports.
create table worksite_report (
  id uuid primary key default uuidv7(),
  worksite_id uuid not null references overseas_worksite (id),
  period_from date not null,
  period_to date not null,
  consultations integer not null check (consultations >= 0),
  guided_cases integer not null check (guided_cases >= 0),
  reported_on date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (period_to > period_from),
  unique (worksite_id, period_from)
);

create index worksite_report_by_day on worksite_report (worksite_id, reported_on);

-- Patent navigation (S41): projects, the reports they made, what the reports recommend, and what became of it. And what
-- happens to a cultivation centre (S45) after its approval. The registers of bases and centres stay where they were.

create table navigation_project (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{1,31}$'),
  title text not null check (length(title) between 1 and 300),
  title_en text check (length(title_en) between 1 and 300),
  -- The parts of GB/T 39551-2020.
  kind text not null check (kind in ('region', 'industry', 'enterprise', 'research', 'talent')),
  base_code text references navigation_base (code),
  -- For whom it was done, and a member of the zone's industry systems.
  client_id uuid references party (id),
  industry text check (industry ~ '^[a-z0-9-]{1,60}$'),
  started_on date not null,
  finished_on date check (finished_on >= started_on),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now()
);
create index navigation_project_newest on navigation_project (started_on desc, code);

create table navigation_report (
  id uuid primary key default uuidv7(),
  project_id uuid not null references navigation_project (id),
  title text not null check (length(title) between 1 and 300),
  published_on date not null,
  summary text not null check (length(summary) between 1 and 4000),
  -- The document itself, by its hash in the file store.
  document_hash text check (document_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now()
);
create index navigation_report_project on navigation_report (project_id, published_on);

create table navigation_recommendation (
  id uuid primary key default uuidv7(),
  report_id uuid not null references navigation_report (id),
  number integer not null check (number > 0),
  words text not null check (length(words) between 1 and 2000),
  -- Who is to act on it.
  addressee text not null check (length(addressee) between 1 and 300),
  recorded_at timestamptz not null default now(),
  unique (report_id, number)
);

-- What became of a recommendation. Nothing is overwritten: the newest decision holds, the earlier ones stay.
create table navigation_outcome (
  id uuid primary key default uuidv7(),
  recommendation_id uuid not null references navigation_recommendation (id),
  kind text not null check (kind in ('adopted', 'partly-adopted', 'rejected', 'result')),
  words text not null check (length(words) between 2 and 2000),
  happened_on date not null,
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  decided_by text not null check (length(decided_by) between 1 and 300),
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
create index navigation_outcome_of on navigation_outcome (recommendation_id, happened_on, recorded_at);

create table cultivation_event (
  id uuid primary key default uuidv7(),
  centre_code text not null references cultivation_centre (code),
  kind text not null check (kind in ('registered', 'renewed', 'ended')),
  -- The first day on which it no longer counts, after this event; null while it has no end.
  ends_on date,
  reason text not null check (length(reason) between 2 and 2000),
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  happened_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
create index cultivation_event_of on cultivation_event (centre_code, recorded_at);

select seal_table(name::regclass) from unnest(array[
  'navigation_project', 'navigation_report', 'navigation_recommendation', 'navigation_outcome', 'cultivation_event'
]) as name;

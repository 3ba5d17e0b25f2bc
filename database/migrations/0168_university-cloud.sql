-- The patents of universities, each in one of five online stages (S126), with every move and who made it and why.
create table university_patent (
  id uuid primary key default uuidv7(),
  university_id uuid not null references party (id),
  -- The application without its check digit: one right, whatever its documents are called.
  application_key text not null check (application_key <> ''),
  application_number text not null,
  publication_number text,
  title text not null check (length(title) between 1 and 500),
  -- What the inventory says of it; the grade is computed from these and the day.
  facts jsonb not null,
  team text check (length(team) between 1 and 200),
  stage text not null check (stage in ('manage', 'process', 'show', 'trade', 'serve')),
  grade text not null,
  points integer not null,
  graded_on date not null,
  rules_from date not null,
  version integer not null default 1,
  source text not null,
  recorded_at timestamptz not null default now(),
  unique (university_id, application_key)
);
create index university_patent_stage on university_patent (university_id, stage, id);
create index university_patent_shown on university_patent (stage, id);
create index university_patent_title on university_patent using gin (title gin_trgm_ops);

create table university_patent_move (
  id uuid primary key default uuidv7(),
  patent_id uuid not null references university_patent (id),
  from_stage text,
  to_stage text not null,
  reason text not null check (length(reason) between 2 and 2000),
  moved_by text not null,
  moved_by_name text not null,
  -- Whether its university moved it, or an office for it.
  moved_for text not null check (moved_for in ('university', 'office', 'system')),
  moved_on date not null,
  moved_at timestamptz not null default now()
);
create index university_patent_move_of on university_patent_move (patent_id, moved_at);

select seal_table(name::regclass) from unnest(array['university_patent', 'university_patent_move']) as name;

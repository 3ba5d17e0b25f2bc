-- What a scenario planted on purpose: detectors are scored against these rows, and nothing else reads them.
create table scenario_plant (
  id uuid primary key default uuidv7(),
  kind text not null check (kind <> ''),
  subject_table text not null check (subject_table <> ''),
  subject_id text not null check (subject_id <> ''),
  detail jsonb not null
);
create index scenario_plant_by_kind on scenario_plant (kind);

-- The yearly appraisal of agencies and the selection of excellent ones (S199, S200, S201). A round keeps the criteria it
-- began with; each computation is an edition of its own with every record it counted, so that any score replays.
create table appraisal_round (
  id uuid primary key default uuidv7(),
  year integer not null unique check (year between 2000 and 2100),
  -- The scheme as it stood when the round was opened, so that it reads the same when the zone has changed it.
  scheme jsonb not null check (jsonb_typeof(scheme) = 'object'),
  zone_version text not null,
  -- The state of the records on this day is what counts: filed, withdrawn, ended by then.
  cutoff_on date not null,
  state text not null default 'open' check (state in ('open', 'computed', 'publicity', 'closed')),
  -- The latest computation; 0 before the first.
  edition integer not null default 0 check (edition >= 0),
  version integer not null default 1,
  opened_by text not null,
  opened_at timestamptz not null,
  matter_id uuid references matter (id),
  closed_by text,
  closed_at timestamptz,
  check ((closed_at is null) = (closed_by is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check ((state in ('publicity', 'closed')) = (matter_id is not null)),
  check ((state = 'open') = (edition = 0))
);

create table appraisal_edition (
  round_id uuid not null references appraisal_round (id),
  edition integer not null check (edition > 0),
  computed_by text not null,
  computed_at timestamptz not null,
  -- Why it was computed again; null for the first.
  cause text,
  -- SHA-256 over the digests of its results, in the order of the codes.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (round_id, edition),
  check ((edition = 1) = (cause is null))
);

create table appraisal_result (
  round_id uuid not null,
  edition integer not null,
  agency_id uuid not null references agency (id),
  party_id uuid not null references party (id),
  code text not null,
  name text not null,
  class_code text not null,
  -- Every record that was looked at, by measure.
  inputs jsonb not null check (jsonb_typeof(inputs) = 'object'),
  -- The points of each item, in hundredths.
  items jsonb not null check (jsonb_typeof(items) = 'array'),
  total integer not null check (total >= 0),
  rank integer not null check (rank > 0),
  vetoes text[] not null,
  verdict text not null check (verdict in ('excellent', 'excluded', 'below', 'beyond', 'tied')),
  -- SHA-256 of the canonical form of criteria version, class, agency and inputs.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (round_id, edition, agency_id),
  foreign key (round_id, edition) references appraisal_edition (round_id, edition)
);
create index appraisal_result_of_agency on appraisal_result (agency_id);

create table appraisal_file (
  round_id uuid not null references appraisal_round (id),
  language text not null check (language in ('zh', 'en')),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes > 0),
  entry_id uuid not null references ledger_entry (id),
  primary key (round_id, language)
);

select seal_table(name::regclass) from unnest(array[
  'appraisal_round', 'appraisal_edition', 'appraisal_result', 'appraisal_file'
]) as name;

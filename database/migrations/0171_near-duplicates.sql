-- Searches for near duplicates that officers ordered: on what scope, by which rule, at which version of the data, and what was found.
-- A result never changes; whoever wants today's orders another. It can be computed again from the version and the rule.
create table near_duplicate_run (
  id uuid primary key default uuidv7(),
  scope text not null check (scope in ('applicant', 'agency', 'corpus')),
  scope_name text check (length(scope_name) between 1 and 300),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'finished', 'failed')),
  share double precision not null default 0 check (share between 0 and 1),
  -- The rule of the day on which it was ordered, whole.
  rule jsonb not null,
  data_version integer,
  -- Documents that could be held against each other, pairs and clusters that were found.
  documents integer,
  pairs integer,
  clusters integer,
  -- Only the nearest pairs were kept: there were more than a person could ever look at.
  capped boolean not null default false,
  failure text,
  ordered_by text not null,
  ordered_at timestamptz not null,
  started_at timestamptz,
  -- Whoever runs it says so again and again; when it falls silent another takes over.
  heard_at timestamptz,
  finished_at timestamptz,
  check ((scope = 'corpus') = (scope_name is null)),
  check ((state in ('finished', 'failed')) = (finished_at is not null)),
  check (state <> 'finished' or (data_version, documents, pairs, clusters) is not null)
);
create index near_duplicate_run_newest on near_duplicate_run (ordered_at desc, id desc);
create unique index near_duplicate_run_open on near_duplicate_run (scope, coalesce(scope_name, ''))
  where state in ('waiting', 'running');

create table near_duplicate_cluster (
  run_id uuid not null references near_duplicate_run (id),
  number integer not null check (number > 0),
  documents integer not null check (documents > 1),
  applicants integer not null,
  closest double precision not null,
  first_filed_on date,
  last_filed_on date,
  title text not null,
  primary key (run_id, number)
);

create table near_duplicate_member (
  run_id uuid not null,
  cluster integer not null,
  publication_number text not null,
  title text not null,
  applicants text[] not null,
  agency text,
  filed_on date,
  owned_right text not null,
  primary key (run_id, cluster, publication_number),
  foreign key (run_id, cluster) references near_duplicate_cluster (run_id, number)
);

create table near_duplicate_pair (
  run_id uuid not null,
  cluster integer not null,
  one text not null,
  other text not null,
  shared integer not null,
  one_size integer not null,
  other_size integer not null,
  similarity double precision not null check (similarity between 0 and 1),
  relation text not null check (relation in ('family', 'double-filing', 'same-applicant', 'same-agency', 'separate')),
  primary key (run_id, cluster, one, other),
  foreign key (run_id, cluster) references near_duplicate_cluster (run_id, number)
);

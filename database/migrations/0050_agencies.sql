-- A directory that can be asked about any past day, and about what was known then, needs two clocks:
-- valid_from/valid_to say when a thing was so; recorded_at/superseded_at say when the register believed it.
-- A correction closes the belief and writes the better one beside it. No row is ever overwritten or deleted.

create extension if not exists btree_gist;

create sequence agency_code_serial;

create table agency (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[A-Z0-9][A-Z0-9-]{2,31}$'),
  party_id uuid not null unique references party (id),
  registered_at timestamptz not null default now()
);

-- After a merge two entries may speak of one organisation (S203): the survivor's entry stands for both.
create view distinct_agency as
select agency.id, agency.code, agency.party_id
from agency
where agency.party_id not in (select absorbed_id from party_merge where undone_at is null)
  or not exists (
    select from party_survivor survivor
    join agency other on other.party_id = survivor.survivor_id
    where survivor.party_id = agency.party_id);

create table agency_fact (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  field text not null,
  value jsonb not null,
  -- The pinyin of a name, computed at write so that lists need not.
  sort_key text,
  valid_from date not null,
  valid_to date,
  source text not null check (source <> ''),
  observed_on date not null,
  cause text,
  recorded_at timestamptz not null default now(),
  superseded_at timestamptz,
  check (valid_to > valid_from),
  check (superseded_at >= recorded_at),
  constraint agency_fact_one_value_a_day exclude using gist
    (agency_id with =, field with =, daterange(valid_from, valid_to) with &&) where (superseded_at is null)
);

create index agency_fact_believed on agency_fact (agency_id, field, valid_from) where superseded_at is null;
create index agency_fact_history on agency_fact (agency_id, recorded_at);

create table agency_membership (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  carrier_code text not null,
  unit text,
  moved_in date not null,
  moved_out date,
  reason_in text not null check (reason_in <> ''),
  reason_out text,
  source text not null check (source <> ''),
  observed_on date not null,
  cause text,
  recorded_at timestamptz not null default now(),
  superseded_at timestamptz,
  check (moved_out > moved_in),
  check ((moved_out is null) = (reason_out is null)),
  check (superseded_at >= recorded_at),
  constraint agency_membership_one_place_a_day exclude using gist
    (agency_id with =, daterange(moved_in, moved_out) with &&) where (superseded_at is null)
);

create index agency_membership_believed on agency_membership (agency_id, moved_in) where superseded_at is null;
create index agency_membership_by_day on agency_membership (moved_in, moved_out) include (agency_id, carrier_code)
  where superseded_at is null;

-- What an agency reports for a period (S22, S23). A revision supersedes the return that it revises.
create table agency_return (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  period_from date not null,
  period_to date not null,
  revenue_fen bigint not null check (revenue_fen >= 0),
  headcount integer not null check (headcount >= 0),
  filed_on date not null,
  source text not null check (source <> ''),
  cause text,
  recorded_at timestamptz not null default now(),
  superseded_at timestamptz,
  check (period_to > period_from),
  check (superseded_at >= recorded_at),
  -- An agency reports by the year or by the quarter, never both: no revenue is counted twice.
  constraint agency_return_one_a_day exclude using gist
    (agency_id with =, daterange(period_from, period_to) with &&) where (superseded_at is null)
);

create index agency_return_of_agency on agency_return (agency_id, period_from)
  include (period_to, revenue_fen, headcount, filed_on) where superseded_at is null;
create index agency_return_by_filing on agency_return (filed_on) include (period_to, agency_id, revenue_fen)
  where superseded_at is null;

-- Brands and branches with influence (S50); which criteria were met is part of the award.
create table agency_brand (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  kind text not null check (kind in ('brand', 'branch')),
  title text not null check (title <> ''),
  criteria text not null check (criteria <> ''),
  awarded_on date not null,
  ended_on date,
  end_reason text,
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (ended_on > awarded_on),
  check ((ended_on is null) = (end_reason is null)),
  unique (agency_id, kind, title, awarded_on)
);

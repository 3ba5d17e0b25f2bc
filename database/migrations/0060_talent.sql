-- Who works where, and who may practise, by day (S22, S51). People are parties; their names are masked on the way out.

create table practitioner_post (
  id uuid primary key default uuidv7(),
  person_id uuid not null references party (id),
  agency_id uuid not null references agency (id),
  position text not null check (position <> ''),
  valid_from date not null,
  valid_to date,
  source text not null check (source <> ''),
  observed_on date not null,
  recorded_at timestamptz not null default now(),
  check (valid_to > valid_from),
  unique (person_id, agency_id, valid_from)
);

create index practitioner_post_of_agency on practitioner_post (agency_id, valid_from) include (person_id, valid_to);

create table attorney_licence (
  id uuid primary key default uuidv7(),
  person_id uuid not null references party (id),
  agency_id uuid not null references agency (id),
  licence_number text not null check (licence_number <> ''),
  valid_from date not null,
  -- Half-open: on this day the licence no longer counts.
  valid_to date,
  verified_by text not null check (verified_by <> ''),
  verified_on date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (valid_to > valid_from),
  unique (licence_number, agency_id, valid_from)
);

create index attorney_licence_of_agency on attorney_licence (agency_id, valid_from) include (person_id, valid_to);
create index attorney_licence_of_person on attorney_licence (person_id, valid_from);

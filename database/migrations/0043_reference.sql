-- Reference tables that arrive as files: industries, divisions, days off, listed companies, published penalties.

-- GB/T 4754, one edition per year of issue.
create table industry (
  edition smallint not null,
  code text not null check (length(code) between 1 and 5),
  level text not null check (level in ('section', 'division', 'group', 'class')),
  name text not null,
  parent_code text,
  primary key (edition, code),
  foreign key (edition, parent_code) references industry (edition, code) deferrable initially deferred
);

-- GB/T 2260 and below, by six digits.
create table division (
  code text primary key check (code ~ '^[0-9]{6}$'),
  level text not null check (level in ('province', 'prefecture', 'county')),
  name text not null,
  short_name text,
  parent_code text references division (code) deferrable initially deferred
);

-- Days that the State Council's yearly notice turns into days off or into working days.
create table holiday (
  notice_year smallint not null,
  day date not null,
  name text not null,
  off boolean not null,
  source text not null,
  primary key (notice_year, day)
);

create table listed_company (
  stock_code text primary key,
  short_name text not null,
  name_key text not null,
  board text,
  -- The company's place in each classification: scheme → names from the widest to the narrowest.
  industries jsonb not null,
  source text not null
);
create index listed_company_name_key on listed_company (name_key);

-- Patent counts as a third party published them; joined to the company by its short name, the only key the file has.
create table company_patent_profile (
  name_key text primary key,
  short_name text not null,
  by_kind jsonb not null,
  by_status jsonb not null,
  applied_by_year jsonb not null,
  published_by_year jsonb not null,
  source text not null
);

-- Published sanctions of agencies, by the name in the decision. A name is not an identity: an officer joins it to a party.
create table agency_penalty (
  id uuid primary key default uuidv7(),
  agency_name text not null,
  name_key text not null,
  sanction text not null,
  months smallint check (months > 0),
  abnormal_applications integer check (abnormal_applications >= 0),
  refiled_after_withdrawal integer check (refiled_after_withdrawal >= 0),
  decided_on date,
  party_id uuid references party (id),
  source text not null,
  unique (name_key, sanction)
);

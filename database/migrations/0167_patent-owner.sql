-- Names under which patents are owned, and the owners they were joined into (S134). Every name belongs to exactly one owner.
-- Which one is told by versions: the links of version n are those with since <= n and (until is null or until > n), so a
-- count that was made with version n can be made again.

create table patent_owner_version (
  version integer primary key,
  cause text not null check (cause in ('reading', 'split', 'merge', 'undo')),
  data_version bigint not null,
  rule_version integer not null,
  made_by text not null,
  made_on date not null,
  made_at timestamptz not null default now(),
  -- What a reading found: names, owners, and how they were joined to the register of organisations.
  counts jsonb not null
);

create table patent_owner (
  id uuid primary key default uuidv7(),
  name text not null check (name <> ''),
  kind text not null check (kind in ('organisation', 'person', 'unclear')),
  documents integer not null check (documents >= 0),
  names integer not null check (names >= 0),
  formed_on date not null,
  dissolved_on date,
  -- The join to the register: one party, none, or several that a person has to choose from.
  match text not null default 'unmatched' check (match in ('matched', 'unmatched', 'ambiguous', 'person')),
  party_id uuid references party (id),
  match_basis text check (match_basis in ('credit-code', 'name', 'former', 'short', 'trade', 'translation', 'officer')),
  candidates uuid[] not null default '{}',
  version integer not null default 1,
  check ((match = 'matched') = (party_id is not null))
);
create index patent_owner_list on patent_owner (documents desc, id) where dissolved_on is null;
create index patent_owner_match on patent_owner (match, documents desc, id) where dissolved_on is null;
create index patent_owner_name_search on patent_owner using gin (name gin_trgm_ops);

create table patent_owner_name (
  name text primary key check (name <> ''),
  name_key text not null,
  documents integer not null check (documents >= 0)
);
create index patent_owner_name_key on patent_owner_name (name_key);

create table patent_owner_link (
  id uuid primary key default uuidv7(),
  name text not null references patent_owner_name (name),
  owner_id uuid not null references patent_owner (id),
  basis text not null check (basis in ('own', 'rule', 'alias', 'officer')),
  rule text not null,
  rule_version integer not null,
  evidence jsonb not null,
  since integer not null,
  until integer check (until > since)
);
create unique index patent_owner_link_now on patent_owner_link (name) where until is null;
create index patent_owner_link_owner on patent_owner_link (owner_id) where until is null;
create index patent_owner_link_version on patent_owner_link (since, until);

-- What officers decided, with the names that were moved; undone decisions stay.
create table patent_owner_decision (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('split', 'merge')),
  from_id uuid not null references patent_owner (id),
  to_id uuid not null references patent_owner (id),
  names text[] not null check (cardinality(names) > 0),
  reason text not null check (length(reason) between 2 and 2000),
  decided_by text not null,
  decided_at timestamptz not null,
  undone_by text,
  undone_at timestamptz,
  undo_reason text check (length(undo_reason) between 2 and 2000),
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null))
);
create index patent_owner_decision_newest on patent_owner_decision (decided_at desc, id desc);

-- Names that the rules find alike without being sure. An officer joins them or says that they are two.
create table patent_owner_question (
  id uuid primary key default uuidv7(),
  first_name text not null,
  second_name text not null,
  rule text not null,
  evidence jsonb not null,
  documents integer not null,
  answer text check (answer in ('joined', 'apart')),
  answer_reason text check (length(answer_reason) between 2 and 2000),
  answered_by text,
  answered_at timestamptz,
  check (first_name < second_name),
  unique (first_name, second_name)
);
create index patent_owner_question_open on patent_owner_question (documents desc, id) where answer is null;

-- Names, links and counts are read again from the patents by the rules; what people decided is not.
select seal_table(name::regclass) from unnest(array['patent_owner_version', 'patent_owner_decision']) as name;

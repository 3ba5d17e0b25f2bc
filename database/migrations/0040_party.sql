-- Organisations and people. One row per party; what changes with time lies in the tables below, so that any past day can
-- be asked for. A merge moves nothing: see 0041.

create table party (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('organisation', 'person')),
  -- GB 32100. Null for people, foreign organisations and organisations known by name only.
  credit_code text unique check (credit_code ~ '^[0-9A-Z]{18}$'),
  -- Why a code whose check digit fails was entered all the same.
  credit_code_override text check (length(credit_code_override) between 1 and 1000),
  name text not null check (length(name) between 1 and 300),
  -- The name as it is compared: width, brackets and spaces made alike (src/parties/names.rules.ts).
  name_key text not null,
  name_en text check (length(name_en) between 1 and 300),
  region_code text check (region_code ~ '^[0-9]{6}$'),
  industry_code text check (length(industry_code) between 1 and 5),
  country char(2) not null default 'CN',
  address text check (length(address) between 1 and 500),
  -- Where the current state comes from, as a person reads it.
  source text not null check (length(source) between 1 and 300),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check (kind = 'organisation' or credit_code is null),
  check (credit_code_override is null or credit_code is not null)
);
create index party_name_key on party (name_key);
create index party_name_trigrams on party using gin (name gin_trgm_ops);
create index party_list on party (kind, name_key, id);

-- The state of a party from one day to the next (half-open). The open row equals the party's own columns.
create table party_state (
  id uuid primary key default uuidv7(),
  party_id uuid not null references party (id),
  valid_from date not null,
  valid_to date,
  name text not null,
  name_en text,
  region_code text,
  industry_code text,
  address text,
  source text not null,
  recorded_at timestamptz not null default now(),
  check (valid_to is null or valid_to > valid_from),
  unique (party_id, valid_from)
);
create unique index party_state_open on party_state (party_id) where valid_to is null;

-- Other names under which a party is known: former, short, in another language.
create table party_alias (
  id uuid primary key default uuidv7(),
  party_id uuid not null references party (id),
  kind text not null check (kind in ('former', 'short', 'trade', 'translation')),
  name text not null check (length(name) between 1 and 300),
  name_key text not null,
  source text not null,
  recorded_at timestamptz not null default now(),
  unique (party_id, kind, name_key)
);
create index party_alias_name_key on party_alias (name_key);

-- Codes other than the unified social credit code. A code that names a natural person is never stored as typed:
-- `value` is then null, `value_hash` finds it (HMAC with a key outside the database) and `value_masked` shows it.
create table party_identifier (
  id uuid primary key default uuidv7(),
  party_id uuid not null references party (id),
  scheme text not null,
  country char(2) not null default 'CN',
  value text check (length(value) between 1 and 60),
  value_hash text check (value_hash ~ '^[0-9a-f]{64}$'),
  value_masked text not null,
  override_reason text check (length(override_reason) between 1 and 1000),
  source text not null,
  recorded_at timestamptz not null default now(),
  check ((value is null) <> (value_hash is null))
);
create unique index party_identifier_value on party_identifier (scheme, country, value) where value is not null;
create unique index party_identifier_hash on party_identifier (scheme, value_hash) where value_hash is not null;
create index party_identifier_party on party_identifier (party_id);

-- Recognitions with a term (high-tech, specialised, pre-IPO, above designated size …): half-open days.
create table party_standing (
  id uuid primary key default uuidv7(),
  party_id uuid not null references party (id),
  standing text not null,
  valid_from date not null,
  valid_to date,
  source text not null check (length(source) between 1 and 300),
  certificate_number text check (length(certificate_number) between 1 and 100),
  recorded_at timestamptz not null default now(),
  check (valid_to is null or valid_to > valid_from),
  unique (party_id, standing, valid_from)
);
create index party_standing_by_day on party_standing (standing, valid_from, valid_to);

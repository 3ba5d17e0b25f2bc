-- The small registers behind S41, S43, S45, S46 and S47. Searching patents in bulk is another store's work.

create table navigation_base (
  id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null check (name <> ''),
  name_en text,
  host_id uuid references party (id),
  level text not null check (level in ('national', 'provincial')),
  recognised_on date not null,
  ended_on date,
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (ended_on > recognised_on)
);

create table cultivation_centre (
  id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null check (name <> ''),
  lead_id uuid references party (id),
  agency_id uuid references agency (id),
  approved_on date not null,
  ends_on date,
  exit_reason text,
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (ends_on > approved_on)
);

create index cultivation_centre_by_day on cultivation_centre (approved_on, ends_on);

create table pct_application (
  id uuid primary key default uuidv7(),
  application_number text not null unique check (application_number ~ '^PCT/[A-Z]{2}[0-9]{4}/[0-9]{6}$'),
  filed_on date not null,
  applicant_id uuid not null references party (id),
  -- The applicant's address and the place of service are different facts; the target names neither, the zone chooses.
  applicant_in_zone boolean not null,
  agency_id uuid references agency (id),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now()
);

create index pct_application_by_day on pct_application (filed_on) include (applicant_in_zone, agency_id);

create table invention (
  id uuid primary key default uuidv7(),
  patent_number text not null unique check (patent_number <> ''),
  title text not null check (title <> ''),
  owner_id uuid not null references party (id),
  filed_on date not null,
  granted_on date not null,
  lapsed_on date,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (granted_on >= filed_on),
  check (lapsed_on > granted_on)
);

create index invention_in_force on invention (granted_on, lapsed_on) include (id);

create table invention_criterion (
  invention_id uuid not null references invention (id),
  criterion text not null
    check (criterion in ('emerging-industry', 'overseas-family', 'long-maintained', 'pledged', 'awarded')),
  holds_from date not null,
  holds_to date,
  evidence text not null check (evidence <> ''),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  primary key (invention_id, criterion, holds_from),
  check (holds_to > holds_from)
);

create index invention_criterion_by_day on invention_criterion (invention_id, holds_from) include (holds_to, criterion);

-- A later census revises an earlier figure: both versions stay, and a ratio says which one it divided by.
create table resident_population (
  id uuid primary key default uuidv7(),
  counted_on date not null,
  residents bigint not null check (residents > 0),
  version text not null check (version <> ''),
  published_on date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  unique (counted_on, version)
);

create table patent_product_return (
  id uuid primary key default uuidv7(),
  firm_id uuid not null references party (id),
  year integer not null check (year between 1990 and 2200),
  product_sales_fen bigint not null check (product_sales_fen >= 0),
  total_sales_fen bigint not null check (total_sales_fen > 0),
  filed_on date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (product_sales_fen <= total_sales_fen),
  unique (firm_id, year)
);

create index patent_product_return_by_year on patent_product_return (year, firm_id)
  include (product_sales_fen, total_sales_fen);

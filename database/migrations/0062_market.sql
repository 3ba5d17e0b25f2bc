-- Transfers and licences by recordal date (S49), and the operation centres and platforms (S48).

create table deal (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('transfer', 'licence', 'open-licence')),
  recordal_number text not null check (recordal_number <> ''),
  recorded_on date not null,
  document_hash text not null check (document_hash ~ '^[0-9a-f]{64}$'),
  grantor_id uuid not null references party (id),
  grantee_id uuid not null references party (id),
  agency_id uuid references agency (id),
  amount_fen bigint check (amount_fen >= 0),
  related_parties boolean not null default false,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  check ((voided_at is null) = (void_reason is null)),
  unique (kind, recordal_number),
  unique (id, kind, recorded_on)
);

create index deal_by_day on deal (kind, recorded_on) where voided_at is null;
create index deal_voided on deal (id) where voided_at is not null;

-- The unit of the target is the patent. Kind and day are repeated so that counting reads one index;
-- the composite key keeps them from drifting apart.
create table deal_patent (
  deal_id uuid not null,
  kind text not null,
  recorded_on date not null,
  patent_number text not null check (patent_number <> ''),
  primary key (deal_id, patent_number),
  foreign key (deal_id, kind, recorded_on) references deal (id, kind, recorded_on) on update cascade
);

create index deal_patent_by_day on deal_patent (kind, recorded_on, deal_id, patent_number);

create table operation_platform (
  id uuid primary key default uuidv7(),
  code text not null unique,
  name text not null check (name <> ''),
  name_en text,
  kind text not null check (kind in ('operation-centre', 'operation-platform')),
  operator_id uuid references party (id),
  established_on date not null,
  closed_on date,
  -- Without evidence the platform is listed and not counted.
  evidence_hash text check (evidence_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (closed_on > established_on)
);

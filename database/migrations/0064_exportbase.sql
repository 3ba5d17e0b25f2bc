-- Foreign offices by permit (S52), the export ledger with its rate (S24) and the driven export with its rule (S25).

create table foreign_office (
  id uuid primary key default uuidv7(),
  code text not null unique,
  party_id uuid references party (id),
  name text not null check (name <> ''),
  name_en text,
  country text not null check (country ~ '^[A-Z]{2}$'),
  permit_number text not null check (permit_number <> ''),
  valid_from date not null,
  valid_to date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (valid_to > valid_from)
);

create table export_contract (
  id uuid primary key default uuidv7(),
  contract_number text not null check (contract_number <> ''),
  agency_id uuid not null references agency (id),
  client_name text not null check (client_name <> ''),
  client_country text not null check (client_country ~ '^[A-Z]{2}$'),
  service_class text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- In the currency's smallest unit.
  amount_minor bigint not null check (amount_minor >= 0),
  recognised_on date not null,
  -- The published rate as it stood on rate_on: rate_per units of rate_base cost rate_value of rate_quote. The dollars
  -- are kept as they were converted at it, so that a later rate changes no past figure.
  rate_base text,
  rate_quote text,
  rate_value numeric(20, 10) check (rate_value > 0),
  rate_per integer check (rate_per > 0),
  rate_on date,
  rate_source text check (rate_source <> ''),
  usd_cents bigint not null check (usd_cents >= 0),
  programmes text[] not null default '{}',
  document_hash text check (document_hash ~ '^[0-9a-f]{64}$'),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  check (currency <> 'USD' or (usd_cents = amount_minor and rate_base is null)),
  check (num_nonnulls(rate_base, rate_quote, rate_value, rate_per, rate_on, rate_source) in (0, 6)),
  check (currency = 'USD' or rate_base is not null),
  check ((voided_at is null) = (void_reason is null)),
  unique (agency_id, contract_number)
);

create index export_contract_by_day on export_contract (recognised_on) include (usd_cents, agency_id)
  where voided_at is null;

create table driven_export (
  id uuid primary key default uuidv7(),
  reference text not null unique check (reference <> ''),
  exporter_id uuid not null references party (id),
  agency_id uuid not null references agency (id),
  recognised_on date not null,
  export_fen bigint not null check (export_fen >= 0),
  attribution_rule text not null check (attribution_rule <> ''),
  -- How much of the export, in hundredths of a per cent, the rule attributes to the service.
  share_basis_points integer not null check (share_basis_points between 0 and 10000),
  attributed_fen bigint not null check (attributed_fen between 0 and export_fen),
  service_record_id uuid references service_record (id),
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  check ((voided_at is null) = (void_reason is null))
);

create index driven_export_by_day on driven_export (recognised_on) include (attributed_fen) where voided_at is null;

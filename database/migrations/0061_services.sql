-- One row for each time an agency served a firm (S38, S39, S40, S42). This is the table that grows to millions.

create table service_record (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  client_id uuid not null references party (id),
  reference text not null check (reference <> ''),
  matter_type text not null,
  served_on date not null,
  cluster_code text,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  check ((voided_at is null) = (void_reason is null)),
  unique (agency_id, reference)
);

-- Distinct firms are counted by stepping from firm to firm in this index; the table itself is never read.
create index service_record_of_client on service_record (client_id, served_on, matter_type) include (agency_id)
  where voided_at is null;
create index service_record_of_agency on service_record (agency_id, served_on) where voided_at is null;

-- Abnormal filings notified and withdrawn (S28).

create table abnormal_filing (
  id uuid primary key default uuidv7(),
  application_number text not null check (application_number <> ''),
  applicant_id uuid not null references party (id),
  agency_id uuid references agency (id),
  notified_on date not null,
  reply_due_on date,
  withdrawn_on date,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (withdrawn_on >= notified_on),
  unique (application_number, notified_on)
);

create index abnormal_filing_by_day on abnormal_filing (notified_on) include (withdrawn_on, agency_id);

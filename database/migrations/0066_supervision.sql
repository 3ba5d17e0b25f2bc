-- Abnormal filings notified and withdrawn (S28), and the provincial figure that theirs is measured against.

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

create table withdrawal_comparator (
  id uuid primary key default uuidv7(),
  area text not null check (area <> ''),
  period_from date not null,
  -- Half-open.
  period_to date not null,
  notified integer not null check (notified > 0),
  withdrawn integer not null check (withdrawn between 0 and notified),
  published_on date not null,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  check (period_to > period_from),
  unique (area, period_from, period_to, published_on)
);

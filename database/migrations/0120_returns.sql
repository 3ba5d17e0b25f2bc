-- What a return says beside the two numbers that the board counts (agency_return.revenue_fen, headcount): the answers to
-- the parts of the form for the agency's classes, and what the cross-checks found, each with the reason that was given.
create table agency_return_detail (
  return_id uuid primary key references agency_return (id),
  -- The version of the zone's form, by the day from which it holds.
  form_from date not null,
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  findings jsonb not null check (jsonb_typeof(findings) = 'array'),
  -- What the findings were computed from beside the answers, so that anybody who may see it can compute them again.
  comparison jsonb not null check (jsonb_typeof(comparison) = 'object')
);

-- What has been typed and not filed. The agency's own draft and that of the office, which types what came on paper, are
-- two: neither sees the other's.
create table agency_return_draft (
  agency_id uuid not null references agency (id),
  period_from date not null,
  period_to date not null check (period_to > period_from),
  side text not null check (side in ('agency', 'office')),
  answers jsonb not null check (jsonb_typeof(answers) = 'object'),
  reasons jsonb not null check (jsonb_typeof(reasons) = 'object'),
  version integer not null check (version > 0),
  saved_by text not null,
  saved_at timestamptz not null,
  primary key (agency_id, period_from, period_to, side)
);

-- Who was reminded of which period, so many days after the last day for filing (before it where negative).
create table agency_return_reminder (
  agency_id uuid not null references agency (id),
  period_from date not null,
  period_to date not null,
  days_after integer not null,
  due_on date not null,
  reminded_on date not null,
  -- How many people were told; an agency of which nobody has an account is told by nobody.
  people integer not null check (people >= 0),
  primary key (agency_id, period_from, period_to, days_after)
);

select seal_table('agency_return_detail'::regclass);
select seal_table('agency_return_reminder'::regclass);

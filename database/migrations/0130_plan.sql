-- The annual plan, its tasks and what became of them (S196, S197, S189); the leading group, issues between departments
-- and guidance of the city (S186, S188, S190).

-- Who sits where, by day. Units are data of the zone; a person who leaves keeps the years they served.
create table plan_seat (
  id uuid primary key default uuidv7(),
  unit text not null check (unit <> ''),
  account_id uuid not null,
  person_name text not null check (person_name <> ''),
  position text not null check (position <> ''),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  recorded_at timestamptz not null default now()
);
create unique index plan_seat_open on plan_seat (unit, account_id) where valid_to is null;
create index plan_seat_of_account on plan_seat (account_id, valid_from);

create table annual_plan (
  id uuid primary key default uuidv7(),
  year integer not null unique check (year between 2000 and 2100),
  title text not null check (title <> ''),
  opened_by text not null,
  opened_at timestamptz not null,
  -- Raised by whatever changes the plan as a whole, so that two people at once are told of each other.
  version integer not null default 1
);

-- A version is what was handed in, word for word, and what became of it. It is never changed after its decision.
create table plan_version (
  id uuid primary key default uuidv7(),
  plan_id uuid not null references annual_plan (id),
  number integer not null check (number > 0),
  state text not null check (state in ('submitted', 'approved', 'returned')),
  cause text not null check (cause <> ''),
  content jsonb not null check (jsonb_typeof(content) = 'array'),
  submitted_by text not null,
  submitted_by_id uuid not null,
  submitted_at timestamptz not null,
  decided_by text,
  decided_at timestamptz,
  decision_note text,
  unique (plan_id, number),
  check ((state = 'submitted') = (decided_at is null)),
  check ((decided_by is null) = (decided_at is null))
);
create unique index plan_version_waiting on plan_version (plan_id) where state = 'submitted';

create table leading_meeting (
  id uuid primary key default uuidv7(),
  body text not null check (body <> ''),
  number integer not null check (number > 0),
  title text not null check (title <> ''),
  held_on date not null,
  place text not null check (place <> ''),
  chair text not null check (chair <> ''),
  state text not null check (state in ('called', 'held')),
  attendees text[] not null default '{}',
  minutes text,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  unique (body, number),
  check ((state = 'held') = (minutes is not null))
);

-- Raised by one unit, owned by another, due on a day (S188).
create table coordination_issue (
  id uuid primary key default uuidv7(),
  number integer generated always as identity unique,
  title text not null check (title <> ''),
  detail text not null check (detail <> ''),
  raised_unit text not null,
  raised_by text not null,
  raised_by_id uuid not null,
  raised_on date not null,
  owner_unit text not null,
  due_on date not null check (due_on >= raised_on),
  state text not null check (state in ('open', 'answered', 'closed')),
  answer text,
  answered_by text,
  answered_on date,
  closed_by text,
  closed_on date,
  -- Why an answer was not enough; the issue is then open again.
  reopened_because text,
  version integer not null default 1,
  check (state = 'open' or answer is not null),
  check ((state = 'closed') = (closed_on is not null))
);

-- What departments of the city told or advised the zone to do (S190).
create table city_guidance (
  id uuid primary key default uuidv7(),
  number integer generated always as identity unique,
  department text not null check (department <> ''),
  subject text not null check (subject <> ''),
  words text not null check (words <> ''),
  received_on date not null,
  due_on date check (due_on >= received_on),
  response text,
  responded_by text,
  responded_on date,
  recorded_by text not null,
  version integer not null default 1,
  check ((response is null) = (responded_on is null))
);

create table leading_agenda_item (
  id uuid primary key default uuidv7(),
  meeting_id uuid not null references leading_meeting (id),
  position integer not null check (position > 0),
  title text not null check (title <> ''),
  detail text not null,
  unit text not null,
  issue_id uuid references coordination_issue (id),
  guidance_id uuid references city_guidance (id),
  unique (meeting_id, position)
);

create table leading_decision (
  id uuid primary key default uuidv7(),
  number integer generated always as identity unique,
  meeting_id uuid not null references leading_meeting (id),
  agenda_item_id uuid not null references leading_agenda_item (id),
  words text not null check (words <> ''),
  decided_on date not null,
  due_on date check (due_on >= decided_on),
  -- What is not for the public is read by staff alone.
  public boolean not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
create index leading_decision_of_meeting on leading_decision (meeting_id);

create table plan_task (
  id uuid primary key default uuidv7(),
  plan_id uuid not null references annual_plan (id),
  number integer not null check (number > 0),
  action text not null check (action <> ''),
  clauses text[] not null default '{}',
  title text not null check (title <> ''),
  detail text not null default '',
  starts_on date,
  due_on date check (due_on >= starts_on),
  target text,
  -- The figure that is the task's result; the value it must reach is in the stored unit of that figure.
  indicator text,
  indicator_at_least double precision,
  state text not null check (state in ('planned', 'active', 'completed', 'cancelled')),
  percent integer not null default 0 check (percent between 0 and 100),
  started_on date,
  completed_on date,
  cancelled_because text,
  result text,
  result_value double precision,
  result_as_of date,
  decision_id uuid references leading_decision (id),
  issue_id uuid references coordination_issue (id),
  guidance_id uuid references city_guidance (id),
  created_by text not null,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  unique (plan_id, number),
  check ((indicator is null) = (indicator_at_least is null)),
  check (state <> 'planned' or started_on is null),
  check (state in ('planned', 'cancelled') or started_on is not null),
  check ((state = 'completed') = (completed_on is not null)),
  check ((state = 'completed') = (result is not null)),
  check ((state = 'cancelled') = (cancelled_because is not null)),
  check (completed_on >= started_on)
);
create index plan_task_of_decision on plan_task (decision_id) where decision_id is not null;
create index plan_task_of_issue on plan_task (issue_id) where issue_id is not null;
create index plan_task_of_guidance on plan_task (guidance_id) where guidance_id is not null;

-- What a version promised for a task on the day it was approved. The first one is the baseline that stays.
create table plan_baseline (
  task_id uuid not null references plan_task (id),
  version_id uuid not null references plan_version (id),
  starts_on date not null,
  due_on date not null,
  target text not null,
  approved_on date not null,
  primary key (task_id, version_id)
);

-- Whoever moves a promise says why and stands behind it.
create table plan_change (
  id uuid primary key default uuidv7(),
  task_id uuid not null references plan_task (id),
  starts_before date,
  due_before date,
  target_before text,
  starts_after date,
  due_after date,
  target_after text,
  reason text not null check (reason <> ''),
  changed_by text not null,
  changed_by_id uuid not null,
  changed_on date not null,
  changed_at timestamptz not null
);
create index plan_change_of_task on plan_change (task_id, changed_at);

-- From the district government to a department, from there to a park (S189): each stands under the one above.
create table plan_assignment (
  id uuid primary key default uuidv7(),
  task_id uuid not null references plan_task (id),
  parent_id uuid references plan_assignment (id),
  level text not null check (level in ('district', 'department', 'park')),
  unit text not null check (unit <> ''),
  seat_id uuid references plan_seat (id),
  leads boolean not null,
  assigned_by text not null,
  assigned_by_id uuid,
  assigned_on date not null,
  ended_on date check (ended_on >= assigned_on),
  end_reason text,
  check (not leads or seat_id is not null),
  check ((ended_on is null) = (end_reason is null)),
  check ((level = 'district') = (parent_id is null))
);
create unique index plan_assignment_open on plan_assignment (task_id, unit) where ended_on is null;
create unique index plan_assignment_lead on plan_assignment (task_id) where leads and ended_on is null;
create index plan_assignment_of_seat on plan_assignment (seat_id) where ended_on is null;

create table plan_report (
  id uuid primary key default uuidv7(),
  task_id uuid not null references plan_task (id),
  percent integer not null check (percent between 0 and 100),
  done text not null check (done <> ''),
  obstacles text,
  reported_by text not null,
  reported_by_id uuid not null,
  unit text not null,
  reported_on date not null,
  recorded_at timestamptz not null
);
create index plan_report_of_task on plan_report (task_id, recorded_at);

create table plan_evidence (
  id uuid primary key default uuidv7(),
  task_id uuid not null references plan_task (id),
  report_id uuid references plan_report (id),
  title text not null check (title <> ''),
  file_hash text not null check (file_hash ~ '^[0-9a-f]{64}$'),
  file_name text not null check (file_name <> ''),
  content_type text not null,
  bytes integer not null check (bytes > 0),
  added_by text not null,
  added_by_id uuid not null,
  added_at timestamptz not null
);
create index plan_evidence_of_task on plan_evidence (task_id, added_at);

select seal_table(name::regclass) from unnest(array[
  'plan_seat', 'annual_plan', 'plan_version', 'leading_meeting', 'coordination_issue', 'city_guidance',
  'leading_agenda_item', 'leading_decision', 'plan_task', 'plan_baseline', 'plan_change', 'plan_assignment',
  'plan_report', 'plan_evidence'
]) as name;

-- Matters (办件): one engine for every procedure. What people did is fact and sealed; drafts, the queue and the clocks'
-- computed days are not, since they change per keystroke or can be computed again from what is sealed.

-- One serial for all stations: a number says nothing about where a matter is, so that a hand-over does not change it.
-- A sequence, not a counter: two people who submit at once do not wait for each other; a number may stay unused.
create sequence matter_serial;

create table matter_draft (
  id uuid primary key default uuidv7(),
  procedure_code text not null,
  account_id uuid not null,
  organisation_id uuid,
  organisation_name text,
  -- Where the person stands: the station they chose or came in at.
  station_code text,
  answers jsonb not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null,
  saved_at timestamptz not null,
  submitted_at timestamptz,
  discarded_at timestamptz
);
create index matter_draft_mine on matter_draft (account_id, saved_at desc) where submitted_at is null and discarded_at is null;

create table matter (
  id uuid primary key default uuidv7(),
  number text not null unique,
  procedure_code text not null,
  procedure_version integer not null,
  -- A draft becomes one matter however often it is submitted.
  draft_id uuid unique,
  -- The same for what other rooms start by themselves.
  cause text unique,
  applicant_kind text not null check (applicant_kind in ('person', 'organisation', 'system')),
  applicant_account_id uuid,
  organisation_id uuid,
  applicant_name text not null,
  station_code text not null,
  state text not null,
  handler_id uuid,
  handler_name text,
  title text not null,
  answers jsonb not null,
  -- Reasons given for what a check asked to be explained: code of the finding to text.
  explanations jsonb not null default '{}',
  -- Why this station: what was considered and which rule chose, enough to choose again.
  routing jsonb not null,
  submitted_at timestamptz not null,
  submitted_on date not null,
  closed_at timestamptz,
  closed_on date,
  outcome text check (outcome in ('granted', 'refused', 'withdrawn', 'done', 'failed', 'handed-over')),
  version integer not null default 1,
  check ((closed_at is null) = (outcome is null))
);
create index matter_procedure on matter (procedure_code, submitted_on);
create index matter_applicant on matter (applicant_account_id) where applicant_account_id is not null;
create index matter_organisation on matter (organisation_id) where organisation_id is not null;

-- The narrow copy that lists are read from. Written with every step; `terms` never holds masked answers, messages or notes.
create table matter_queue (
  matter_id uuid primary key references matter on delete cascade,
  number text not null,
  procedure_code text not null,
  title text not null,
  applicant_kind text not null,
  applicant_account_id uuid,
  organisation_id uuid,
  applicant_name text not null,
  station_code text not null,
  state text not null,
  state_kind text not null check (state_kind in ('open', 'waiting', 'closed')),
  outcome text,
  handler_id uuid,
  handler_name text,
  -- The next day by which the office must act; null while nothing runs against it.
  due_on date,
  due_clock text,
  submitted_at timestamptz not null,
  submitted_on date not null,
  closed_on date,
  changed_at timestamptz not null,
  version integer not null,
  terms text[] not null default '{}'
);
create index matter_queue_station_due on matter_queue (station_code, due_on, matter_id)
  include (procedure_code, state, state_kind, handler_id) where state_kind <> 'closed';
create index matter_queue_station_arrival on matter_queue (station_code, submitted_at, matter_id)
  include (procedure_code, state, state_kind, handler_id) where state_kind <> 'closed';
create index matter_queue_due on matter_queue (due_on, matter_id)
  include (station_code, procedure_code, state) where state_kind <> 'closed' and due_on is not null;
create index matter_queue_handler on matter_queue (handler_id, due_on, matter_id) where state_kind <> 'closed';
create index matter_queue_account on matter_queue (applicant_account_id, submitted_at desc, matter_id desc);
create index matter_queue_organisation on matter_queue (organisation_id, submitted_at desc, matter_id desc);
create index matter_queue_closed on matter_queue (station_code, closed_on) include (procedure_code, outcome) where state_kind = 'closed';
create index matter_queue_arrived on matter_queue (station_code, submitted_on);
create index matter_queue_terms on matter_queue using gin (terms) with (fastupdate = off);

create table matter_event (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  kind text not null,
  step text,
  from_state text,
  to_state text,
  side text not null check (side in ('applicant', 'office', 'system', 'public')),
  actor_id uuid,
  actor_name text not null,
  -- What the form of the step was answered, and the words that go with it.
  answers jsonb,
  note text,
  detail jsonb,
  -- `office`: what only those who handle the matter are told (who was assigned, a hand-over that was refused inside).
  audience text not null default 'all' check (audience in ('all', 'office')),
  at timestamptz not null,
  day date not null
);
create index matter_event_matter on matter_event (matter_id, id);

create table matter_clock (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  code text not null,
  owner text not null check (owner in ('office', 'applicant')),
  n integer not null check (n > 0),
  unit text not null check (unit in ('workingDays', 'calendarDays', 'months')),
  ending text not null default 'stays' check (ending in ('stays', 'nextWorkingDay')),
  -- The deadline of the zone it was taken from, and since when that value holds; null where the declaration fixes it.
  rule_code text,
  rule_from date,
  sample boolean not null,
  started_on date not null,
  -- Stretches that do not count: [{"from", "to" | null, "because"}].
  pauses jsonb not null default '[]',
  status text not null check (status in ('running', 'paused', 'stopped')),
  -- Null while paused: nobody knows it until the pause ends.
  due_on date,
  stopped_on date,
  expired_on date,
  -- The calendar it was last counted with.
  calendar text not null,
  provisional boolean not null default false,
  -- Reminders already sent, as days before the due day; -1 is the escalation. Emptied when the due day moves.
  reminded integer[] not null default '{}',
  check ((status = 'running') = (due_on is not null) or status = 'stopped')
);
create index matter_clock_matter on matter_clock (matter_id);
create index matter_clock_running on matter_clock (due_on) where status = 'running';
create index matter_clock_terms on matter_clock (started_on, unit, n, ending) where status = 'running';

-- One row for each time the open clocks were counted again because the calendar had changed.
create table matter_recount (
  id uuid primary key default uuidv7(),
  calendar_before text,
  calendar_after text not null,
  clocks integer not null,
  moved integer not null,
  -- SHA-256 over the moves in the order of their clocks, so that the long list below need not be sealed row by row.
  digest text not null,
  at timestamptz not null
);
create table matter_clock_move (
  id uuid primary key default uuidv7(),
  recount_id uuid not null references matter_recount,
  clock_id uuid not null references matter_clock,
  matter_id uuid not null,
  due_before date not null,
  due_after date not null
);
create index matter_clock_move_matter on matter_clock_move (matter_id);
create index matter_clock_move_recount on matter_clock_move (recount_id, id);

create table matter_material (
  id uuid primary key default uuidv7(),
  draft_id uuid,
  matter_id uuid references matter,
  code text not null,
  file_name text not null,
  file_hash text not null,
  media_type text not null,
  bytes integer not null,
  uploaded_by uuid not null,
  uploaded_name text not null,
  uploaded_at timestamptz not null,
  -- What was replaced or taken back stays in the history.
  withdrawn_at timestamptz,
  check (draft_id is not null or matter_id is not null)
);
create index matter_material_draft on matter_material (draft_id) where draft_id is not null;
create index matter_material_matter on matter_material (matter_id) where matter_id is not null;

create table matter_correction (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  asked_by uuid,
  asked_name text not null,
  reason text not null,
  asked_at timestamptz not null,
  answered_at timestamptz
);
create unique index matter_correction_open on matter_correction (matter_id) where answered_at is null;
create table matter_correction_item (
  id uuid primary key default uuidv7(),
  correction_id uuid not null references matter_correction,
  position integer not null,
  kind text not null check (kind in ('material', 'field', 'other')),
  -- The code of the material, or the name of the field.
  code text,
  wanted text not null,
  answer jsonb,
  material_id uuid references matter_material,
  answered_at timestamptz
);
create index matter_correction_item_correction on matter_correction_item (correction_id, position);

create table matter_message (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  side text not null check (side in ('applicant', 'office')),
  author_id uuid not null,
  author_name text not null,
  body text not null,
  at timestamptz not null
);
create index matter_message_matter on matter_message (matter_id, id);

-- For those who handle the matter alone. No list, search, export or public view reads this table.
create table matter_note (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  author_id uuid not null,
  author_name text not null,
  body text not null,
  at timestamptz not null
);
create index matter_note_matter on matter_note (matter_id, id);

create table matter_handover (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  from_station text not null,
  to_station text,
  to_body text,
  reason text not null,
  offered_by uuid,
  offered_name text not null,
  offered_at timestamptz not null,
  status text not null default 'offered' check (status in ('offered', 'accepted', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  refusal text,
  -- An outside body's own number for what it took over.
  outside_number text,
  outside_on date,
  check ((to_station is null) <> (to_body is null)),
  check ((status = 'offered') = (decided_at is null)),
  check (status <> 'refused' or refusal is not null),
  check (to_body is null or status <> 'accepted' or outside_number is not null)
);
create unique index matter_handover_open on matter_handover (matter_id) where status = 'offered';
create index matter_handover_matter on matter_handover (matter_id, id);
create index matter_handover_arriving on matter_handover (to_station) where status = 'offered';

create table matter_assignment (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  account_id uuid not null,
  account_name text not null,
  assigned_by uuid,
  assigned_by_name text not null,
  assigned_at timestamptz not null,
  ended_at timestamptz,
  ended_because text check (ended_because in ('reassigned', 'released', 'handed-over', 'post-lost', 'closed')),
  check ((ended_at is null) = (ended_because is null))
);
create unique index matter_assignment_open on matter_assignment (matter_id) where ended_at is null;
create index matter_assignment_account on matter_assignment (account_id) where ended_at is null;

create table matter_document (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  code text not null,
  -- Printed on it; what anybody verifies it by.
  number text not null unique,
  content jsonb not null,
  sha256_zh text not null,
  sha256_en text not null,
  issued_by uuid,
  issued_name text not null,
  issued_at timestamptz not null
);
create index matter_document_matter on matter_document (matter_id, id);

create table matter_objection (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  account_id uuid not null,
  name text not null,
  body text not null,
  filed_at timestamptz not null,
  decided_by uuid,
  decided_name text,
  decided_at timestamptz,
  upheld boolean,
  decision text,
  check ((decided_at is null) = (upheld is null) and (decided_at is null) = (decision is null))
);
create index matter_objection_matter on matter_objection (matter_id, id);

create table matter_rating (
  matter_id uuid primary key references matter,
  station_code text not null,
  grade integer not null check (grade between 1 and 5),
  words text,
  rated_by uuid not null,
  rated_at timestamptz not null,
  rated_on date not null
);
create index matter_rating_station on matter_rating (station_code, rated_on);

-- Which entry of the ledger a receipt rests on. Beside the sealed rows, since an entry cannot hold its own id.
create table matter_receipt (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter,
  kind text not null check (kind in ('submission', 'handover', 'document', 'objection', 'correction')),
  -- The hand-over, document, objection or correction; the matter itself for a submission.
  subject_id uuid not null,
  entry_id uuid not null,
  issued_at timestamptz not null
);
create index matter_receipt_matter on matter_receipt (matter_id);
create unique index matter_receipt_subject on matter_receipt (subject_id, kind);

select seal_table(name::regclass) from unnest(array[
  'matter', 'matter_event', 'matter_recount', 'matter_material', 'matter_correction',
  'matter_correction_item', 'matter_message', 'matter_note', 'matter_handover', 'matter_assignment', 'matter_document',
  'matter_objection', 'matter_rating'
]) as name;

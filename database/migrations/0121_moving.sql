-- The placement advice of an application to move in (S59, S60), with everything it was computed from: anybody who may see
-- it can compute it again and must come to the same.
create table placement_advice (
  id uuid primary key default uuidv7(),
  matter_id uuid not null,
  matter_number text not null check (matter_number <> ''),
  party_id uuid not null references party (id),
  made_on date not null,
  made_at timestamptz not null,
  -- What was declared, the stage computed from it, and the vacancies of the day.
  inputs jsonb not null check (jsonb_typeof(inputs) = 'object'),
  -- The versions of the two rules, word for word.
  rules jsonb not null check (jsonb_typeof(rules) = 'object'),
  finding jsonb not null check (jsonb_typeof(finding) = 'object')
);
create index placement_advice_of_matter on placement_advice (matter_id, made_at);

-- What an agency does for its clients and has not finished (S202: nobody leaves while clients are left without). An agency
-- keeps the list itself, or the operations centre with it before it leaves.
create table client_file (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  -- The agency's own number of the file.
  reference text not null check (reference <> ''),
  title text not null check (title <> ''),
  client_name text not null check (client_name <> ''),
  client_id uuid references party (id),
  opened_on date not null,
  finished_on date check (finished_on >= opened_on),
  finish_note text,
  recorded_at timestamptz not null,
  check ((finished_on is null) = (finish_note is null)),
  unique (agency_id, reference)
);
create index client_file_open on client_file (agency_id, opened_on) where finished_on is null;

-- A file that is handed to another agency or back to the client. It leaves the list only with a receipt: confirmed by the
-- agency that takes it, or by the office that has seen the client's signature.
create table client_file_handover (
  id uuid primary key default uuidv7(),
  file_id uuid not null references client_file (id),
  to_kind text not null check (to_kind in ('agency', 'client')),
  to_agency_id uuid references agency (id),
  receiver_name text not null check (receiver_name <> ''),
  offered_at timestamptz not null,
  offered_by text not null,
  note text not null,
  -- Half of it is the answer: what was taken, or why it was not.
  answered_at timestamptz,
  answered_by text,
  answer text check (answer in ('received', 'refused')),
  answer_note text,
  receipt text unique,
  check ((to_kind = 'agency') = (to_agency_id is not null)),
  check ((answered_at is null) = (answer is null)),
  check ((answer = 'received') = (receipt is not null) or answer is null)
);
create unique index client_file_handover_open on client_file_handover (file_id) where answer is null;
create unique index client_file_handover_received on client_file_handover (file_id) where answer = 'received';
create index client_file_handover_to on client_file_handover (to_agency_id) where to_agency_id is not null;
create sequence client_file_receipt_serial;

select seal_table('placement_advice'::regclass);
select seal_table('client_file'::regclass);
select seal_table('client_file_handover'::regclass);

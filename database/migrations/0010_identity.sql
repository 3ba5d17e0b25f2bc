-- An account is one person's way in. Its personal data is little: a name, a mailbox, a telephone.
create table user_account (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 120),
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  phone text check (length(phone) <= 40),
  image text,
  two_factor_enabled boolean not null default false,
  suspended_at timestamptz,
  suspended_because text,
  -- Accounts of the demo scenario; a production start refuses while one exists.
  demo boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((suspended_at is null) = (suspended_because is null))
);
create index user_account_demo on user_account (id) where demo;

create table account_role (
  account_id uuid not null references user_account on delete cascade,
  role text not null,
  granted_at timestamptz not null default now(),
  granted_by uuid references user_account,
  primary key (account_id, role)
);

-- How an account proves itself: a password of its own, or a subject of a single sign-on provider.
create table credential (
  id uuid primary key default uuidv7(),
  holder_id uuid not null references user_account on delete cascade,
  provider_id text not null,
  subject text not null,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, subject)
);
create index credential_holder on credential (holder_id);

create table session (
  id uuid primary key default uuidv7(),
  account_id uuid not null references user_account on delete cascade,
  token text not null unique,
  -- Moved on by use until the idle time passes, and never beyond the longest life of a session.
  expires_at timestamptz not null,
  -- When this session itself proved the second factor; null when it has not.
  second_factor_at timestamptz,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_account on session (account_id);
create index session_expiry on session (expires_at);

-- Tokens that were sent out: password resets, sign-ins that wait for the second factor, single sign-on states.
create table verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on verification (identifier);
create index verification_expiry on verification (expires_at);

create table second_factor (
  id uuid primary key default uuidv7(),
  account_id uuid not null unique references user_account on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz
);

-- Attempts counted by subject: the digest of a mailbox whether or not an account has it, a second factor, an address.
-- In the database, so that the count holds across web processes and restarts.
create table attempt_count (
  subject text primary key,
  attempts integer not null,
  window_ends_at timestamptz not null
);
create index attempt_count_window on attempt_count (window_ends_at);

create table membership (
  id uuid primary key default uuidv7(),
  account_id uuid not null references user_account on delete cascade,
  organisation_id uuid not null,
  -- As the organisation was called when the membership began; its present name belongs to the parties room.
  organisation_name text not null,
  role text not null check (role in ('administrator', 'member')),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
create unique index membership_open on membership (account_id, organisation_id) where valid_to is null;
create index membership_organisation on membership (organisation_id, valid_from);

create table invitation (
  id uuid primary key default uuidv7(),
  organisation_id uuid not null,
  organisation_name text not null,
  email text not null check (email = lower(email)),
  membership_role text not null check (membership_role in ('administrator', 'member')),
  account_role text not null,
  token_digest bytea not null unique,
  invited_by uuid not null references user_account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references user_account,
  revoked_at timestamptz
);
create index invitation_organisation on invitation (organisation_id, created_at);

-- Mail waits here until a mail server has taken it; without one, the operator reads it from the command line.
create table mail_outbox (
  id uuid primary key default uuidv7(),
  recipient text not null,
  subject text not null,
  body text not null,
  -- The page the letter leads to; the address of the site is put before it when the letter leaves.
  link_path text not null check (link_path like '/%'),
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts integer not null default 0,
  last_error text
);
create index mail_outbox_waiting on mail_outbox (created_at) where sent_at is null;

-- Who read whose personal data in plain, and what for. The subject of the data may read it.
-- The reader is written down as they were then, and stays readable whatever becomes of the account.
create table read_log (
  id uuid primary key default uuidv7(),
  reader_id uuid not null,
  reader_name text not null,
  reader_roles text[] not null,
  reader_organisation text,
  subject_kind text not null check (subject_kind in ('account', 'person', 'organisation')),
  subject_id uuid not null,
  record_kind text not null,
  record_id text not null,
  fields text[] not null check (cardinality(fields) > 0),
  purpose text not null check (length(purpose) between 4 and 200),
  request_id text not null,
  read_at timestamptz not null
);
create index read_log_subject on read_log (subject_kind, subject_id, read_at desc, id desc);
create index read_log_reader on read_log (reader_id, read_at desc);

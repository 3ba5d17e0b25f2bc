-- What a person is told, and where they read that it was read. Not sealed: reading is not a business fact, and what the notice
-- tells of has its own entry.
create table notice (
  id uuid primary key default uuidv7(),
  recipient_id uuid not null references user_account on delete cascade,
  kind text not null,
  subject_kind text not null,
  subject_id text not null,
  title_zh text not null check (title_zh <> ''),
  title_en text not null check (title_en <> ''),
  body_zh text not null default '',
  body_en text not null default '',
  href text not null check (href like '/%' and href not like '//%'),
  -- The same key never tells the same person twice.
  once_key text,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notice_of on notice (recipient_id, id desc);
create index notice_unread on notice (recipient_id) where read_at is null;
create index notice_about on notice (subject_kind, subject_id);
create unique index notice_once on notice (recipient_id, once_key) where once_key is not null;

-- Only what somebody chose otherwise than the kind proposes.
create table notice_preference (
  account_id uuid not null references user_account on delete cascade,
  kind text not null,
  channel text not null check (channel in ('mail', 'sms', 'wechat')),
  wanted boolean not null,
  primary key (account_id, kind, channel)
);

-- The language of what is sent; both until somebody chose.
create table notice_language (
  account_id uuid primary key references user_account on delete cascade,
  language text not null check (language in ('zh', 'en'))
);

-- Where SMS and WeChat messages go. Nothing is sent to an address before its holder has read a code there; the table keeps
-- the digest of that code.
create table notice_address (
  account_id uuid not null references user_account on delete cascade,
  channel text not null check (channel in ('sms', 'wechat')),
  address text not null check (length(address) between 3 and 100),
  verified_at timestamptz,
  code_digest bytea,
  code_expires_at timestamptz,
  failures integer not null default 0,
  updated_at timestamptz not null default now(),
  primary key (account_id, channel),
  check (verified_at is not null or code_digest is not null)
);

-- What somebody follows (S76, S77), and the digests of what was new in it.
create table subscription (
  id uuid primary key default uuidv7(),
  account_id uuid not null references user_account on delete cascade,
  -- A feed that a room declares, and one of its topics.
  feed text not null,
  topic text not null check (length(topic) between 1 and 100),
  rhythm text not null check (rhythm in ('daily', 'weekly')),
  version integer not null default 1,
  created_at timestamptz not null,
  ended_at timestamptz,
  -- By the clock of the database: what was recorded before this moment has been looked at. The next look begins a day before
  -- it, since a record bears the moment at which its transaction began and is seen when that has ended.
  looked_at timestamptz not null default now()
);
create unique index subscription_open on subscription (account_id, feed, topic) where ended_at is null;

create table digest (
  id uuid primary key default uuidv7(),
  account_id uuid not null references user_account on delete cascade,
  made_at timestamptz not null,
  items integer not null check (items > 0)
);
create index digest_of on digest (account_id, id desc);

-- The records of a subscription that have been dealt with: listed in a digest, or there before it began (digest null). Its key
-- is why nothing is listed twice, whatever the order in which transactions end.
create table subscription_record (
  subscription_id uuid not null references subscription on delete cascade,
  record_id text not null,
  recorded_at timestamptz not null,
  digest_id uuid references digest on delete cascade,
  label_zh text not null,
  label_en text not null,
  href text check (href like '/%'),
  primary key (subscription_id, record_id)
);
create index subscription_record_in on subscription_record (digest_id, subscription_id, recorded_at, record_id)
  where digest_id is not null;
create index party_created on party (created_at);
create index agency_membership_recorded on agency_membership (recorded_at);

-- What is offered on the market (S124): a right, by its publication number, and what is asked for it. A listing stands on its
-- owner's word until a day, and on the legal status of the right: when either fails it leaves the market, and everything
-- that happened to it stays readable.
create table market_listing (
  id uuid primary key default uuidv7(),
  publication_number text not null check (publication_number <> ''),
  application_number text not null,
  title text not null check (title <> ''),
  -- Who offers it, and whether the register of owners says that the right is theirs.
  party_id uuid not null references party (id),
  holders text[] not null,
  holder_matches boolean not null,
  kind text not null check (kind in ('transfer', 'licence', 'open-licence')),
  -- Field of application and industry are what buyers search by: no listing without them (S124).
  field text not null check (length(field) between 2 and 200),
  industry text not null check (industry ~ '^[a-z0-9-]{1,60}$'),
  summary text not null check (length(summary) between 2 and 2000),
  price_fen bigint check (price_fen > 0),
  state text not null check (state in ('active', 'faded', 'lapsed', 'withdrawn')),
  listed_on date not null,
  confirmed_on date not null,
  confirm_by date not null,
  terms_from date not null,
  legal_status text not null,
  status_checked_at timestamptz not null,
  version integer not null default 1,
  check (confirm_by > confirmed_on)
);
create unique index market_listing_once on market_listing (publication_number, kind) where state in ('active', 'faded');
create index market_listing_newest on market_listing (state, listed_on desc, id desc);
create index market_listing_party on market_listing (party_id);

create table market_listing_event (
  id uuid primary key default uuidv7(),
  listing_id uuid not null references market_listing (id),
  kind text not null check (kind in ('listed', 'confirmed', 'reminded', 'faded', 'lapsed', 'withdrawn')),
  reason text check (length(reason) between 2 and 2000),
  legal_status text,
  happened_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null default now()
);
create index market_listing_event_of on market_listing_event (listing_id, recorded_at);

select seal_table(name::regclass) from unnest(array['market_listing', 'market_listing_event']) as name;

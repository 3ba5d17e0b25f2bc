-- Who works at which station (S27, S73): what comes to a station reaches these people. Day by day, never overwritten.
create table station_post (
  id uuid primary key default uuidv7(),
  account_id uuid not null references user_account on delete cascade,
  -- A station of the zone profile.
  station_id text not null check (station_id <> ''),
  valid_from date not null,
  valid_to date check (valid_to >= valid_from)
);
create unique index station_post_open on station_post (account_id, station_id) where valid_to is null;
create index station_post_at on station_post (station_id, valid_from);
select seal_table('station_post'::regclass);

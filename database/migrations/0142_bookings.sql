-- People on duty and rooms of stations, and their bookings (S27, S79). Days and minutes of the day are those of the zone,
-- as its clocks on the wall show them.

create table bookable (
  id uuid primary key default uuidv7(),
  kind text not null check (kind in ('person', 'room')),
  station_code text not null,
  name text not null check (length(name) between 1 and 60),
  -- The account of a person who has one: it is told of bookings.
  account_id uuid,
  skills text[] not null default '{}',
  languages text[] not null default '{}',
  seats integer check (seats between 1 and 500),
  valid_from date not null,
  valid_to date,
  recorded_by text not null,
  recorded_at timestamptz not null,
  check (valid_to > valid_from),
  check ((kind = 'room') = (seats is not null))
);
create index bookable_station on bookable (station_code, kind);

create table bookable_duty (
  id uuid primary key default uuidv7(),
  bookable_id uuid not null references bookable (id),
  -- 1 (Monday) to 7 (Sunday).
  weekday integer not null check (weekday between 1 and 7),
  from_minute integer not null check (from_minute between 0 and 1439),
  to_minute integer not null check (to_minute between 1 and 1440),
  valid_from date not null,
  valid_to date,
  check (to_minute > from_minute),
  check (valid_to > valid_from)
);
create index bookable_duty_of on bookable_duty (bookable_id, weekday);

create table bookable_absence (
  id uuid primary key default uuidv7(),
  bookable_id uuid not null references bookable (id),
  first_day date not null,
  last_day date not null,
  reason text not null check (length(reason) between 2 and 200),
  recorded_by uuid not null,
  recorded_at timestamptz not null,
  check (last_day >= first_day)
);
create index bookable_absence_of on bookable_absence (bookable_id, first_day);

create sequence booking_serial;

create table booking (
  id uuid primary key default uuidv7(),
  number text not null unique,
  kind text not null check (kind in ('person', 'room')),
  station_code text not null,
  subject text not null,
  language text not null,
  seats integer,
  note text check (length(note) <= 500),
  bookable_id uuid not null references bookable (id),
  day date not null,
  from_minute integer not null check (from_minute >= 0),
  to_minute integer not null check (to_minute <= 1440),
  state text not null check (state in ('held', 'kept', 'missed', 'cancelled', 'freed', 'moved')),
  state_reason text,
  account_id uuid not null,
  booked_name text not null,
  -- What the choice was made from and by which version of the rule: enough to choose again.
  decision jsonb not null,
  rule_version integer not null,
  assigned_at timestamptz not null,
  booked_at timestamptz not null,
  -- The booking this one came in place of.
  replaces_id uuid references booking (id),
  version integer not null default 1,
  check (to_minute > from_minute),
  constraint booking_nobody_twice exclude using gist
    (bookable_id with =, day with =, int4range(from_minute, to_minute) with &&) where (state in ('held', 'kept', 'missed')),
  constraint booking_one_at_a_time exclude using gist
    (account_id with =, kind with =, day with =, int4range(from_minute, to_minute) with &&) where (state = 'held')
);
create index booking_account on booking (account_id, day desc);
create index booking_station on booking (station_code, day, from_minute);
create index booking_rotation on booking (bookable_id, assigned_at) where state in ('held', 'kept', 'missed');

create table booking_event (
  id uuid primary key default uuidv7(),
  booking_id uuid not null references booking (id),
  kind text not null check (kind in ('booked', 'reassigned', 'kept', 'missed', 'cancelled', 'freed', 'moved')),
  reason text,
  -- For a reassignment: who had it before, and the choice that was made then.
  bookable_id uuid references bookable (id),
  decision jsonb,
  by_name text not null,
  at timestamptz not null
);
create index booking_event_of on booking_event (booking_id, id);

select seal_table(name::regclass)
from unnest(array['bookable', 'bookable_duty', 'bookable_absence', 'booking', 'booking_event']) as name;

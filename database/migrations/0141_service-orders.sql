-- Orders of special services (S74). The request is a matter; quotes and deliveries are what the room adds to it.

create table service_quote (
  id uuid primary key default uuidv7(),
  matter_id uuid not null references matter (id),
  agency_id uuid not null references agency (id),
  -- The class of the zone's taxonomy under which it was asked for: the service is filed under it.
  service_class text not null,
  price_fen bigint not null check (price_fen > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  scope text not null check (length(scope) between 10 and 4000),
  -- Days from the taking of the quote to the delivery.
  days integer not null check (days between 1 and 730),
  day_unit text not null check (day_unit in ('workingDays', 'calendarDays')),
  -- The last day on which it can be taken.
  valid_until date not null,
  state text not null check (state in ('standing', 'replaced', 'withdrawn', 'taken', 'not-taken', 'given-back', 'cancelled')),
  reason text,
  quoted_by uuid not null,
  quoted_on date not null,
  quoted_at timestamptz not null,
  settled_at timestamptz,
  -- Set when it is taken, with the calendar it was counted with.
  due_on date,
  calendar text,
  check ((state = 'standing') = (settled_at is null)),
  check ((due_on is null) = (calendar is null)),
  check (state <> 'taken' or due_on is not null)
);
create unique index service_quote_one_of_each on service_quote (matter_id, agency_id) where state in ('standing', 'taken');
-- Of two people who take a quote at once, one wins.
create unique index service_quote_one_taken on service_quote (matter_id) where state = 'taken';
create index service_quote_agency on service_quote (agency_id, quoted_at desc);

create table service_delivery (
  id uuid primary key default uuidv7(),
  quote_id uuid not null references service_quote (id),
  matter_id uuid not null references matter (id),
  description text not null check (length(description) between 10 and 4000),
  delivered_by uuid not null,
  delivered_on date not null,
  delivered_at timestamptz not null,
  -- Why the client asked for rework; null while it waits or once it is accepted.
  rework_reason text,
  answered_at timestamptz,
  accepted boolean,
  check ((accepted is null) = (answered_at is null)),
  check ((rework_reason is null) or not accepted)
);
create unique index service_delivery_one_waits on service_delivery (matter_id) where accepted is null;
create index service_delivery_matter on service_delivery (matter_id, id);

create table service_delivery_file (
  id uuid primary key default uuidv7(),
  quote_id uuid not null references service_quote (id),
  -- Null until it is delivered.
  delivery_id uuid references service_delivery (id),
  file_name text not null,
  file_hash text not null,
  media_type text not null,
  bytes integer not null,
  uploaded_by uuid not null,
  uploaded_at timestamptz not null
);
create index service_delivery_file_quote on service_delivery_file (quote_id);

select seal_table(name::regclass)
from unnest(array['service_quote', 'service_delivery', 'service_delivery_file']) as name;

-- One row for each time an agency served a firm (S38, S39, S40, S42). This is the table that grows to millions.

create table service_record (
  id uuid primary key default uuidv7(),
  agency_id uuid not null references agency (id),
  client_id uuid not null references party (id),
  reference text not null check (reference <> ''),
  matter_type text not null,
  -- One of the zone's service classes (S14).
  service_class text not null,
  served_on date not null,
  cluster_code text,
  source text not null check (source <> ''),
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  check ((voided_at is null) = (void_reason is null)),
  unique (agency_id, reference)
);

create index service_record_of_client on service_record (client_id, served_on, matter_type) include (agency_id)
  where voided_at is null;
create index service_record_of_agency on service_record (agency_id, served_on) where voided_at is null;

-- The first and the last day a firm was served in a kind of matter. Whether a firm was served in a span is answered
-- from these two days for all but a few firms, so that counting firms over millions of records stays fast.
create table service_reach (
  client_id uuid not null references party (id),
  matter_type text not null,
  first_on date not null,
  last_on date not null,
  primary key (client_id, matter_type)
);

create index service_reach_by_type on service_reach (matter_type) include (client_id, first_on, last_on);

-- Kept by the database itself: no writer can forget it.
create function service_record_reaches() returns trigger language plpgsql as $$
begin
  insert into service_reach as reach (client_id, matter_type, first_on, last_on)
  select client_id, matter_type, min(served_on), max(served_on)
  from added where voided_at is null
  group by client_id, matter_type
  order by client_id, matter_type
  on conflict (client_id, matter_type) do update
    set first_on = least(reach.first_on, excluded.first_on), last_on = greatest(reach.last_on, excluded.last_on)
    where excluded.first_on < reach.first_on or excluded.last_on > reach.last_on;
  return null;
end
$$;

create trigger service_record_added after insert on service_record
  referencing new table as added for each statement execute function service_record_reaches();

create function service_record_reaches_again() returns trigger language plpgsql as $$
begin
  delete from service_reach reach using before
  where reach.client_id = before.client_id and reach.matter_type = before.matter_type;

  insert into service_reach (client_id, matter_type, first_on, last_on)
  select record.client_id, record.matter_type, min(record.served_on), max(record.served_on)
  from (select client_id, matter_type from before union select client_id, matter_type from after) touched
  join service_record record using (client_id, matter_type)
  where record.voided_at is null
  group by record.client_id, record.matter_type
  order by record.client_id, record.matter_type
  on conflict (client_id, matter_type) do update
    set first_on = excluded.first_on, last_on = excluded.last_on;
  return null;
end
$$;

create trigger service_record_changed after update on service_record
  referencing old table as before new table as after for each statement execute function service_record_reaches_again();

-- Time-ordered ids are built into PostgreSQL 18; older servers (15 to 17) get the same function here.
do $$
begin
  if current_setting('server_version_num')::int < 180000 then
    create function uuidv7() returns uuid language sql volatile as $f$
      select encode(
        set_bit(set_bit(
          overlay(uuid_send(gen_random_uuid())
            placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
            from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
    $f$;
  end if;
end
$$;

-- Word search in Chinese and Latin without a segmenter on small tables: trigram indexes.
create extension if not exists pg_trgm;

-- Settings of this installation that are decided once and must not drift (its id, its scenario).
create table installation (
  singleton boolean primary key default true check (singleton),
  id uuid not null default uuidv7(),
  scenario text not null,
  scenario_loaded_at timestamptz,
  created_at timestamptz not null default now()
);

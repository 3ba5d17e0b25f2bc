-- An append-only Merkle log (RFC 6962). A row of ledger_entry holds nothing that its leaf hash does not cover: what the
-- log says about an entry is read from the body itself, so there is no second place to alter.

create table ledger_entry (
  id uuid primary key default uuidv7(),
  -- Canonical JSON (RFC 8785). The hash is over these very bytes.
  body text not null,
  leaf_hash bytea not null check (octet_length(leaf_hash) = 32)
);

create index ledger_entry_by_subject on ledger_entry ((body::jsonb -> 'subject'), id);
-- The audit trail is most of the log; what anybody may read is little of it and looked for by its kind.
create index ledger_entry_open on ledger_entry ((body::jsonb ->> 'kind'), id) where body::jsonb ->> 'kind' <> 'audit';

-- Entries that are committed and have no place in the tree yet. `seq` comes from a sequence, not from a clock: when one
-- transaction waited for another's row, its entry also stands later in the log.
create table ledger_pending (
  seq bigint generated always as identity primary key,
  entry_id uuid not null
);

create table ledger_leaf (
  tree_index bigint primary key check (tree_index >= 0),
  entry_id uuid not null unique references ledger_entry (id)
);

-- C2SP tlog-tiles of height 8: up to 256 sibling hashes a row.
create table ledger_tile (
  level smallint not null,
  tile_index bigint not null,
  hashes bytea not null check (octet_length(hashes) % 32 = 0 and octet_length(hashes) between 32 and 8192),
  primary key (level, tile_index)
);
alter table ledger_tile alter column hashes set storage external;

-- The signed note (C2SP tlog-checkpoint) is the whole truth of a checkpoint; the size is its key.
create table ledger_checkpoint (
  tree_size bigint primary key check (tree_size >= 0),
  note text not null,
  signed_at timestamptz not null
);

-- Public keys as C2SP verifier keys, `name+keyid+base64`. Each change of them is an entry of the log.
create table ledger_key (
  verifier_key text primary key,
  entry_id uuid not null references ledger_entry (id),
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index ledger_key_one_in_use on ledger_key ((true)) where retired_at is null;

create table ledger_witness (
  verifier_key text primary key,
  entry_id uuid not null references ledger_entry (id),
  registered_at timestamptz not null,
  retired_at timestamptz
);

create table ledger_cosignature (
  tree_size bigint not null references ledger_checkpoint (tree_size),
  verifier_key text not null references ledger_witness (verifier_key),
  line text not null,
  received_at timestamptz not null,
  primary key (tree_size, verifier_key)
);
create index ledger_cosignature_by_witness on ledger_cosignature (verifier_key, tree_size);

-- The state in which a row was last written, as an entry of the log commits to it. No digest: the row is gone.
create table row_seal (
  table_name text not null,
  row_id text not null,
  entry_id uuid not null,
  digest bytea check (octet_length(digest) = 32),
  primary key (table_name, row_id)
);

-- A row without its empty fields: a later migration that adds an empty column leaves every digest as it was.
-- The settings are pinned because they change how the database writes times, floats and bytes as text.
create function row_digest(record anyelement) returns bytea
  language sql stable parallel safe
  set timezone = 'UTC' set extra_float_digits = 1 set bytea_output = 'hex' set intervalstyle = 'postgres'
  as $$ select sha256(convert_to(jsonb_strip_nulls(to_jsonb(record))::text, 'UTF8')) $$;

-- Functions, because a session keeps their plans: planning these statements anew cost more than running them.

create function ledger_append(body text, leaf_hash bytea) returns uuid language plpgsql as $$
declare
  entry uuid;
begin
  insert into ledger_entry (body, leaf_hash) values (ledger_append.body, ledger_append.leaf_hash) returning id into entry;
  insert into ledger_pending (entry_id) values (entry);
  return entry;
end
$$;

-- The body is `head`, then the seals as a canonical object (table, row, digest in base64 or null), then `tail`.
create function ledger_append_sealed(head text, tail text, table_names text[], row_ids text[], digests bytea[])
  returns uuid language plpgsql as $$
declare
  body text;
  entry uuid;
begin
  select head || '{' || string_agg(to_json(t.table_name)::text || ':{' || t.rows || '}', ',' order by t.table_name collate "C")
      || '}' || tail
    into body
    from (
      select s.table_name,
        string_agg(to_json(s.row_id)::text || ':' || coalesce('"' || encode(s.digest, 'base64') || '"', 'null'),
          ',' order by s.row_id collate "C") as rows
      from unnest(table_names, row_ids, digests) as s (table_name, row_id, digest)
      group by s.table_name
    ) t;
  entry := ledger_append(body, sha256('\x00'::bytea || convert_to(body, 'UTF8')));
  insert into row_seal (table_name, row_id, entry_id, digest)
    select s.table_name, s.row_id, entry, s.digest from unnest(table_names, row_ids, digests) as s (table_name, row_id, digest)
    on conflict (table_name, row_id) do update set entry_id = excluded.entry_id, digest = excluded.digest;
  return entry;
end
$$;

create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry
  for each statement execute function refuse_ledger_change();
create trigger ledger_leaf_append_only before update or delete or truncate on ledger_leaf
  for each statement execute function refuse_ledger_change();
create trigger ledger_checkpoint_append_only before update or delete or truncate on ledger_checkpoint
  for each statement execute function refuse_ledger_change();
create trigger ledger_cosignature_append_only before update or delete or truncate on ledger_cosignature
  for each statement execute function refuse_ledger_change();

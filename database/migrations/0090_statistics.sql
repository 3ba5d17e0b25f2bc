-- Which tables have changed, so that a figure computed before the change is not taken for one computed after it. Each
-- writing transaction leaves its own row, visible exactly when its changes are, and waits for no other writer. Older
-- rows of a source say nothing that the newest does not, and are swept away.
create table indicator_touch (
  source text not null,
  xid bigint not null,
  primary key (source, xid)
);

create function touch_indicator_source() returns trigger language plpgsql as $$
begin
  insert into indicator_touch (source, xid) values (tg_table_name, pg_current_xact_id()::text::bigint)
  on conflict do nothing;
  return null;
end
$$;

-- A table that an indicator reads is watched, or its figures are counted anew for every reader.
create procedure watch_indicator_source(source regclass) language plpgsql as $$
begin
  execute format('create trigger indicator_source after insert or update or delete or truncate on %s
    for each statement execute function touch_indicator_source()', source);
end
$$;

-- Figures frozen on a day. Rows are written once; what turns out wrong is restated beside them, never in their place.
create table snapshot (
  id uuid primary key default uuidv7(),
  as_of date not null,
  title text not null check (title <> ''),
  zone_version text not null,
  -- SHA-256 over the canonical list of its figures; the ledger entry commits to it.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  entry_id uuid not null references ledger_entry (id),
  taken_by text not null,
  taken_at timestamptz not null
);

create index snapshot_by_day on snapshot (as_of desc, taken_at desc);

-- Revision 0 is what was published; each restatement adds the next.
create table snapshot_figure (
  id uuid primary key default uuidv7(),
  snapshot_id uuid not null references snapshot (id) deferrable initially deferred,
  code text not null,
  revision integer not null check (revision >= 0),
  definition_version integer not null,
  value double precision,
  -- Name, unit, definition, days, goal and verdict as they stood; confidentiality included.
  described jsonb not null,
  -- Dictionaries of a short confidential list could be tried against its digest, so each digest has a salt of its own.
  salt text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  unique (snapshot_id, code, revision)
);

create index snapshot_figure_by_code on snapshot_figure (code, snapshot_id);

create table snapshot_part (
  figure_id uuid not null references snapshot_figure (id) deferrable initially deferred,
  part text not null,
  kind text not null,
  value double precision,
  items bigint not null,
  records bigint not null,
  -- The query as it was put, with its parameters: what was counted can be counted again.
  query text,
  parameters jsonb,
  stated jsonb,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  primary key (figure_id, part)
);

create table snapshot_record (
  figure_id uuid not null references snapshot_figure (id) deferrable initially deferred,
  part text not null,
  record_id text collate "C" not null,
  label text not null,
  occurred_on date,
  party_id text collate "C",
  amount bigint,
  -- SHA-256 of the row's canonical line.
  digest bytea not null check (octet_length(digest) = 32),
  primary key (figure_id, part, record_id)
);

create index snapshot_record_by_party on snapshot_record (figure_id, part, party_id, record_id);

-- Tables by dimension as they were published, with the values behind the hidden cells, which the next publication needs.
create table snapshot_breakdown (
  figure_id uuid primary key references snapshot_figure (id) deferrable initially deferred,
  row_dimension text not null,
  column_dimension text,
  row_codes jsonb not null,
  column_codes jsonb not null,
  counted jsonb not null,
  -- Null where no pattern of hidden cells protects the small ones: then there is no table.
  published jsonb
);

create table restatement (
  id uuid primary key default uuidv7(),
  snapshot_id uuid not null references snapshot (id),
  code text not null,
  old_figure_id uuid not null unique references snapshot_figure (id),
  new_figure_id uuid not null unique references snapshot_figure (id),
  old_value double precision,
  new_value double precision,
  cause text not null check (btrim(cause) <> ''),
  added bigint not null,
  removed bigint not null,
  changed bigint not null,
  entry_id uuid not null references ledger_entry (id),
  made_by text not null,
  made_at timestamptz not null
);

create index restatement_by_snapshot on restatement (snapshot_id, made_at);

create function refuse_snapshot_change() returns trigger language plpgsql as $$
begin
  raise exception 'a frozen figure does not change: % on %', lower(tg_op), tg_table_name using errcode = 'restrict_violation';
end
$$;

do $$
declare frozen text;
begin
  foreach frozen in array array['snapshot', 'snapshot_figure', 'snapshot_part', 'snapshot_record', 'snapshot_breakdown',
    'restatement']
  loop
    execute format('create trigger frozen before update or delete or truncate on %I
      for each statement execute function refuse_snapshot_change()', frozen);
  end loop;
end
$$;

-- The records behind the figures that stood before this file.
do $$
declare source text;
begin
  foreach source in array array['party', 'party_state', 'party_standing', 'party_merge', 'agency', 'agency_fact',
    'agency_membership', 'agency_return', 'agency_brand', 'practitioner_post', 'attorney_licence', 'service_record',
    'service_reach', 'deal', 'deal_patent', 'operation_platform', 'navigation_base', 'cultivation_centre',
    'pct_application', 'invention', 'invention_criterion', 'patent_product_return', 'foreign_office', 'export_contract',
    'driven_export', 'overseas_worksite', 'worksite_report', 'abnormal_filing', 'training_class', 'training_attendance',
    'budget_line']
  loop
    call watch_indicator_source(source);
  end loop;
end
$$;

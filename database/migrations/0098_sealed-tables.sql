-- What a sealed table is: every row that a transaction writes in it is noted with its digest, and the audit entry of that
-- transaction commits to what was noted. No writer has to remember it, and none can forget it. Whoever writes past the
-- platform is noted too, and lost with the transaction, since no audit entry follows: that is what verification finds.

-- Notes last as long as the transaction, and a savepoint that is rolled back takes its notes along.
create function note_written(lines text) returns void language sql as $$
  select set_config('zhiyuan.written', coalesce(current_setting('zhiyuan.written', true), '') || lines, true)
$$;

create function ledger_append_act(head text, tail text, table_names text[], row_ids text[], digests bytea[])
  returns uuid language plpgsql as $$
declare
  noted text := coalesce(current_setting('zhiyuan.written', true), '');
  part record;
  entry uuid;
  first_entry uuid;
begin
  perform set_config('zhiyuan.written', '', true), set_config('zhiyuan.act', head || chr(30) || tail, true);
  -- An entry for every 500 rows; of several states of a row the last, which is what the caller names if he does.
  if noted = '' and cardinality(table_names) = 0 then
    return ledger_append(head || '{}' || tail, sha256('\x00'::bytea || convert_to(head || '{}' || tail, 'UTF8')));
  end if;
  for part in
    select array_agg(s.table_name) as table_names, array_agg(s.row_id) as row_ids, array_agg(s.digest) as digests
    from (
      select l.*, (row_number() over (order by l.table_name, l.row_id) - 1) / 500 as part
      from (
        select distinct on (w.table_name, w.row_id) w.*
        from (
          select 0 as place, n as nth, line::jsonb ->> 0 as table_name, line::jsonb ->> 1 as row_id,
            decode(line::jsonb ->> 2, 'base64') as digest
          from string_to_table(noted, chr(10)) with ordinality as t (line, n) where line <> ''
          union all
          select 1, n, table_name, row_id, digest
          from unnest(table_names, row_ids, digests) with ordinality as g (table_name, row_id, digest, n)
        ) w
        order by w.table_name, w.row_id, w.place desc, w.nth desc
      ) l
    ) s
    group by s.part order by s.part
  loop
    entry := ledger_append_sealed(head, tail, part.table_names, part.row_ids, part.digests);
    first_entry := coalesce(first_entry, entry);
  end loop;
  return first_entry;
end
$$;

-- What is written after the audit entry is sealed when the transaction commits, under the same act.
create function seal_what_is_left() returns trigger language plpgsql as $$
declare
  act text := coalesce(current_setting('zhiyuan.act', true), '');
begin
  if act <> '' and coalesce(current_setting('zhiyuan.written', true), '') <> '' then
    perform ledger_append_act(split_part(act, chr(30), 1), split_part(act, chr(30), 2), '{}', '{}', '{}');
  end if;
  return null;
end
$$;

create constraint trigger ledger_pending_seals_what_is_left after insert on ledger_pending
  deferrable initially deferred for each row execute function seal_what_is_left();

-- A function of its own for each table, so that a session keeps the plans.
create function seal_table(sealed regclass) returns void language plpgsql as $$
declare
  name text := (select relname from pg_class where oid = sealed);
  key text := (
    select string_agg(format('w.%I', a.attname), ', ' order by array_position(i.indkey::int2[], a.attnum))
    from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
    where i.indrelid = sealed and i.indisprimary);
  note text := $f$
    create function %I() returns trigger language plpgsql
      set timezone = 'UTC' set extra_float_digits = 1 set bytea_output = 'hex' set intervalstyle = 'postgres' as $t$
    declare
      lines text;
    begin
      select string_agg(json_build_array(%L, concat_ws('/', %s), %s)::text || chr(10), '') into lines from written w;
      if lines is not null then
        perform note_written(lines);
      end if;
      return null;
    end
    $t$
  $f$;
  digest text := $d$encode(sha256(convert_to(jsonb_strip_nulls(to_jsonb(w))::text, 'UTF8')), 'base64')$d$;
begin
  execute format(note, 'note_' || name, name, key, digest);
  execute format(note, 'note_' || name || '_gone', name, key, 'null');
  execute format('create trigger seal_insert after insert on %s referencing new table as written
    for each statement execute function %I()', sealed, 'note_' || name);
  execute format('create trigger seal_update after update on %s referencing new table as written
    for each statement execute function %I()', sealed, 'note_' || name);
  execute format('create trigger seal_delete after delete on %s referencing old table as written
    for each statement execute function %I()', sealed, 'note_' || name || '_gone');
end
$$;

-- Not sealed: what sign-in writes without an act of anybody (accounts, sessions, second factors, attempts, mail), the
-- queue and the ledger itself, what is computed again from sealed rows (service_reach), and the lists behind published
-- figures (snapshot_record), whose digest is an entry of the log.
select seal_table(name::regclass) from unnest(array[
  'abnormal_filing', 'account_role', 'agency', 'agency_brand', 'agency_fact', 'agency_membership', 'agency_penalty',
  'agency_return', 'attorney_licence', 'budget_line', 'company_patent_profile', 'cultivation_centre', 'deal',
  'deal_patent', 'division', 'driven_export', 'export_contract', 'foreign_office', 'holiday', 'identifier_vector',
  'import_refusal', 'import_run', 'industry', 'industry_note', 'invention', 'invention_criterion', 'listed_company',
  'membership', 'navigation_base', 'operation_platform', 'overseas_worksite', 'party', 'party_alias', 'party_distinct',
  'party_identifier', 'party_merge', 'party_standing', 'party_state', 'patent_product_return', 'pct_application',
  'practitioner_post', 'resident_population', 'restatement', 'service_record', 'snapshot', 'snapshot_breakdown',
  'snapshot_figure', 'snapshot_part', 'space_lease', 'training_attendance', 'training_class', 'withdrawal_comparator',
  'worksite_report', 'zone_activation', 'zone_refusal', 'zone_version', 'zoning_area'
]) as name;

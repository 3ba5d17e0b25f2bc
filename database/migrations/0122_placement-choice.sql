-- Where an applicant was placed, which may differ from the advice: then with the reason of whoever decided.
create table placement_choice (
  matter_id uuid primary key,
  carrier_code text not null check (carrier_code <> ''),
  units text[] not null check (cardinality(units) > 0),
  follows_advice boolean not null,
  reason text,
  chosen_on date not null,
  chosen_at timestamptz not null,
  check (follows_advice or reason is not null)
);

select seal_table('placement_choice'::regclass);

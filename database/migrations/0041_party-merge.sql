-- Two records of one party. Nothing is moved and nothing is deleted: every table that refers to a party keeps the id it
-- was given, and counting by party goes through `party_survivor`. Undoing a merge is therefore exact: the row here is
-- closed and both sides are what they were.
create table party_merge (
  id uuid primary key default uuidv7(),
  survivor_id uuid not null references party (id),
  absorbed_id uuid not null references party (id),
  reason text not null check (length(reason) between 1 and 2000),
  -- Both sides as the officer saw them, side by side.
  evidence jsonb not null,
  merged_by text not null,
  merged_at timestamptz not null default now(),
  undone_at timestamptz,
  undone_by text,
  undo_reason text check (length(undo_reason) between 1 and 2000),
  check (survivor_id <> absorbed_id),
  check ((undone_at is null) = (undone_by is null) and (undone_at is null) = (undo_reason is null))
);
create unique index party_merge_standing on party_merge (absorbed_id) where undone_at is null;
create index party_merge_survivor on party_merge (survivor_id) where undone_at is null;

-- Pairs that an officer has looked at and found to be two parties, so that they are not proposed again.
create table party_distinct (
  first_id uuid not null references party (id),
  second_id uuid not null references party (id),
  reason text not null check (length(reason) between 1 and 2000),
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (first_id, second_id),
  check (first_id < second_id)
);

-- Who speaks for a party today. Recursion runs over the merges only, which are few.
create view party_survivor as
with recursive chain as (
  select absorbed_id as party_id, survivor_id, 1 as steps from party_merge where undone_at is null
  union all
  select chain.party_id, further.survivor_id, chain.steps + 1
  from chain
  join party_merge further on further.absorbed_id = chain.survivor_id and further.undone_at is null
), farthest as (
  select distinct on (party_id) party_id, survivor_id from chain order by party_id, steps desc
)
select party.id as party_id, coalesce(farthest.survivor_id, party.id) as survivor_id
from party
left join farthest on farthest.party_id = party.id;

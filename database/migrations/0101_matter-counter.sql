-- Who stood at the counter where staff filled the draft in; with an account, draft and matter are theirs as well.
alter table matter_draft add column counter_name text, add column counter_account_id uuid;
create index matter_draft_counter on matter_draft (counter_account_id, saved_at desc)
  where counter_account_id is not null and submitted_at is null and discarded_at is null;

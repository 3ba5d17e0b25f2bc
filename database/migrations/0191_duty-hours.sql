-- Duty hours are changed from a day on, and what was planned for later may be taken back before it came into force: such a
-- row stays, with an end on the day of its beginning, so that what was once planned can still be read.

alter table bookable_duty drop constraint bookable_duty_check1;
alter table bookable_duty add constraint bookable_duty_span check (valid_to >= valid_from);

-- Two who change one person on duty or room at once: the second is told.
alter table bookable add column version integer not null default 1;

create index bookable_account on bookable (account_id) where account_id is not null;

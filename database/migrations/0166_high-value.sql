-- Who found that an invention meets a criterion, and who found that it no longer does (S46). What was loaded before this
-- migration has its source only.
alter table invention_criterion
  add column recorded_by text,
  add column ended_by text,
  add column end_reason text check (length(end_reason) between 2 and 2000);
create index invention_list on invention (granted_on desc, patent_number desc);

-- Every part of a table is asked on its own, and asking one costs more than the rows in it: when nothing was written for two minutes,
-- what an import has left in many parts is put together into one.
ALTER TABLE patent MODIFY SETTING min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;
ALTER TABLE patent_record MODIFY SETTING min_age_to_force_merge_seconds = 120, min_age_to_force_merge_on_partition_only = 1;

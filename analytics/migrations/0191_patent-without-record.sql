-- Records stand in `patent_record` since 0190; a migration of its own, so that the copy can be begun again until this one runs. The
-- digest stays here as well: what changed between two versions is told by comparing rows.
ALTER TABLE patent DROP COLUMN IF EXISTS record;

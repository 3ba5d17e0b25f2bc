-- What landscapes count that no file says: the fields of technology of WIPO's concordance, and the province of the address.
ALTER TABLE patent
    ADD COLUMN IF NOT EXISTS fields Array(UInt8),
    ADD COLUMN IF NOT EXISTS province LowCardinality(String);

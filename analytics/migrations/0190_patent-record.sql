-- The whole record of a document in each of its states, in its normal form (src/patents/record.rules.ts), by its number: what a list
-- shows and what an import compares is a handful of rows among millions, so the granules are small. Whether a state holds at a
-- data version is said by the rows of `patent` with the same number and `since`.
CREATE TABLE IF NOT EXISTS patent_record
(
    publication_number String CODEC(ZSTD(1)),
    since UInt32,
    -- Of the record without its source: the same facts again are not a change.
    digest UInt64,
    record String CODEC(ZSTD(3)),
    INDEX since_range since TYPE minmax GRANULARITY 64
)
ENGINE = MergeTree
ORDER BY (publication_number, since)
SETTINGS index_granularity = 32, min_compress_block_size = 16384, max_compress_block_size = 65536, non_replicated_deduplication_window = 1000;
TRUNCATE TABLE patent_record;
INSERT INTO patent_record SELECT publication_number, since, digest, record FROM patent;

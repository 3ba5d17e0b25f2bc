-- One row for every state in which a document has ever stood here. A row holds from the data version `since` up to, and not
-- including, `until`; the open end is the largest number. Who asks names a version of `patent_version` and reads
-- `since <= version AND until > version`: each key once, without FINAL, the same today and in ten years. A batch is written first
-- and becomes visible as a whole when its version is written; what a killed writer left behind is taken back by the next.
CREATE TABLE IF NOT EXISTS patent
(
    publication_number String CODEC(ZSTD(1)),
    keyed_by LowCardinality(String),
    application_number String CODEC(ZSTD(1)),
    number_state LowCardinality(String),
    -- Joins the documents of one application; empty where nothing sound is known.
    application_key String CODEC(ZSTD(1)),
    office LowCardinality(String),
    kind LowCardinality(String),
    right LowCardinality(String),
    stage LowCardinality(String),
    legal_status LowCardinality(String),
    legal_status_on Nullable(Date32),
    -- In Chinese where there is one, else as filed; every language is in `record`.
    title String CODEC(ZSTD(1)),
    title_en String CODEC(ZSTD(1)),
    filed_on Nullable(Date32),
    published_on Nullable(Date32),
    granted_on Nullable(Date32),
    applicants Array(LowCardinality(String)),
    applicant_countries Array(LowCardinality(String)),
    owners Array(LowCardinality(String)),
    inventors Array(LowCardinality(String)),
    agency LowCardinality(String),
    agency_code LowCardinality(String),
    attorneys Array(LowCardinality(String)),
    address String CODEC(ZSTD(1)),
    postcode LowCardinality(String),
    main_ipc LowCardinality(String),
    ipc Array(LowCardinality(String)),
    cpc Array(LowCardinality(String)),
    locarno Array(LowCardinality(String)),
    family_id String CODEC(ZSTD(1)),
    times_cited Nullable(UInt32),
    -- The whole record in its normal form (src/patents/record.rules.ts).
    record String CODEC(ZSTD(3)),
    -- Of the record without its source: the same facts again are not a change.
    digest UInt64,

    -- The order of "newest first": the day of filing, else of publication; unknown days come last.
    sort_on Date32 MATERIALIZED coalesce(filed_on, published_on, toDate32('1900-01-01')),
    -- Zero where the day is unknown.
    year UInt16 MATERIALIZED if(isNull(filed_on), 0, toYear(assumeNotNull(filed_on))),
    published_year UInt16 MATERIALIZED if(isNull(published_on), 0, toYear(assumeNotNull(published_on))),
    granted_year UInt16 MATERIALIZED if(isNull(granted_on), 0, toYear(assumeNotNull(granted_on))),
    section LowCardinality(String) MATERIALIZED substring(main_ipc, 1, 1),
    subclass LowCardinality(String) MATERIALIZED substring(main_ipc, 1, 4),
    subclasses Array(LowCardinality(String)) MATERIALIZED arrayDistinct(arrayMap(code -> substring(code, 1, 4), ipc)),
    -- Who has it as far as any file says: the owners, else those who applied.
    holders Array(LowCardinality(String)) MATERIALIZED if(empty(owners), applicants, owners),

    -- Normalised for searching (src/patents/text.rules.ts): titles ¶ abstracts ¶ claims ¶ names.
    search_text String CODEC(ZSTD(1)),
    title_tokens String CODEC(ZSTD(1)),
    tokens String CODEC(ZSTD(1)),
    -- Terms of single fields: `ipc=H01M`, `pa:电池` (a part of an applicant's name), `pa=…` (the whole of it).
    marks String CODEC(ZSTD(1)),
    title_length UInt16,

    since UInt32,
    until UInt32 DEFAULT 4294967295,

    INDEX title_tokens_text title_tokens TYPE text(tokenizer = splitByString([' '])),
    INDEX tokens_text tokens TYPE text(tokenizer = splitByString([' '])),
    INDEX marks_text marks TYPE text(tokenizer = splitByString([' ']))
)
ENGINE = MergeTree
ORDER BY (sort_on, publication_number, since)
SETTINGS index_granularity = 512, non_replicated_deduplication_window = 1000;

-- The data versions. The row of a version is written last and makes its batch visible.
CREATE TABLE IF NOT EXISTS patent_version
(
    version UInt32,
    at DateTime64(3, 'UTC'),
    inserted UInt32,
    updated UInt32
)
ENGINE = MergeTree
ORDER BY version;

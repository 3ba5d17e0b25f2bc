-- Who called which operation, with what outcome, how long it took and how much it gave: for load, abuse and audit
-- questions over many requests. The audit trail of single writes is in the ledger; nothing here identifies a person.
CREATE TABLE IF NOT EXISTS access_event
(
    at DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    request_id String CODEC(ZSTD(1)),
    operation LowCardinality(String),
    actor_kind LowCardinality(String),
    actor_roles Array(LowCardinality(String)),
    status UInt16,
    duration_ms Float32 CODEC(ZSTD(1)),
    bytes UInt64 CODEC(T64, ZSTD(1))
)
ENGINE = MergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (operation, at)
-- Thirteen months, so that a month can be held against the same month a year before; the law asks for six.
TTL toDateTime(at) + INTERVAL 400 DAY
-- A batch that is sent again because its acknowledgement was lost is stored once.
SETTINGS ttl_only_drop_parts = 1, non_replicated_deduplication_window = 1000;

-- Near duplicates are found by shingles and MinHash. The text of a document is its titles, abstracts and claims, normalised as for
-- searching, up to 4,000 characters; its shingles are the different runs of five characters, hashed. The hashes fall by their
-- five highest bits into 32 bins, and the smallest of each bin is a MinHash (one permutation, many bins). Two neighbouring
-- bins make a band: two texts of resemblance r share a band with a chance of r², and one of the sixteen with 1 − (1 − r²)¹⁶:
-- 94 % at 0.4, 99 % at 0.5. A text too short to fill both its bins has none. What reads it: near.store.ts.
ALTER TABLE patent
    ADD COLUMN IF NOT EXISTS near_bands Array(UInt64) MATERIALIZED
        arrayMap(hashes -> arrayFilter(band -> band != 0, arrayMap(
            (low, high) -> if(bitAnd(bitShiftRight(low, 59), 1) = 0 AND bitShiftRight(high, 59) = bitShiftRight(low, 59) + 1, cityHash64(low, high), 0),
            hashes, arrayShiftLeft(hashes, 1, toUInt64(0)))),
        arrayMap(sorted -> arrayFilter(
            (hash, before) -> bitShiftRight(hash, 59) != bitShiftRight(before, 59),
            sorted, arrayResize(arrayPushFront(sorted, bitNot(sorted[1])), length(sorted))),
        arrayMap(text -> arraySort(arrayDistinct(arrayMap(gram -> cityHash64(gram), ngrams(text, 5)))),
        [substringUTF8(arrayStringConcat(arraySlice(splitByString('¶', search_text), 1, 3), ' '), 1, 4000)])))[1];
ALTER TABLE patent MATERIALIZE COLUMN near_bands;

-- Candidate pairs of a search that is under way; a search drops its own when it ends.
CREATE TABLE IF NOT EXISTS patent_near_candidate
(
    run String,
    one UInt64,
    other UInt64
)
ENGINE = MergeTree
PARTITION BY run
ORDER BY (one, other);

import type { Analytics } from '#platform/analytics.ts'
import type { NearDuplicateRules } from '../zone/patent.rules.ts'
import { ALONE, type Condition, hasAny, visibleAt } from './condition.store.ts'
import type { DataVersion } from './corpus.store.ts'
import { COMPARED, type NearPair, SHINGLE } from './near.rules.ts'
import { mark } from './row.rules.ts'

/** What is held against what: everything of one applicant, of one agency, or of the whole corpus. */
export type NearScope =
  | { readonly kind: 'applicant' | 'agency'; readonly name: string }
  | { readonly kind: 'corpus' }

/** The shingles of a document as hashes; the bands of `patent.near_bands` are drawn from the same. */
const SHINGLES = `arrayDistinct(arrayMap(gram -> cityHash64(gram), ngrams(substringUTF8(arrayStringConcat(arraySlice(splitByString('¶', search_text), 1, 3), ' '), 1, ${COMPARED}), ${SHINGLE})))`
const ID = 'cityHash64(publication_number)'

/** What a person waits for, on the page of one document. */
export const NEAR_SECONDS = 10

const call = (part: string) => ({ tag: `patents.near.${part}`, limits: { seconds: NEAR_SECONDS } })

export interface Near {
  readonly publicationNumber: string
  readonly shared: number
  readonly size: number
}

export interface NearOf {
  /** Different shingles of the document itself. */
  readonly size: number
  readonly total: number
  readonly found: readonly Near[]
}

type Thresholds = Pick<NearDuplicateRules, 'near' | 'leastShingles'>

/** Every document of other applications that is as near to this one as the rule says, the nearest first. */
export async function findNearOf(
  analytics: Analytics,
  version: DataVersion,
  document: { readonly publicationNumber: string; readonly sortOn: string },
  { near, leastShingles }: Thresholds,
  limit: number,
): Promise<NearOf> {
  const visible = visibleAt(version)
  const [own] = await analytics.query<{ bands: string[]; shingles: string[]; key: string }>(
    `SELECT arrayMap(band -> toString(band), near_bands) AS bands, application_key AS key,
       arrayMap(hash -> toString(hash), ${SHINGLES}) AS shingles
     FROM patent PREWHERE (sort_on, publication_number) = ({day:Date32}, {number:String}) WHERE ${visible.sql} LIMIT 1`,
    { ...visible.parameters, day: document.sortOn, number: document.publicationNumber },
    call('own'),
  )
  const size = own?.shingles.length ?? 0
  if (own === undefined || size < leastShingles) return { size, total: 0, found: [] }
  const found = await analytics.query<Near & { total: number }>(
    `SELECT publicationNumber, shared, size, count() OVER () AS total FROM (
       SELECT publication_number AS publicationNumber, ${SHINGLES} AS hashes, length(hashes) AS size,
         length(arrayIntersect(hashes, {shingles:Array(UInt64)})) AS shared
       FROM patent PREWHERE hasAny(near_bands, {bands:Array(UInt64)})
       WHERE ${visible.sql} AND right != 'design' AND publication_number != {own:String}
         AND (application_key = '' OR application_key != {key:String}))
     WHERE size >= {least:UInt32} AND shared >= {near:Float64} * (size + {size:UInt32} - shared)
     ORDER BY shared / (size + {size:UInt32} - shared) DESC, publicationNumber LIMIT {limit:UInt32}`,
    {
      ...visible.parameters,
      bands: own.bands.map(BigInt),
      shingles: own.shingles.map(BigInt),
      own: document.publicationNumber,
      key: own.key,
      size,
      least: leastShingles,
      near,
      limit,
    },
    call('of'),
  )
  return {
    size,
    total: found[0]?.total ?? 0,
    found: found.map(({ total: _total, ...one }) => one),
  }
}

/** The documents of a scope that are held against each other: designs are pictures, their texts say next to nothing. */
function scopeCondition(version: DataVersion, scope: NearScope): Condition {
  const visible = visibleAt(version)
  const all = `${visible.sql} AND right != 'design' AND notEmpty(near_bands)`
  if (scope.kind === 'corpus') return { sql: all, parameters: visible.parameters }
  const fields = scope.kind === 'applicant' ? ['pa'] : ['ag', 'agc']
  return {
    sql: `${hasAny('marks', '{scope:Array(String)}')} AND ${all}`,
    parameters: { ...visible.parameters, scope: fields.map((field) => mark(field, scope.name)) },
  }
}

/** How many documents of a scope can be held against others. */
export async function countScope(
  analytics: Analytics,
  version: DataVersion,
  scope: NearScope,
): Promise<number> {
  const { sql, parameters } = scopeCondition(version, scope)
  const [row] = await analytics.query<{ documents: number }>(
    `SELECT count() AS documents FROM patent WHERE ${sql} ${ALONE}`,
    parameters,
    { tag: 'patents.near.scope', limits: { seconds: 60 } },
  )
  return row?.documents ?? 0
}

/** Beyond this a bucket is not paired out: each is held against the first and against its neighbour. */
const PAIRED_OUT = 60
const DOCUMENTS_A_SLICE = 300_000
const PAIRS_A_SLICE = 60_000
const MEMORY = 2 ** 31

export interface NearSearch {
  readonly run: string
  readonly version: DataVersion
  readonly scope: NearScope
  readonly rules: Thresholds
}

/**
 * All pairs of a scope that are as near as the rule says. Slice by slice, so that memory stays bounded however many documents
 * there are: bands first (who shares one is a candidate), then the texts of candidates. `progress` is told the share done.
 */
export async function findNearPairs(
  analytics: Analytics,
  search: NearSearch,
  documents: number,
  progress: (share: number) => Promise<void>,
): Promise<NearPair[]> {
  await dropCandidates(analytics, search.run)
  const slices = Math.min(16, Math.max(1, Math.ceil((documents * 4) / DOCUMENTS_A_SLICE)))
  for (let slice = 0; slice < slices; slice++) {
    await gatherCandidates(analytics, search, slices, slice)
    await progress((0.5 * (slice + 1)) / slices)
  }
  const candidates = await countCandidates(analytics, search.run)
  const parts = Math.max(1, Math.ceil(candidates / PAIRS_A_SLICE))
  const pairs: NearPair[] = []
  for (let part = 0; part < parts; part++) {
    pairs.push(...(await verify(analytics, search, parts, part)))
    await progress(0.5 + (0.5 * (part + 1)) / parts)
  }
  await dropCandidates(analytics, search.run)
  return pairs
}

function bulk(part: string) {
  return { tag: `patents.near.${part}`, limits: { seconds: 300, memoryBytes: MEMORY } }
}

function gatherCandidates(
  analytics: Analytics,
  { run, version, scope }: NearSearch,
  slices: number,
  slice: number,
): Promise<void> {
  const { sql, parameters } = scopeCondition(version, scope)
  return analytics.command(
    `INSERT INTO patent_near_candidate
     SELECT {run:String} AS run, pair.1 AS one, pair.2 AS other FROM (
       SELECT arrayJoin(arrayFlatten(arrayMap((id, at) -> arrayMap(next -> (id, next),
         arraySlice(ids, at + 1, if(at = 1 OR length(ids) <= ${PAIRED_OUT}, length(ids), 1))), ids, arrayEnumerate(ids)))) AS pair
       FROM (SELECT arraySort(groupArray(id)) AS ids FROM (
         SELECT ${ID} AS id, arrayJoin(arrayFilter(band -> band % {slices:UInt8} = {slice:UInt8}, near_bands)) AS band
         FROM patent WHERE ${sql})
       GROUP BY band HAVING length(ids) > 1))`,
    { ...parameters, run, slices, slice },
    bulk('bands'),
  )
}

async function countCandidates(analytics: Analytics, run: string): Promise<number> {
  const [row] = await analytics.query<{ candidates: number }>(
    'SELECT uniqExact(one, other) AS candidates FROM patent_near_candidate WHERE run = {run:String}',
    { run },
    bulk('candidates'),
  )
  return row?.candidates ?? 0
}

function verify(
  analytics: Analytics,
  { run, version, scope, rules }: NearSearch,
  parts: number,
  part: number,
): Promise<NearPair[]> {
  const { sql, parameters } = scopeCondition(version, scope)
  const chosen =
    'FROM patent_near_candidate WHERE run = {run:String} AND one % {parts:UInt32} = {part:UInt32}'
  const texts = (side: 'one' | 'other') =>
    `(SELECT ${ID} AS id, publication_number AS number, application_key AS key, ${SHINGLES} AS shingles
      FROM patent PREWHERE id IN (SELECT ${side} ${chosen}) WHERE ${sql})`
  return analytics.query<NearPair>(
    `SELECT least(a.number, b.number) AS one, greatest(a.number, b.number) AS other,
       length(arrayIntersect(a.shingles, b.shingles)) AS shared,
       length(if(a.number < b.number, a.shingles, b.shingles)) AS oneSize,
       length(if(a.number < b.number, b.shingles, a.shingles)) AS otherSize
     FROM (SELECT DISTINCT one, other ${chosen}) AS pair
     INNER JOIN ${texts('one')} AS a ON a.id = pair.one
     INNER JOIN ${texts('other')} AS b ON b.id = pair.other
     WHERE (a.key = '' OR a.key != b.key) AND least(length(a.shingles), length(b.shingles)) >= {least:UInt32}
       AND shared >= {near:Float64} * (oneSize + otherSize - shared)
     ORDER BY one, other`,
    { ...parameters, run, parts, part, least: rules.leastShingles, near: rules.near },
    bulk('verify'),
  )
}

/** What a search has left, or another of the same run before it. */
function dropCandidates(analytics: Analytics, run: string): Promise<void> {
  return analytics.command(
    'ALTER TABLE patent_near_candidate DROP PARTITION {run:String}',
    { run },
    bulk('drop'),
  )
}

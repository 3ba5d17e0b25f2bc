import type { Analytics } from '#platform/analytics.ts'
import {
  ALONE,
  type Condition,
  hasAll,
  piecesOfTerm,
  type Reading,
  titleConditionOf,
  visibleAt,
} from './condition.store.ts'
import { type DataVersion, unpacked } from './corpus.store.ts'
import type { Position } from './position.rules.ts'
import type { Query } from './query.rules.ts'
import type { PatentRecord } from './record.rules.ts'
import type { Piece } from './text.rules.ts'

export interface Hit {
  readonly key: string
  readonly position: Position
}

export interface Search {
  readonly version: DataVersion
  readonly query: Query | undefined
  readonly condition: Condition
  readonly reading: Reading
}

/** Beyond this a person has gone elsewhere; the store stops the query and the answer says so. */
export const SEARCH_SECONDS = 10
const call = (part: string) => ({ tag: `patents.search.${part}`, limits: { seconds: SEARCH_SECONDS } })

/** How many documents a search finds; exact. */
export async function countHits(analytics: Analytics, { version, condition }: Search): Promise<number> {
  const visible = visibleAt(version)
  const [row] = await analytics.query<{ total: number }>(
    `SELECT count() AS total FROM patent WHERE ${condition.sql} AND ${visible.sql} ${ALONE}`,
    { ...condition.parameters, ...visible.parameters },
    call('count'),
  )
  return row?.total ?? 0
}

interface Asking extends Condition {
  readonly analytics: Analytics
}

function asking(analytics: Analytics, { version, condition }: Search, more?: Condition): Asking {
  const visible = visibleAt(version)
  return {
    analytics,
    sql: [condition.sql, more?.sql, visible.sql].filter((part) => part !== undefined).join(' AND '),
    parameters: { ...condition.parameters, ...more?.parameters, ...visible.parameters },
  }
}

const newestFirst = 'sort_on DESC, publication_number DESC'

/** Newest first: by day of filing (else of publication), then by number, both falling. */
export async function findNewest(
  analytics: Analytics,
  search: Search,
  {
    after,
    limit,
    tier = 'newest',
  }: { readonly after?: Before | undefined; readonly limit: number; readonly tier?: 'newest' | 'rest' },
  more?: Condition,
): Promise<Hit[]> {
  const { sql, parameters } = asking(analytics, search, more)
  const rows = await analytics.query<{ key: string; day: string }>(
    `SELECT publication_number AS key, sort_on AS day FROM patent
     WHERE ${sql} ${after === undefined ? '' : 'AND (sort_on, publication_number) < ({day:Date32}, {key:String})'}
     ORDER BY ${newestFirst} LIMIT {limit:UInt32} ${ALONE}`,
    { ...parameters, ...after, limit },
    call('newest'),
  )
  return rows.map(({ key, day }) => ({ key, position: { tier, day, key } }))
}

interface Before {
  readonly day: string
  readonly key: string
}

/** How many of the newest that say it elsewhere than in the title are weighed by what their titles do say. */
export const WEIGHED = 2000

/**
 * The most relevant first, in three steps, each asked only when the one before leaves room. First what says all of it in the title,
 * the shortest title first. Then, of the newest 2,000 others, by how rare those terms are that stand in the title.
 * Then the rest. Equals stand newest first. The order depends on the data version and on nothing else.
 */
export async function findRelevant(
  analytics: Analytics,
  search: Search & { readonly query: Query },
  { after, limit }: { readonly after?: Position | undefined; readonly limit: number },
): Promise<Hit[]> {
  const title = titleConditionOf(search.query, search.reading)
  const others = { sql: `NOT (${title.sql})`, parameters: title.parameters }
  const hits: Hit[] = []
  if (after === undefined || after.tier === 'title')
    hits.push(...(await findByTitle(analytics, search, title, { after, limit })))
  if (hits.length >= limit) return hits
  if (after?.tier !== 'rest' && after?.tier !== 'newest') {
    const room = limit - hits.length
    hits.push(...(await findWeighed(analytics, search, others, { after, limit: room })))
  }
  if (hits.length >= limit) return hits
  // Asked last: a first page is nearly always full before anybody needs to know where the weighed ones end.
  const edge = await findEdge(analytics, search, others)
  if (edge === undefined) return hits
  const start = after?.tier === 'rest' ? after : edge
  const rest = await findNewest(
    analytics,
    search,
    { after: { day: start.day, key: start.key }, limit: limit - hits.length, tier: 'rest' },
    others,
  )
  return [...hits, ...rest]
}

interface Span {
  readonly after: Position | undefined
  readonly limit: number
}

async function findByTitle(
  analytics: Analytics,
  search: Search,
  title: Condition,
  { after, limit }: Span,
): Promise<Hit[]> {
  const { sql, parameters } = asking(analytics, search, title)
  const behind = after?.tier === 'title' ? after : undefined
  const rows = await analytics.query<{ key: string; day: string; length: number }>(
    `SELECT publication_number AS key, sort_on AS day, title_length AS length FROM patent
     WHERE ${sql} ${behind === undefined ? '' : `AND (length > {length:UInt16} OR length = {length:UInt16} AND (sort_on, publication_number) < ({day:Date32}, {key:String}))`}
     ORDER BY length, ${newestFirst} LIMIT {limit:UInt32} ${ALONE}`,
    { ...parameters, ...(behind && { length: behind.length, day: behind.day, key: behind.key }), limit },
    call('title'),
  )
  return rows.map(({ key, day, length }) => ({ key, position: { tier: 'title', length, day, key } }))
}

/** The last of those that are weighed; undefined when there are not so many. */
async function findEdge(
  analytics: Analytics,
  search: Search,
  others: Condition,
): Promise<Before | undefined> {
  const { sql, parameters } = asking(analytics, search, others)
  const [edge] = await analytics.query<Before>(
    `SELECT sort_on AS day, publication_number AS key FROM patent WHERE ${sql}
     ORDER BY ${newestFirst} LIMIT 1 OFFSET ${WEIGHED - 1} ${ALONE}`,
    parameters,
    call('edge'),
  )
  return edge
}

async function findWeighed(
  analytics: Analytics,
  search: Search & { readonly query: Query },
  others: Condition,
  { after, limit }: Span,
): Promise<Hit[]> {
  const { sql, parameters } = asking(analytics, search, others)
  const behind = after?.tier === 'scored' ? after : undefined
  const weights = await weighTokens(analytics, search)
  const rows = await analytics.query<{ key: string; day: string; score: number }>(
    `SELECT key, day, score FROM (
       SELECT publication_number AS key, sort_on AS day,
         arraySum((token, weight) -> if(has(splitByChar(' ', title_tokens), token), weight, 0), {tokens:Array(String)}, {weights:Array(UInt32)}) AS score
       FROM patent WHERE ${sql} ORDER BY ${newestFirst} LIMIT ${WEIGHED})
     ${behind === undefined ? '' : 'WHERE score < {score:UInt64} OR score = {score:UInt64} AND (day, key) < ({day:Date32}, {key:String})'}
     ORDER BY score DESC, day DESC, key DESC LIMIT {limit:UInt32} ${ALONE}`,
    {
      ...parameters,
      tokens: weights.map(({ token }) => token),
      weights: weights.map(({ weight }) => weight),
      ...(behind && { score: behind.score, day: behind.day, key: behind.key }),
      limit,
    },
    call('weighed'),
  )
  return rows.map(({ key, day, score }) => ({ key, position: { tier: 'scored', score, day, key } }))
}

/** A term weighs more the fewer titles have it: a thousand times the natural logarithm of the share of titles without it. */
async function weighTokens(analytics: Analytics, { query, version }: Search & { readonly query: Query }) {
  const tokens = [...new Set(positivePieces(query).flatMap((piece) => piece.tokens))].slice(0, 24)
  if (tokens.length < 2) return tokens.map((token) => ({ token, weight: 1 }))
  const visible = visibleAt(version)
  const counts = tokens.map((_, at) => `countIf(${hasAll('title_tokens', `{w${at}:Array(String)}`)})`)
  const [row] = await analytics.query<{ all: number; found: number[] }>(
    `SELECT count() AS all, [${counts.join(', ')}] AS found FROM patent WHERE ${visible.sql} ${ALONE}`,
    { ...visible.parameters, ...Object.fromEntries(tokens.map((token, at) => [`w${at}`, [token]])) },
    call('weights'),
  )
  const { all = 0, found = [] } = row ?? {}
  return tokens.map((token, at) => ({
    token,
    weight: Math.round(1000 * Math.log((all + 1) / ((found[at] ?? 0) + 1))),
  }))
}

/** What a query asks to be found in words, leaving out what it excludes. */
export function positivePieces(query: Query): Piece[] {
  if (query.kind === 'and' || query.kind === 'or') return query.of.flatMap(positivePieces)
  if (query.kind !== 'term') return []
  return query.field === undefined || query.field.kind === 'text' ? [...piecesOfTerm(query)] : []
}

/** The records of hits, in their order. */
export async function findHitRecords(
  analytics: Analytics,
  version: DataVersion,
  hits: readonly Hit[],
): Promise<PatentRecord[]> {
  if (hits.length === 0) return []
  const visible = visibleAt(version)
  const rows = await analytics.query<{ key: string; record: string }>(
    `SELECT publication_number AS key, record FROM patent
     PREWHERE (sort_on, publication_number) IN arrayZip({days:Array(Date32)}, {keys:Array(String)}) WHERE ${visible.sql}`,
    {
      ...visible.parameters,
      days: hits.map(({ position }) => position.day),
      keys: hits.map(({ key }) => key),
    },
    call('records'),
  )
  const records = new Map(rows.map(({ key, record }) => [key, record]))
  return hits.flatMap(({ key }) => {
    const record = records.get(key)
    return record === undefined ? [] : [unpacked(record)]
  })
}

/** Facets of a list: how many of its documents have each value, so that each can be opened as a list of its own. */
export const FACETS = {
  right: { column: 'right', many: false },
  status: { column: 'legal_status', many: false },
  year: { column: 'year', many: false },
  subclass: { column: 'subclasses', many: true },
  applicant: { column: 'applicants', many: true },
} as const
export type FacetName = keyof typeof FACETS

export async function countFacet(analytics: Analytics, search: Search, name: FacetName) {
  const { column, many } = FACETS[name]
  const { sql, parameters } = asking(analytics, search)
  return analytics.query<{ value: string; count: number }>(
    `SELECT toString(${many ? `arrayJoin(arrayDistinct(${column}))` : column}) AS value, count() AS count FROM patent
     WHERE ${sql} GROUP BY value HAVING value NOT IN ('', '0') ORDER BY ${name === 'year' ? 'value DESC' : 'count DESC, value'} LIMIT 12 ${ALONE}`,
    parameters,
    call(`facet.${name}`),
  )
}

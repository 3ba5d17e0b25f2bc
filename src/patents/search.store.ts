import type { Analytics } from '#platform/analytics.ts'
import { type Condition, type Reading, settingsFor, visibleAt } from './condition.store.ts'
import type { DataVersion } from './corpus.store.ts'
import type { Position } from './position.rules.ts'
import type { Query } from './query.rules.ts'
import type { StateKey } from './record.store.ts'

export interface Hit extends StateKey {
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
export const call = (part: string) => ({ tag: `patents.search.${part}`, limits: { seconds: SEARCH_SECONDS } })

/** How many documents a search finds; exact. */
export async function countHits(analytics: Analytics, { version, condition }: Search): Promise<number> {
  const visible = visibleAt(version)
  const [row] = await analytics.query<{ total: number }>(
    `SELECT count() AS total FROM patent WHERE ${condition.sql} AND ${visible.sql} ${settingsFor(condition.sql)}`,
    { ...condition.parameters, ...visible.parameters },
    call('count'),
  )
  return row?.total ?? 0
}

export function asking({ version, condition }: Search, more?: Condition): Condition {
  const visible = visibleAt(version)
  return {
    sql: [condition.sql, more?.sql, visible.sql].filter((part) => part !== undefined).join(' AND '),
    parameters: { ...condition.parameters, ...more?.parameters, ...visible.parameters },
  }
}

export const NEWEST_FIRST = 'sort_on DESC, publication_number DESC'
export const STATE = 'publication_number AS key, since, sort_on AS day'

/** The beginning of a list: in which version of the data, how many there are in all, and the first of them. */
export interface Beginning {
  readonly version: DataVersion
  readonly total: number
  readonly hits: readonly Hit[]
}

export type Unversioned = Omit<Search, 'version'>

/** The version that is asked for is the last one, which the same statement finds out: one way to the store instead of three. */
export const AT_HEAD = 'since <= head AND until > head'
export const HEAD = '(SELECT max(version) FROM patent_version) AS head'

/**
 * The newest, as `findNewest`. One pass counts what is found and learns how new the last of the page is, a second one reads no
 * further back than that.
 */
export async function openNewest(
  analytics: Analytics,
  { condition: { sql, parameters } }: Unversioned,
  limit: number,
): Promise<Beginning> {
  const [row] = await analytics.query<OpenedRow<[string, number, string]>>(
    `WITH ${HEAD}, (SELECT (count(), groupArraySorted(${Math.trunc(limit)})(-toInt32(sort_on))) FROM patent WHERE ${sql} AND ${AT_HEAD}) AS found
     SELECT head AS version, found.1 AS total, groupArray((key, since, day)) AS page FROM (
       SELECT ${STATE} FROM patent WHERE ${sql} AND ${AT_HEAD} AND sort_on >= toDate32(-arrayElement(found.2, -1))
       ORDER BY ${NEWEST_FIRST} LIMIT {limit:UInt32}) ${settingsFor(sql)}`,
    { ...parameters, limit },
    call('newest'),
  )
  return beginning(row, ([key, since, day]) => ({ key, since, position: { tier: 'newest', day, key } }))
}

export interface OpenedRow<Entry> {
  readonly version: number
  readonly total: number
  readonly page: readonly Entry[]
}

export function beginning<Entry>(row: OpenedRow<Entry> | undefined, hitOf: (entry: Entry) => Hit): Beginning {
  const { version = 0, total = 0, page = [] } = row ?? {}
  return { version, total, hits: page.map(hitOf) }
}

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
  const { sql, parameters } = asking(search, more)
  const rows = await analytics.query<StateRow>(
    `SELECT ${STATE} FROM patent
     WHERE ${sql} ${after === undefined ? '' : 'AND (sort_on, publication_number) < ({day:Date32}, {key:String})'}
     ORDER BY ${NEWEST_FIRST} LIMIT {limit:UInt32} ${settingsFor(sql)}`,
    { ...parameters, ...after, limit },
    call('newest'),
  )
  return rows.map(({ key, since, day }) => ({ key, since, position: { tier, day, key } }))
}

export interface Before {
  readonly day: string
  readonly key: string
}

export interface StateRow extends Before {
  readonly since: DataVersion
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
  const { sql, parameters } = asking(search)
  return analytics.query<{ value: string; count: number }>(
    `SELECT toString(${many ? `arrayJoin(arrayDistinct(${column}))` : column}) AS value, count() AS count FROM patent
     WHERE ${sql} GROUP BY value HAVING value NOT IN ('', '0') ORDER BY ${name === 'year' ? 'value DESC' : 'count DESC, value'} LIMIT 12 ${settingsFor(sql)}`,
    parameters,
    call(`facet.${name}`),
  )
}

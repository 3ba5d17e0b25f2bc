/** The order "most relevant first": what it means, and how a page of it is found. */
import type { Analytics } from '#platform/analytics.ts'
import { type Condition, hasAll, piecesOfTerm, settingsFor, titleConditionOf } from './condition.store.ts'
import type { Position } from './position.rules.ts'
import type { Query } from './query.rules.ts'
import {
  asking,
  AT_HEAD,
  type Before,
  type Beginning,
  beginning,
  call,
  findNewest,
  HEAD,
  type Hit,
  NEWEST_FIRST,
  type OpenedRow,
  type Search,
  STATE,
  type StateRow,
  type Unversioned,
} from './search.store.ts'
import type { Piece } from './text.rules.ts'
import { weighTokens } from './weight.store.ts'

/** The most relevant, as `findRelevant`. Most pages are full of what says all of it in the title. */
export async function openRelevant(
  analytics: Analytics,
  search: Unversioned & { readonly query: Query },
  limit: number,
): Promise<Beginning> {
  const { sql, parameters } = search.condition
  const title = titleConditionOf(search.query, search.reading)
  const [row] = await analytics.query<OpenedRow<[string, number, string, number]>>(
    `WITH ${HEAD}, (SELECT count() FROM patent WHERE ${sql} AND ${AT_HEAD}) AS total
     SELECT head AS version, total, groupArray((key, since, day, length)) AS page FROM (
       SELECT ${STATE}, title_length AS length FROM patent WHERE ${sql} AND ${title.sql} AND ${AT_HEAD}
       ORDER BY length, ${NEWEST_FIRST} LIMIT {limit:UInt32}) ${settingsFor(sql)}`,
    { ...parameters, ...title.parameters, limit },
    call('title'),
  )
  const { version, total, hits } = beginning(row, ([key, since, day, length]) => ({
    key,
    since,
    position: { tier: 'title', length, day, key },
  }))
  const more = await behindTitles(analytics, { ...search, version }, { after: undefined, limit, total, hits })
  return { version, total, hits: [...hits, ...more] }
}

/** How many of the newest that say it elsewhere than in the title are weighed by what their titles do say. */
const WEIGHED = 2000

/**
 * The most relevant first, in three steps, each asked only when the one before leaves room. First what says all of it in the title,
 * the shortest title first. Then, of the newest 2,000 others, by how rare those terms are that stand in the title.
 * Then the rest. Equals stand newest first. The order depends on the data version and on nothing else.
 */
export async function findRelevant(
  analytics: Analytics,
  search: Search & { readonly query: Query },
  { after, limit, total }: Span & { readonly total: number },
): Promise<Hit[]> {
  const title = titleConditionOf(search.query, search.reading)
  const inTitles = after === undefined || after.tier === 'title'
  const hits = inTitles ? await findByTitle(analytics, search, title, { after, limit }) : []
  return [...hits, ...(await behindTitles(analytics, search, { after, limit, total, hits }))]
}

/** The second and the third step, as far as `hits` of the first have left room. */
async function behindTitles(
  analytics: Analytics,
  search: Search & { readonly query: Query },
  { after, limit, total, hits }: Span & { readonly total: number; readonly hits: readonly Hit[] },
): Promise<Hit[]> {
  const room = limit - hits.length
  if (room <= 0 || (after === undefined && hits.length >= total)) return []
  const title = titleConditionOf(search.query, search.reading)
  const others = { sql: `NOT (${title.sql})`, parameters: title.parameters }
  const inRest = after?.tier === 'rest' || after?.tier === 'newest'
  const weighed = inRest ? [] : await findWeighed(analytics, search, others, { after, limit: room })
  if (weighed.length >= room || total <= WEIGHED) return weighed
  // Asked last: a first page is nearly always full before anybody needs to know where the weighed ones end.
  const edge = await findEdge(analytics, search, others)
  if (edge === undefined) return weighed
  const start = after?.tier === 'rest' ? after : edge
  const rest = await findNewest(
    analytics,
    search,
    { after: { day: start.day, key: start.key }, limit: room - weighed.length, tier: 'rest' },
    others,
  )
  return [...weighed, ...rest]
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
  const { sql, parameters } = asking(search, title)
  const behind = after?.tier === 'title' ? after : undefined
  const rows = await analytics.query<StateRow & { length: number }>(
    `SELECT ${STATE}, title_length AS length FROM patent
     WHERE ${sql} ${behind === undefined ? '' : `AND (length > {length:UInt16} OR length = {length:UInt16} AND (sort_on, publication_number) < ({day:Date32}, {key:String}))`}
     ORDER BY length, ${NEWEST_FIRST} LIMIT {limit:UInt32} ${settingsFor(sql)}`,
    { ...parameters, ...(behind && { length: behind.length, day: behind.day, key: behind.key }), limit },
    call('title'),
  )
  return rows.map(({ key, since, day, length }) => ({
    key,
    since,
    position: { tier: 'title', length, day, key },
  }))
}

/** The last of those that are weighed; undefined when there are not so many. */
async function findEdge(
  analytics: Analytics,
  search: Search,
  others: Condition,
): Promise<Before | undefined> {
  const { sql, parameters } = asking(search, others)
  const [edge] = await analytics.query<Before>(
    `SELECT sort_on AS day, publication_number AS key FROM patent WHERE ${sql}
     ORDER BY ${NEWEST_FIRST} LIMIT 1 OFFSET ${WEIGHED - 1} ${settingsFor(sql)}`,
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
  const { sql, parameters } = asking(search, others)
  const behind = after?.tier === 'scored' ? after : undefined
  const tokens = [...new Set(positivePieces(search.query).flatMap((piece) => piece.tokens))].slice(0, 24)
  // Where there is one term, nobody else has it in the title and there is nothing to weigh it against.
  const weights = tokens.length < 2 ? [] : await weighTokens(analytics, search.version, tokens)
  const each = weights.map(
    (_, at) => `if(${hasAll('title_tokens', `{w${at}:Array(String)}`)}, {s${at}:UInt64}, 0)`,
  )
  const rows = await analytics.query<StateRow & { score: number }>(
    `SELECT key, since, day, score FROM (
       SELECT ${STATE}, ${each.length === 0 ? 'toUInt64(0)' : each.join(' + ')} AS score
       FROM patent WHERE ${sql} ORDER BY ${NEWEST_FIRST} LIMIT ${WEIGHED})
     ${behind === undefined ? '' : 'WHERE score < {score:UInt64} OR score = {score:UInt64} AND (day, key) < ({day:Date32}, {key:String})'}
     ORDER BY score DESC, day DESC, key DESC LIMIT {limit:UInt32} ${settingsFor(sql)}`,
    {
      ...parameters,
      ...Object.fromEntries(
        weights.flatMap(({ token, weight }, at) => [
          [`w${at}`, [token]],
          [`s${at}`, weight],
        ]),
      ),
      ...(behind && { score: behind.score, day: behind.day, key: behind.key }),
      limit,
    },
    call('weighed'),
  )
  return rows.map(({ key, since, day, score }) => ({
    key,
    since,
    position: { tier: 'scored', score, day, key },
  }))
}

/** What a query asks to be found in words, leaving out what it excludes. */
function positivePieces(query: Query): Piece[] {
  if (query.kind === 'and' || query.kind === 'or') return query.of.flatMap(positivePieces)
  if (query.kind !== 'term') return []
  return query.field === undefined || query.field.kind === 'text' ? [...piecesOfTerm(query)] : []
}

import { createHash } from 'node:crypto'
import { type RawBuilder, sql } from 'kysely'
import type { Analytics } from '#platform/analytics.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { ZoneProfile } from '../zone/rules.ts'
import { type Cell, type Difference, type Reader, SCOPES, type Scope, type Share } from './analysis.rules.ts'
import { call, type Condition, renamed } from './landscape.store.ts'

/** What of the zone's profile decides what is counted. */
export type ZoneWords = Pick<ZoneProfile, 'industries' | 'industryPatents' | 'region'>

export interface AnalysisRow {
  readonly id: string
  readonly ownerId: string
  readonly ownerName: string
  readonly name: string
  readonly share: Share
  readonly organisationId: string | null
  readonly organisationName: string | null
  readonly cells: Cell[]
  readonly dataVersion: number
  readonly ownerVersion: number
  readonly asOf: string
  readonly knownAt: string
  readonly wordsHash: string
  readonly copiedFrom: string | null
  readonly version: number
  readonly createdAt: Date
  readonly changedAt: Date
  readonly deletedAt: Date | null
}

const columns = sql`analysis.id, analysis.owner_id, analysis.owner_name, analysis.name, analysis.share,
  analysis.organisation_id, party.name as organisation_name, analysis.cells, analysis.data_version,
  analysis.owner_version, analysis.as_of,
  to_char(analysis.known_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as known_at,
  analysis.words_hash, analysis.copied_from, analysis.version, analysis.created_at, analysis.changed_at,
  analysis.deleted_at`
const tables = sql`saved_analysis analysis left join party on party.id = analysis.organisation_id`

/** The moment by the clock that stamps deals. */
export async function momentOf(db: Db): Promise<string> {
  const { rows } = await sql<{ moment: string }>`
    select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as moment`.execute(
    db,
  )
  return rows[0]!.moment
}

/** Keeps the words of the zone, once for as many analyses as were counted by them, and answers their hash. */
export async function keepWords(tx: Tx, { industries, industryPatents, region }: ZoneWords): Promise<string> {
  const words = JSON.stringify({ industries, industryPatents, region })
  const hash = createHash('sha256').update(words).digest('hex')
  await sql`insert into analysis_words (hash, words) values (${hash}, ${words}::jsonb)
    on conflict (hash) do nothing`.execute(tx)
  return hash
}

export async function getWords(db: Db, hash: string): Promise<ZoneWords> {
  const row = await db
    .selectFrom('analysisWords')
    .select('words')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow()
  return row.words as unknown as ZoneWords
}

export async function findAnalysis(db: Db, id: string): Promise<AnalysisRow | undefined> {
  const { rows } = await sql<AnalysisRow>`select ${columns} from ${tables} where analysis.id = ${id}`.execute(
    db,
  )
  return rows[0]
}

export async function lockAnalysis(tx: Tx, id: string): Promise<AnalysisRow | undefined> {
  const { rows } = await sql<AnalysisRow>`
    select ${columns} from ${tables} where analysis.id = ${id} for update of analysis`.execute(tx)
  return rows[0]
}

export type NewAnalysis = Pick<
  AnalysisRow,
  | 'ownerId'
  | 'ownerName'
  | 'name'
  | 'cells'
  | 'dataVersion'
  | 'ownerVersion'
  | 'asOf'
  | 'knownAt'
  | 'wordsHash'
  | 'copiedFrom'
>

export async function insertAnalysis(tx: Tx, row: NewAnalysis, now: Date): Promise<string> {
  const { id } = await tx
    .insertInto('savedAnalysis')
    .values({
      ...row,
      cells: JSON.stringify(row.cells),
      asOf: row.asOf as never,
      knownAt: row.knownAt,
      createdAt: now,
      changedAt: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function changeAnalysis(
  tx: Tx,
  id: string,
  change: {
    readonly name?: string
    readonly cells?: readonly Cell[]
    readonly share?: Share
    readonly organisationId?: string | null
    readonly deletedAt?: Date | null
  },
  now: Date,
): Promise<void> {
  const { cells, ...plain } = change
  await tx
    .updateTable('savedAnalysis')
    .set((row) => ({
      ...plain,
      ...(cells !== undefined && { cells: JSON.stringify(cells) }),
      changedAt: now,
      version: row('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export type ListedAnalysis = Omit<AnalysisRow, 'cells'> & { readonly questions: number }

/** Analyses that a reader sees, the last changed first, with how many there are in each scope. */
export async function listAnalyses(
  db: Db,
  reader: Reader,
  { scope, skip, limit }: { readonly scope: Scope; readonly skip: number; readonly limit: number },
) {
  const { rows: counted } = await sql<Record<Scope, number>>`
    select ${sql.join(
      SCOPES.map((one) => sql`count(*) filter (where ${scopeOf(one, reader)}) as ${sql.ref(one)}`),
      sql`, `,
    )} from saved_analysis analysis`.execute(db)
  const { rows } = await sql<ListedAnalysis>`
    select ${columns}, (select count(*) from jsonb_array_elements(analysis.cells) cell
      where cell->>'kind' = 'question') as questions
    from ${tables} where ${scopeOf(scope, reader)}
    order by analysis.changed_at desc, analysis.id desc limit ${limit} offset ${skip}`.execute(db)
  return { counts: counted[0]!, rows }
}

function scopeOf(scope: Scope, { accountId, organisationIds, staff }: Reader): RawBuilder<unknown> {
  const mine = accountId === null ? sql`false` : sql`analysis.owner_id = ${accountId}::uuid`
  const standing = sql`analysis.deleted_at is null`
  switch (scope) {
    case 'mine':
      return sql`(${mine} and ${standing})`
    case 'deleted':
      return sql`(${mine} and analysis.deleted_at is not null)`
    case 'public':
      return sql`(analysis.share = 'public' and ${standing})`
    case 'shared':
      return sql`(${standing} and not (${mine}) and (
        (analysis.share = 'staff' and ${staff})
        or (analysis.share = 'organisation' and analysis.organisation_id = any(${[...organisationIds]}::uuid[]))))`
  }
}

export async function countMine(db: Db, ownerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from saved_analysis where owner_id = ${ownerId}::uuid and deleted_at is null`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

export type DifferenceCounts = Record<Difference, number>

/**
 * Documents for which one condition holds and not the other. Rows that both see are the same state of a document and are
 * left out before anything is grouped, so that a difference costs what has changed and not what there is.
 */
function differing(before: Condition, after: Condition): Condition {
  const one = renamed(before, 'before_')
  const other = renamed(after, 'after_')
  const facts = 'publication_number, title, title_en, legal_status, sort_on, toString(digest) AS state'
  return {
    sql: `SELECT publication_number, argMax(title, side) AS title, argMax(title_en, side) AS title_en,
        argMax(legal_status, side) AS legal_status,
        multiIf(min(side) = 2, 'came', max(side) = 1, 'left', 'changed') AS difference
      FROM (
        SELECT ${facts}, 1 AS side FROM patent WHERE ${one.sql} AND NOT ifNull(${other.sql}, 0)
        UNION ALL
        SELECT ${facts}, 2 AS side FROM patent WHERE ${other.sql} AND NOT ifNull(${one.sql}, 0)
      ) GROUP BY publication_number HAVING difference != 'changed' OR uniqExact(state) > 1`,
    parameters: { ...one.parameters, ...other.parameters },
  }
}

export async function countDifferences(
  analytics: Analytics,
  before: Condition,
  after: Condition,
): Promise<DifferenceCounts> {
  const { sql: all, parameters } = differing(before, after)
  const rows = await analytics.query<{ difference: Difference; count: number }>(
    `SELECT difference, count() AS count FROM (${all}) GROUP BY difference`,
    parameters,
    call('differences'),
  )
  const counts = { came: 0, left: 0, changed: 0 }
  for (const { difference, count } of rows) counts[difference] = count
  return counts
}

export interface DifferingDocument {
  readonly publicationNumber: string
  readonly title: string
  readonly titleEn: string
  readonly status: string
}

/** Documents of one kind of difference, by their number. */
export async function listDifferences(
  analytics: Analytics,
  [before, after]: readonly [Condition, Condition],
  {
    kind,
    after: place,
    limit,
  }: { readonly kind: Difference; readonly after: string; readonly limit: number },
): Promise<DifferingDocument[]> {
  const { sql: all, parameters } = differing(before, after)
  return analytics.query<DifferingDocument>(
    `SELECT publication_number AS publicationNumber, title, title_en AS titleEn, legal_status AS status FROM (${all})
     WHERE difference = {kind:String} AND publication_number > {place:String}
     ORDER BY publication_number LIMIT {limit:UInt32}`,
    { ...parameters, kind, place, limit },
    call('differing'),
  )
}

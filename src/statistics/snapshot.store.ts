import { sql, type RawBuilder } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'
import type { Span } from './declare.ts'
import { rowsOf, type CountedPart, type RecordItem } from './part.store.ts'

export const findSnapshot = (db: Db, id: string) =>
  snapshotRows(db, sql<boolean>`s.id = ${id}`).then(([found]) => found)

export interface SnapshotRow {
  readonly id: string
  readonly asOf: string
  readonly title: string
  readonly zoneVersion: string
  readonly digest: string
  readonly entryId: string
  readonly takenAt: Date
  readonly figures: number
  readonly restatements: number
}

export async function snapshotRows(
  db: Db,
  where: RawBuilder<boolean> = sql<boolean>`true`,
): Promise<readonly SnapshotRow[]> {
  const { rows } = await sql<SnapshotRow>`
    select s.id, s.as_of, s.title, s.zone_version, s.digest, s.entry_id, s.taken_at,
      (select count(*) from snapshot_figure f where f.snapshot_id = s.id and f.revision = 0) as figures,
      (select count(*) from restatement r where r.snapshot_id = s.id) as restatements
    from snapshot s where ${where} order by s.as_of desc, s.taken_at desc, s.id desc limit 1000`.execute(db)
  return rows
}

/** The latest snapshot whose day is not after `asOf`. */
export async function latestSnapshot(db: Db, asOf: string): Promise<SnapshotRow | undefined> {
  const [latest] = await snapshotRows(db, sql<boolean>`s.as_of <= ${asOf}`)
  return latest
}

export async function insertSnapshot(
  tx: Tx,
  snapshot: {
    id: string
    asOf: string
    title: string
    zoneVersion: string
    digest: string
    entryId: string
    takenBy: string
    takenAt: Date
  },
): Promise<void> {
  await tx.insertInto('snapshot').values(snapshot).execute()
}

export interface NewFigure {
  readonly id: string
  readonly snapshotId: string
  readonly code: string
  readonly revision: number
  readonly definitionVersion: number
  readonly value: number | null
  readonly described: unknown
  readonly salt: string
  readonly digest: string
}

export async function insertFigure(tx: Tx, figure: NewFigure): Promise<void> {
  await tx
    .insertInto('snapshotFigure')
    .values({ ...figure, described: JSON.stringify(figure.described) })
    .execute()
}

export interface NewPart {
  readonly figureId: string
  readonly part: string
  readonly kind: string
  readonly value: number | null
  readonly items: number
  readonly records: number
  readonly query: string | null
  readonly parameters: unknown
  readonly stated: unknown
  readonly digest: string
}

export async function insertPart(tx: Tx, part: NewPart): Promise<void> {
  const parameters = part.parameters === null ? null : JSON.stringify(part.parameters)
  const stated = part.stated === null ? null : JSON.stringify(part.stated)
  await tx
    .insertInto('snapshotPart')
    .values({ ...part, parameters, stated })
    .execute()
}

const field = (expression: RawBuilder<unknown>) =>
  sql`coalesce(octet_length(${expression}) || ':' || ${expression}, '-')`

/** Party and amount of a row, where its kind has them. */
function keyColumns(kind: CountedPart['kind']) {
  return {
    party: kind === 'count' ? sql`null::text` : sql`r.party_id::text`,
    amount: kind === 'sum' ? sql`r.amount::bigint` : sql`null::bigint`,
    counted: kind === 'countDistinct' ? sql`r.party_id is not null` : sql`true`,
  }
}

/** Copies the rows that the part counts at this moment, without leaving the database. */
export async function freezeRows(
  tx: Tx,
  figureId: string,
  name: string,
  part: CountedPart,
  span: Span,
): Promise<void> {
  const { party, amount, counted } = keyColumns(part.kind)
  const line = sql.join(
    [sql`record_id`, sql`label`, sql`occurred_on::text`, sql`party_id`, sql`amount::text`].map(field),
    sql` || `,
  )
  await sql`
    insert into snapshot_record (figure_id, part, record_id, label, occurred_on, party_id, amount, digest)
    select ${figureId}::uuid, ${name}::text, record_id, label, occurred_on, party_id, amount, sha256(convert_to(${line}, 'UTF8'))
    from (
      select r.record_id::text as record_id, coalesce(r.label, '') as label, r.occurred_on::date as occurred_on,
        ${party} as party_id, ${amount} as amount
      from ${rowsOf(tx, part, span)} where ${counted}
    ) frozen`.execute(tx)
}

/** Digest over the frozen rows of a part; of none, that of nothing. */
export async function frozenDigest(db: Db, figureId: string, name: string): Promise<string> {
  const { rows } = await sql<{ digest: string }>`
    select encode(sha256(coalesce(string_agg(digest, ''::bytea order by record_id), ''::bytea)), 'hex') as digest
    from snapshot_record where figure_id = ${figureId} and part = ${name}`.execute(db)
  return rows[0]?.digest ?? ''
}

/** The query of a part as text with its parameters, for whoever wants to count again. */
export function compiledRows(
  db: Db,
  part: CountedPart,
  span: Span,
): { query: string; parameters: readonly unknown[] } {
  const { sql: query, parameters } = sql`select * from ${rowsOf(db, part, span)}`.compile(db)
  return { query, parameters }
}

export interface FigureRow {
  readonly id: string
  readonly snapshotId: string
  readonly code: string
  readonly revision: number
  readonly definitionVersion: number
  readonly value: number | null
  readonly described: unknown
  readonly salt: string
  readonly digest: string
}

export async function figuresOf(db: Db, snapshotId: string): Promise<readonly FigureRow[]> {
  return db
    .selectFrom('snapshotFigure')
    .selectAll()
    .where('snapshotId', '=', snapshotId)
    .orderBy('code')
    .orderBy('revision')
    .execute()
}

/** The given revision of a frozen figure, or the one that holds now. */
export async function findFigure(
  db: Db,
  snapshotId: string,
  code: string,
  revision?: number,
): Promise<FigureRow | undefined> {
  return db
    .selectFrom('snapshotFigure')
    .selectAll()
    .where('snapshotId', '=', snapshotId)
    .where('code', '=', code)
    .$if(revision !== undefined, (query) => query.where('revision', '=', revision ?? 0))
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Every revision of one figure in all snapshots, latest day first. */
export async function frozenFigures(db: Db, code: string) {
  return db
    .selectFrom('snapshotFigure as f')
    .innerJoin('snapshot as s', 's.id', 'f.snapshotId')
    .select([
      'f.id',
      'f.value',
      'f.revision',
      'f.described',
      's.id as snapshotId',
      's.asOf',
      's.digest',
      's.title',
    ])
    .where('f.code', '=', code)
    .orderBy('s.asOf', 'desc')
    .orderBy('s.takenAt', 'desc')
    .orderBy('s.id', 'desc')
    .orderBy('f.revision', 'desc')
    .limit(200)
    .execute()
}

export async function partsOfFigures(db: Db, figureIds: readonly string[]) {
  if (figureIds.length === 0) return []
  return db
    .selectFrom('snapshotPart')
    .selectAll()
    .where('figureId', 'in', figureIds)
    .orderBy('part', 'desc')
    .execute()
}

/** One page of a frozen list, as it was. */
export async function frozenRecords(
  db: Db,
  { figureId, part, distinct }: { figureId: string; part: string; distinct: boolean },
  page: { after: string | undefined; limit: number },
): Promise<readonly RecordItem[]> {
  const key = distinct ? sql`party_id` : sql`record_id`
  const after = page.after === undefined ? sql`` : sql`and ${key} > ${page.after}`
  const columns = distinct
    ? sql`party_id as id, min(label) as label, max(occurred_on) as occurred_on, party_id, null::bigint as amount, count(*) as records`
    : sql`record_id as id, label, occurred_on, party_id, amount, 1 as records`
  const { rows } = await sql<RecordItem>`
    select ${columns} from snapshot_record where figure_id = ${figureId} and part = ${part} ${after}
    ${distinct ? sql`group by party_id` : sql``} order by ${key} limit ${sql.lit(page.limit)}`.execute(db)
  return rows
}

import { type Insertable, sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Database, Db, Tx } from '#platform/database.ts'
import { CRITERION_NAMES, type Criterion } from './rules.ts'

export interface InventionRow {
  readonly patentNumber: string
  readonly title: string
  readonly ownerId: string
  readonly ownerName: string
  readonly filedOn: string
  readonly grantedOn: string
  readonly lapsedOn: string | null
  readonly criteria: Criterion[]
}

interface InventionSearch {
  readonly on: CalendarDate
  readonly criterion?: Criterion | undefined
  readonly q?: string | undefined
  readonly after?: { readonly day: string; readonly number: string } | undefined
  readonly limit: number
}

/** The same condition as that of the indicator `high-value-per-10k`, which counts these rows. */
const counts = (on: CalendarDate) => sql`
  invention.granted_on <= ${on} and (invention.lapsed_on is null or invention.lapsed_on > ${on})
  and exists (
    select from invention_criterion reason
    where reason.invention_id = invention.id and ${holds(on)})`

const holds = (on: CalendarDate) =>
  sql`reason.holds_from <= ${on} and (reason.holds_to is null or reason.holds_to > ${on})`

const columns = (on: CalendarDate) => sql`
  invention.patent_number, invention.title, survivor.survivor_id as owner_id, owner.name as owner_name,
  invention.filed_on, invention.granted_on, invention.lapsed_on,
  coalesce((
    select array_agg(distinct reason.criterion) from invention_criterion reason
    where reason.invention_id = invention.id and ${holds(on)}), '{}') as criteria`

const tables = sql`
  invention join party_survivor survivor on survivor.party_id = invention.owner_id
  join party owner on owner.id = survivor.survivor_id`

export async function searchInventions(db: Db, { on, criterion, q, after, limit }: InventionSearch) {
  const pattern = q === undefined ? null : `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`
  const wanted = sql`
    ${counts(on)}
    and (${pattern}::text is null or invention.title ilike ${pattern} or owner.name ilike ${pattern}
      or invention.patent_number ilike ${pattern})
    and (${criterion ?? null}::text is null or exists (
      select from invention_criterion reason
      where reason.invention_id = invention.id and reason.criterion = ${criterion ?? null} and ${holds(on)}))`
  const [{ rows: totals }, { rows }] = await Promise.all([
    sql<{ total: number }>`select count(*) as total from ${tables} where ${wanted}`.execute(db),
    sql<InventionRow>`
      select ${columns(on)} from ${tables}
      where ${wanted} and ${
        after === undefined
          ? sql`true`
          : sql`(invention.granted_on, invention.patent_number) < (${after.day}::date, ${after.number})`
      }
      order by invention.granted_on desc, invention.patent_number desc limit ${limit}`.execute(db),
  ])
  return { total: totals[0]?.total ?? 0, rows }
}

/** How many count on a day, and how many by each criterion; an invention that meets two counts once in the first. */
export async function countInventions(db: Db, on: CalendarDate) {
  const { rows } = await sql<{ criterion: Criterion | null; inventions: number }>`
    select reason.criterion, count(distinct invention.id) as inventions
    from invention join invention_criterion reason on reason.invention_id = invention.id and ${holds(on)}
    where invention.granted_on <= ${on} and (invention.lapsed_on is null or invention.lapsed_on > ${on})
    group by grouping sets ((), (reason.criterion))`.execute(db)
  const of = (criterion: Criterion | null) => rows.find((row) => row.criterion === criterion)?.inventions ?? 0
  return {
    inventions: of(null),
    byCriterion: Object.fromEntries(CRITERION_NAMES.map((name) => [name, of(name)])) as Record<
      Criterion,
      number
    >,
  }
}

export async function findInvention(db: Db, patentNumber: string, on: CalendarDate) {
  const { rows } = await sql<InventionRow & { id: string; source: string }>`
    select invention.id, invention.source, ${columns(on)} from ${tables}
    where invention.patent_number = ${patentNumber}`.execute(db)
  return rows[0]
}

export async function findReasons(db: Db, inventionId: string) {
  const rows = await db
    .selectFrom('inventionCriterion')
    .select(['criterion', 'holdsFrom', 'holdsTo', 'evidence', 'source', 'endReason'])
    .where('inventionId', '=', inventionId)
    .orderBy('holdsFrom')
    .execute()
  return rows.map((row) => ({ ...row, criterion: row.criterion as Criterion }))
}

export async function lockInvention(tx: Tx, patentNumber: string) {
  return tx
    .selectFrom('invention')
    .select(['id', 'filedOn', 'grantedOn'])
    .where('patentNumber', '=', patentNumber)
    .forUpdate()
    .executeTakeFirst()
}

export async function insertReason(
  tx: Tx,
  reason: Insertable<Database['inventionCriterion']>,
): Promise<void> {
  await tx.insertInto('inventionCriterion').values(reason).execute()
}

export async function endReasonOn(
  tx: Tx,
  { inventionId, criterion, holdsFrom }: { inventionId: string; criterion: Criterion; holdsFrom: string },
  end: { holdsTo: string; endReason: string; endedBy: string },
): Promise<void> {
  await tx
    .updateTable('inventionCriterion')
    .set(end)
    .where('inventionId', '=', inventionId)
    .where('criterion', '=', criterion)
    .where('holdsFrom', '=', holdsFrom)
    .execute()
}

export function listPopulations(db: Db) {
  return db
    .selectFrom('residentPopulation')
    .select(['residents', 'countedOn', 'version', 'publishedOn', 'source'])
    .orderBy('countedOn', 'desc')
    .orderBy('publishedOn', 'desc')
    .execute()
}

export async function insertPopulation(
  tx: Tx,
  population: Insertable<Database['residentPopulation']>,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('residentPopulation')
    .values(population)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) === 1
}

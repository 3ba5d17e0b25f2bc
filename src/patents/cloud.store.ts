import { type Insertable, type RawBuilder, sql } from 'kysely'
import type { Database, Db, Tx } from '#platform/database.ts'
import { insertAll } from '#platform/insert-all.ts'
import { type CloudFacts, type CloudStage, STAGE_NAMES } from './cloud.rules.ts'

export type StageCounts = Record<CloudStage, number>

const noneYet = () => Object.fromEntries(STAGE_NAMES.map((stage) => [stage, 0])) as StageCounts

export interface UniversityCounts {
  readonly id: string
  readonly name: string
  readonly nameEn: string | null
  readonly stages: StageCounts
}

export async function countByUniversity(db: Db): Promise<UniversityCounts[]> {
  const { rows } = await sql<{
    id: string
    name: string
    nameEn: string | null
    stage: CloudStage
    patents: number
  }>`
    select survivor.survivor_id as id, party.name, party.name_en, patent.stage, count(*) as patents
    from university_patent patent
    join party_survivor survivor on survivor.party_id = patent.university_id
    join party on party.id = survivor.survivor_id
    group by survivor.survivor_id, party.name, party.name_en, patent.stage
    order by party.name, survivor.survivor_id`.execute(db)
  const universities = new Map<string, UniversityCounts>()
  for (const { stage, patents, ...university } of rows) {
    const known = universities.get(university.id) ?? { ...university, stages: noneYet() }
    known.stages[stage] = patents
    universities.set(university.id, known)
  }
  return [...universities.values()]
}

export interface CloudRow {
  readonly id: string
  readonly universityId: string
  readonly universityName: string
  readonly applicationNumber: string
  readonly publicationNumber: string | null
  readonly title: string
  readonly team: string | null
  readonly stage: CloudStage
  readonly grade: string
  readonly points: number
  readonly version: number
  readonly facts: CloudFacts
  readonly gradedOn: string
  readonly rulesFrom: string
}

const columns = sql`patent.id, survivor.survivor_id as university_id, party.name as university_name,
  patent.application_number, patent.publication_number, patent.title, patent.team, patent.stage, patent.grade,
  patent.points, patent.version, patent.facts, patent.graded_on, patent.rules_from`
const tables = sql`university_patent patent
  join party_survivor survivor on survivor.party_id = patent.university_id
  join party on party.id = survivor.survivor_id`

export interface CloudSearch {
  readonly university?: string | undefined
  readonly stage?: CloudStage | undefined
  readonly grade?: string | undefined
  readonly q?: string | undefined
  /** Stages that the reader may see of every university. */
  readonly open: readonly CloudStage[]
  /** Universities of which the reader sees every stage; undefined: of all. */
  readonly own: readonly string[] | undefined
  readonly after?: string | undefined
  readonly limit: number
}

/** The counts leave out the one condition that each of them is a choice of, so that the others can still be chosen. */
export async function searchCloud(db: Db, search: CloudSearch) {
  const { university, stage, grade, q, open, own, after, limit } = search
  const common: RawBuilder<unknown>[] = [visible(open, own)]
  if (university !== undefined) common.push(sql`survivor.survivor_id = ${university}`)
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, String.raw`\$&`)}%`
    common.push(sql`(patent.title ilike ${pattern} or patent.team ilike ${pattern}
      or patent.application_number ilike ${pattern} or patent.publication_number ilike ${pattern})`)
  }
  const ofStage = stage === undefined ? sql`true` : sql`patent.stage = ${stage}`
  const ofGrade = grade === undefined ? sql`true` : sql`patent.grade = ${grade}`
  const shared = sql.join(common, sql` and `)
  const place = after === undefined ? sql`true` : sql`patent.id < ${after}::uuid`
  const [stages, grades, totals, list] = await Promise.all([
    sql<{ stage: CloudStage; patents: number }>`
      select patent.stage, count(*) as patents from ${tables} where ${shared} and ${ofGrade} group by patent.stage`.execute(
      db,
    ),
    sql<{ grade: string; patents: number }>`
      select patent.grade, count(*) as patents from ${tables} where ${shared} and ${ofStage} group by patent.grade
      order by patent.grade`.execute(db),
    sql<{ total: number }>`
      select count(*) as total from ${tables} where ${shared} and ${ofStage} and ${ofGrade}`.execute(db),
    sql<CloudRow>`
      select ${columns} from ${tables} where ${shared} and ${ofStage} and ${ofGrade} and ${place}
      order by patent.id desc limit ${limit}`.execute(db),
  ])
  const counts = noneYet()
  for (const row of stages.rows) counts[row.stage] = row.patents
  return {
    stages: counts,
    grades: Object.fromEntries(grades.rows.map((row) => [row.grade, row.patents])),
    total: totals.rows[0]?.total ?? 0,
    rows: list.rows,
  }
}

function visible(open: readonly CloudStage[], own: readonly string[] | undefined) {
  if (own === undefined) return sql`true`
  return sql`(patent.stage = any(${[...open]}) or survivor.survivor_id = any(${[...own]}::uuid[]))`
}

export async function findCloudPatents(db: Db, ids: readonly string[]): Promise<CloudRow[]> {
  const { rows } = await sql<CloudRow>`
    select ${columns} from ${tables} where patent.id = any(${[...ids]}::uuid[]) order by patent.id`.execute(
    db,
  )
  return rows
}

export async function lockCloudPatents(tx: Tx, ids: readonly string[]): Promise<CloudRow[]> {
  const { rows } = await sql<CloudRow>`
    select ${columns} from ${tables} where patent.id = any(${[...ids]}::uuid[]) order by patent.id
    for update of patent`.execute(tx)
  return rows
}

export async function setStage(tx: Tx, ids: readonly string[], stage: CloudStage): Promise<void> {
  await tx
    .updateTable('universityPatent')
    .set((row) => ({ stage, version: row('version', '+', 1) }))
    .where('id', 'in', ids)
    .execute()
}

export async function setTeam(tx: Tx, id: string, team: string): Promise<void> {
  await tx
    .updateTable('universityPatent')
    .set((row) => ({ team, version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

export const insertMoves = (tx: Tx, moves: readonly Insertable<Database['universityPatentMove']>[]) =>
  insertAll(tx, 'universityPatentMove', moves)

export function findMoves(db: Db, patentId: string) {
  return db
    .selectFrom('universityPatentMove')
    .select(['id', 'fromStage', 'toStage', 'reason', 'movedByName', 'movedFor', 'movedOn', 'movedAt'])
    .where('patentId', '=', patentId)
    .orderBy('movedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** What an inventory says of one patent. */
export interface InventoryRow {
  readonly applicationKey: string
  readonly applicationNumber: string
  readonly publicationNumber: string | null
  readonly title: string
  readonly team: string | null
  readonly facts: CloudFacts
}

export interface GradedRow extends InventoryRow {
  readonly grade: string
  readonly points: number
}

export interface InventoryContext {
  readonly universityId: string
  readonly source: string
  readonly gradedOn: string
  readonly rulesFrom: string
}

/**
 * Writes the rows of an inventory; what says the same again is left as it is. Answers in the order of the rows what became of
 * each, and the ids of those that are new.
 */
export async function putInventory(
  tx: Tx,
  { universityId, source, gradedOn, rulesFrom }: InventoryContext,
  rows: readonly GradedRow[],
) {
  const json = JSON.stringify(rows.map((row, place) => ({ ...row, place })))
  const { rows: written } = await sql<{ place: number; id: string; inserted: boolean }>`
    with given as (
      select * from jsonb_to_recordset(${json}::jsonb) as row (place integer, "applicationKey" text,
        "applicationNumber" text, "publicationNumber" text, title text, team text, facts jsonb, grade text, points integer)
    ), put as (
      insert into university_patent (university_id, application_key, application_number, publication_number, title, team,
        facts, grade, points, graded_on, rules_from, stage, source)
      select ${universityId}::uuid, "applicationKey", "applicationNumber", "publicationNumber", title, team, facts, grade,
        points, ${gradedOn}::date, ${rulesFrom}::date, 'manage', ${source} from given
      on conflict (university_id, application_key) do update set
        application_number = excluded.application_number,
        publication_number = coalesce(excluded.publication_number, university_patent.publication_number),
        title = excluded.title, team = coalesce(excluded.team, university_patent.team), facts = excluded.facts,
        grade = excluded.grade, points = excluded.points, graded_on = excluded.graded_on,
        rules_from = excluded.rules_from, source = excluded.source, version = university_patent.version + 1
      where (university_patent.title, university_patent.facts, university_patent.grade,
          coalesce(excluded.team, university_patent.team),
          coalesce(excluded.publication_number, university_patent.publication_number))
        is distinct from (excluded.title, excluded.facts, excluded.grade, university_patent.team,
          university_patent.publication_number)
      returning id, application_key, xmax = 0 as inserted
    )
    select given.place, put.id, put.inserted from put join given on given."applicationKey" = put.application_key
    order by given.place`.execute(tx)
  const outcome = new Map(written.map((row) => [row.place, row]))
  return {
    outcomes: rows.map((_, place) => {
      const row = outcome.get(place)
      return row === undefined ? 'unchanged' : row.inserted ? 'accepted' : 'updated'
    }),
    inserted: written.flatMap(({ id, inserted }) => (inserted ? [id] : [])),
  }
}

import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'

export function findRating(db: Db, matterId: string) {
  return db.selectFrom('matterRating').selectAll().where('matterId', '=', matterId).executeTakeFirst()
}

export interface NewRating {
  readonly matterId: string
  readonly stationCode: string
  readonly grade: number
  readonly words: string | null
  readonly ratedBy: string
  readonly ratedAt: Date
  readonly ratedOn: string
}

/** A matter is rated once; whoever comes second learns so before, under the lock of the matter. */
export async function insertRating(tx: Tx, rating: NewRating): Promise<void> {
  await tx.insertInto('matterRating').values(rating).execute()
}

export interface HandledRow {
  readonly matterId: string
  readonly number: string
  readonly procedureCode: string
  readonly applicantAccountId: string | null
  readonly organisationId: string | null
  readonly stationCode: string
  readonly submittedOn: string
  readonly closedOn: string
  readonly outcome: string
  readonly inTime: boolean
  readonly grade: number | null
}

/** In time: no clock of the office was stopped after its due day. */
const handled = (station: string, from: string, to: string) => sql`
  select q.matter_id, q.number, q.procedure_code, q.applicant_account_id, q.organisation_id, q.station_code,
    q.submitted_on, q.closed_on, q.outcome, r.grade,
    not exists (select from matter_clock c where c.matter_id = q.matter_id and c.owner = 'office'
      and c.due_on is not null and c.stopped_on > c.due_on) as in_time
  from matter_queue q left join matter_rating r on r.matter_id = q.matter_id
  where q.state_kind = 'closed' and q.station_code = ${station} and q.closed_on >= ${from} and q.closed_on < ${to}`

export async function listHandled(
  db: Db,
  { station, from, to }: { station: string; from: string; to: string },
  { after, limit }: { after?: string | undefined; limit: number },
): Promise<HandledRow[]> {
  const rest = after === undefined ? sql`true` : sql`h.matter_id < ${after}::uuid`
  const { rows } = await sql<HandledRow>`
    select * from (${handled(station, from, to)}) h where ${rest} order by h.matter_id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

export interface MonthResults {
  readonly arrived: number
  readonly handled: number
  readonly inTime: number
  readonly outcomes: Record<string, number>
  readonly grades: Record<string, number>
}

/** Counted over the same rows that `listHandled` lists. */
export async function countResults(
  db: Db,
  { station, from, to }: { station: string; from: string; to: string },
): Promise<MonthResults> {
  const { rows } = await sql<MonthResults>`
    with h as (${handled(station, from, to)})
    select (select count(*) from matter_queue q where q.station_code = ${station}
        and q.submitted_on >= ${from} and q.submitted_on < ${to}) as arrived,
      (select count(*) from h) as handled, (select count(*) from h where in_time) as in_time,
      coalesce((select jsonb_object_agg(outcome, n) from (select outcome, count(*) n from h group by 1) o), '{}') as outcomes,
      coalesce((select jsonb_object_agg(grade, n) from
        (select grade, count(*) n from h where grade is not null group by 1) g), '{}') as grades`.execute(db)
  return rows[0]!
}

/** What waits at each station, and what each closed between two days. */
export async function countByStation(db: Db, { from, to }: { from: string; to: string }) {
  const { rows } = await sql<{ stationCode: string; open: number; handled: number }>`
    select station_code, count(*) filter (where state_kind <> 'closed') as open,
      count(*) filter (where closed_on >= ${from} and closed_on < ${to}) as handled
    from matter_queue where state_kind <> 'closed' or (closed_on >= ${from} and closed_on < ${to})
    group by station_code`.execute(db)
  return rows
}

export async function countOpenByProcedure(db: Db, station: string) {
  const { rows } = await sql<{ code: string; open: number }>`
    select procedure_code as code, count(*) as open from matter_queue
    where station_code = ${station} and state_kind <> 'closed' group by 1 order by 2 desc, 1`.execute(db)
  return rows
}

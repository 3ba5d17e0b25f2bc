import { sql } from 'kysely'
import type { Db, Tx } from '#platform/database.ts'

/** Codes of the tasks that come from a record, through the named column. */
const taskCodes = (column: 'issue_id' | 'guidance_id', table: string) =>
  sql<string[]>`array(
    select plan.year || '-' || lpad(task.number::text, greatest(2, length(task.number::text)), '0')
    from plan_task task join annual_plan plan on plan.id = task.plan_id
    where task.${sql.raw(column)} = ${sql.ref(`${table}.id`)} order by plan.year, task.number)`.as('tasks')

const issues = (db: Db) =>
  db.selectFrom('coordinationIssue').selectAll().select(taskCodes('issue_id', 'coordination_issue'))

export function findIssues(db: Db) {
  return issues(db).orderBy('number').execute()
}

export type IssueRecord = Awaited<ReturnType<typeof findIssues>>[number]

export function lockIssue(tx: Tx, number: number): Promise<IssueRecord | undefined> {
  return issues(tx).where('number', '=', number).forUpdate().executeTakeFirst()
}

export function insertIssue(
  tx: Tx,
  issue: {
    title: string
    detail: string
    raisedUnit: string
    raisedBy: string
    raisedById: string
    raisedOn: string
    ownerUnit: string
    dueOn: string
  },
) {
  return tx
    .insertInto('coordinationIssue')
    .values({ ...issue, state: 'open' })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

export async function updateIssue(
  tx: Tx,
  { id, version }: Pick<IssueRecord, 'id' | 'version'>,
  part: Partial<
    Pick<
      IssueRecord,
      'state' | 'answer' | 'answeredBy' | 'answeredOn' | 'closedBy' | 'closedOn' | 'reopenedBecause' | 'dueOn'
    >
  >,
): Promise<number> {
  await tx
    .updateTable('coordinationIssue')
    .set({ ...part, version: version + 1 })
    .where('id', '=', id)
    .execute()
  return version + 1
}

const guidance = (db: Db) =>
  db.selectFrom('cityGuidance').selectAll().select(taskCodes('guidance_id', 'city_guidance'))

export function findGuidance(db: Db) {
  return guidance(db).orderBy('number').execute()
}

export type GuidanceRecord = Awaited<ReturnType<typeof findGuidance>>[number]

export function lockGuidance(tx: Tx, number: number): Promise<GuidanceRecord | undefined> {
  return guidance(tx).where('number', '=', number).forUpdate().executeTakeFirst()
}

export function insertGuidance(
  tx: Tx,
  one: {
    department: string
    subject: string
    words: string
    receivedOn: string
    dueOn: string | null
    recordedBy: string
  },
) {
  return tx.insertInto('cityGuidance').values(one).returning(['id', 'number']).executeTakeFirstOrThrow()
}

export async function respondTo(
  tx: Tx,
  { id, version }: Pick<GuidanceRecord, 'id' | 'version'>,
  response: { response: string; respondedBy: string; respondedOn: string },
): Promise<number> {
  await tx
    .updateTable('cityGuidance')
    .set({ ...response, version: version + 1 })
    .where('id', '=', id)
    .execute()
  return version + 1
}

import { sql } from 'kysely'
import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { TaskState } from './task.rules.ts'

/** Tasks with who leads them today and what was promised first. A year has some dozens, so callers sort in memory. */
export function tasksOn(db: Db, today: CalendarDate) {
  return db
    .selectFrom('planTask as task')
    .innerJoin('annualPlan as plan', 'plan.id', 'task.planId')
    .leftJoin('planAssignment as lead', (join) =>
      join.onRef('lead.taskId', '=', 'task.id').on('lead.leads', '=', true).on('lead.endedOn', 'is', null),
    )
    .leftJoin('planSeat as seat', (join) =>
      join
        .onRef('seat.id', '=', 'lead.seatId')
        .on('seat.validFrom', '<=', today)
        .on((on) => on.or([on('seat.validTo', 'is', null), on('seat.validTo', '>', today)])),
    )
    .leftJoin('leadingDecision as decision', 'decision.id', 'task.decisionId')
    .leftJoinLateral(
      (from) =>
        from
          .selectFrom('planBaseline as promised')
          .innerJoin('planVersion as held', 'held.id', 'promised.versionId')
          .select(['promised.startsOn', 'promised.dueOn'])
          .whereRef('promised.taskId', '=', 'task.id')
          .orderBy('held.number')
          .limit(1)
          .as('first'),
      (join) => join.onTrue(),
    )
    .selectAll('task')
    .select([
      'plan.year',
      'lead.unit',
      'seat.personName',
      'seat.accountId as leadAccountId',
      'decision.number as decisionNumber',
      'decision.public as decisionPublic',
      'first.startsOn as baselineStartsOn',
      'first.dueOn as baselineDueOn',
      sql<number>`(select count(*)::int from plan_change moved where moved.task_id = task.id)`.as('moved'),
      sql<
        string[]
      >`array(select has.unit from plan_assignment has where has.task_id = task.id and has.ended_on is null order by has.unit)`.as(
        'units',
      ),
    ])
}

export type TaskRecord = Omit<
  Awaited<ReturnType<ReturnType<typeof tasksOn>['executeTakeFirstOrThrow']>>,
  'state'
> & {
  readonly state: TaskState
}

export function findTasks(
  db: Db,
  today: CalendarDate,
  where: { year?: number; decisionId?: string; issueId?: string; guidanceId?: string } = {},
): Promise<TaskRecord[]> {
  return tasksOn(db, today)
    .$if(where.year !== undefined, (query) => query.where('plan.year', '=', where.year ?? 0))
    .$if(where.decisionId !== undefined, (query) =>
      query.where('task.decisionId', '=', where.decisionId ?? ''),
    )
    .$if(where.issueId !== undefined, (query) => query.where('task.issueId', '=', where.issueId ?? ''))
    .$if(where.guidanceId !== undefined, (query) =>
      query.where('task.guidanceId', '=', where.guidanceId ?? ''),
    )
    .orderBy('plan.year')
    .orderBy('task.number')
    .execute() as Promise<TaskRecord[]>
}

export async function findTask(db: Db, today: CalendarDate, code: string): Promise<TaskRecord | undefined> {
  const [year, number] = code.split('-').map(Number)
  return (await tasksOn(db, today)
    .where('plan.year', '=', year ?? 0)
    .where('task.number', '=', number ?? 0)
    .executeTakeFirst()) as TaskRecord | undefined
}

/** Writers of one task go one after the other; the row is read after the lock. */
export async function lockTask(tx: Tx, today: CalendarDate, code: string): Promise<TaskRecord | undefined> {
  const found = await findTask(tx, today, code)
  if (found === undefined) return undefined
  await tx.selectFrom('planTask').select('id').where('id', '=', found.id).forUpdate().execute()
  return findTask(tx, today, code)
}

export interface TaskDraft {
  readonly action: string
  readonly title: string
  readonly detail: string
  readonly clauses: string[]
  readonly startsOn: string | null
  readonly dueOn: string | null
  readonly target: string | null
  readonly indicator: string | null
  readonly indicatorAtLeast: number | null
  readonly decisionId: string | null
  readonly issueId: string | null
  readonly guidanceId: string | null
}

export async function insertTask(
  tx: Tx,
  planId: string,
  task: TaskDraft & { createdBy: string; createdAt: Date },
): Promise<{ id: string; number: number }> {
  // The plan's row is locked by the caller, so no two tasks take one number.
  return tx
    .insertInto('planTask')
    .values({
      ...task,
      planId,
      state: 'planned',
      number: sql<number>`(select coalesce(max(number), 0) + 1 from plan_task where plan_id = ${planId})`,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow()
}

type TaskPart = Partial<
  TaskDraft & {
    state: TaskState
    percent: number
    startedOn: string
    completedOn: string
    cancelledBecause: string
    result: string
    resultValue: number | null
    resultAsOf: string | null
  }
>

/** Writes part of a locked task and raises its version. */
export async function updateTask(
  tx: Tx,
  { id, version }: Pick<TaskRecord, 'id' | 'version'>,
  part: TaskPart,
) {
  await tx
    .updateTable('planTask')
    .set({ ...part, version: version + 1 })
    .where('id', '=', id)
    .execute()
  return version + 1
}

export async function insertChange(
  tx: Tx,
  change: {
    taskId: string
    before: Pick<TaskRecord, 'startsOn' | 'dueOn' | 'target'>
    after: { startsOn: string; dueOn: string; target: string }
    reason: string
    changedBy: string
    changedById: string
    changedOn: string
    changedAt: Date
  },
): Promise<void> {
  const { before, after, ...rest } = change
  await tx
    .insertInto('planChange')
    .values({
      ...rest,
      startsBefore: before.startsOn,
      dueBefore: before.dueOn,
      targetBefore: before.target,
      startsAfter: after.startsOn,
      dueAfter: after.dueOn,
      targetAfter: after.target,
    })
    .execute()
}

export function findChanges(db: Db, taskId: string) {
  return db
    .selectFrom('planChange')
    .selectAll()
    .where('taskId', '=', taskId)
    .orderBy('changedAt', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

export function findBaselines(db: Db, taskId: string) {
  return db
    .selectFrom('planBaseline as promised')
    .innerJoin('planVersion as held', 'held.id', 'promised.versionId')
    .select([
      'held.number as version',
      'promised.approvedOn',
      'promised.startsOn',
      'promised.dueOn',
      'promised.target',
    ])
    .where('promised.taskId', '=', taskId)
    .orderBy('held.number')
    .execute()
}

export async function findOrigins(
  db: Db,
  { issueId, guidanceId }: Pick<TaskRecord, 'issueId' | 'guidanceId'>,
) {
  const issue =
    issueId === null
      ? undefined
      : await db.selectFrom('coordinationIssue').select('number').where('id', '=', issueId).executeTakeFirst()
  const guidance =
    guidanceId === null
      ? undefined
      : await db.selectFrom('cityGuidance').select('number').where('id', '=', guidanceId).executeTakeFirst()
  return { issue: issue?.number ?? null, guidance: guidance?.number ?? null }
}

const ORIGINS = { decision: 'leadingDecision', issue: 'coordinationIssue', guidance: 'cityGuidance' } as const
export type OriginKind = keyof typeof ORIGINS

/** The record a number names: the decision, the issue or the guidance that a task or an agenda item comes from. */
export async function findOriginId(db: Db, kind: OriginKind, number: number): Promise<string | undefined> {
  // The three tables have their number in a column of one name; the union of their types is more than Kysely infers.
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(tableOf(kind))} where number = ${number}`.execute(db)
  return rows[0]?.id
}

function tableOf(kind: OriginKind): string {
  return ORIGINS[kind].replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

import type { Db, Tx } from '#platform/database.ts'
import type { PlannedTask } from './version.rules.ts'

export function lockYear(tx: Tx, year: number) {
  return tx.selectFrom('annualPlan').selectAll().where('year', '=', year).forUpdate().executeTakeFirst()
}

export function findYears(db: Db) {
  return db.selectFrom('annualPlan').selectAll().orderBy('year', 'desc').execute()
}

/** Years with a plan, the earliest first. */
export async function listYears(db: Db): Promise<number[]> {
  const rows = await db.selectFrom('annualPlan').select('year').orderBy('year').execute()
  return rows.map(({ year }) => year)
}

/** Answers false when the year has a plan already. */
export async function insertYear(
  tx: Tx,
  annual: { year: number; title: string; openedBy: string; openedAt: Date },
): Promise<string | undefined> {
  const row = await tx
    .insertInto('annualPlan')
    .values(annual)
    .onConflict((conflict) => conflict.column('year').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

const versions = (db: Db) =>
  db
    .selectFrom('planVersion as held')
    .innerJoin('annualPlan as plan', 'plan.id', 'held.planId')
    .selectAll('held')
    .select(['plan.year', 'plan.title'])

export type VersionRecord = Omit<
  Awaited<ReturnType<ReturnType<typeof versions>['executeTakeFirstOrThrow']>>,
  'content' | 'state'
> & {
  readonly content: readonly PlannedTask[]
  readonly state: 'submitted' | 'approved' | 'returned'
}

export function findVersions(db: Db, planId: string): Promise<VersionRecord[]> {
  return versions(db)
    .where('held.planId', '=', planId)
    .orderBy('held.number', 'desc')
    .execute() as unknown as Promise<VersionRecord[]>
}

export async function findVersion(db: Db, year: number, number: number): Promise<VersionRecord | undefined> {
  const row = await versions(db)
    .where('plan.year', '=', year)
    .where('held.number', '=', number)
    .executeTakeFirst()
  return row as unknown as VersionRecord | undefined
}

export async function lockVersion(tx: Tx, id: string): Promise<VersionRecord | undefined> {
  const row = await versions(tx).where('held.id', '=', id).forUpdate('held').executeTakeFirst()
  return row as unknown as VersionRecord | undefined
}

/** Versions that were approved, in the order of year and number. */
export async function approvedVersions(db: Db) {
  const rows = await db
    .selectFrom('planVersion as held')
    .innerJoin('annualPlan as plan', 'plan.id', 'held.planId')
    .select(['plan.year', 'plan.title', 'held.number', 'held.cause', 'held.decidedAt'])
    .where('held.state', '=', 'approved')
    .orderBy('plan.year')
    .orderBy('held.number')
    .execute()
  return rows.flatMap(({ decidedAt, ...row }) => (decidedAt === null ? [] : [{ ...row, decidedAt }]))
}

export async function insertVersion(
  tx: Tx,
  held: {
    planId: string
    number: number
    cause: string
    content: readonly PlannedTask[]
    submittedBy: string
    submittedById: string
    submittedAt: Date
  },
): Promise<string> {
  const { id } = await tx
    .insertInto('planVersion')
    .values({ ...held, content: JSON.stringify(held.content), state: 'submitted' })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export async function raisePlan(tx: Tx, id: string, version: number): Promise<void> {
  await tx
    .updateTable('annualPlan')
    .set({ version: version + 1 })
    .where('id', '=', id)
    .execute()
}

export async function decideOn(
  tx: Tx,
  id: string,
  decided: { state: 'approved' | 'returned'; decidedBy: string; decidedAt: Date; decisionNote: string },
): Promise<void> {
  await tx.updateTable('planVersion').set(decided).where('id', '=', id).execute()
}

/** What the approved version promises of each task it holds, beside whatever earlier versions promised. */
export async function insertBaselines(tx: Tx, held: VersionRecord, approvedOn: string): Promise<number> {
  const tasks = await tx
    .selectFrom('planTask')
    .select(['id', 'number'])
    .where('planId', '=', held.planId)
    .execute()
  const rows = held.content.flatMap(({ code, startsOn, dueOn, target }) => {
    const task = tasks.find(({ number }) => number === Number(code.split('-')[1]))
    return task === undefined
      ? []
      : [{ taskId: task.id, versionId: held.id, startsOn, dueOn, target, approvedOn }]
  })
  if (rows.length > 0) await tx.insertInto('planBaseline').values(rows).execute()
  return rows.length
}

import type { CalendarDate } from '#platform/calendar.ts'
import type { Db, Tx } from '#platform/database.ts'
import type { Level } from '../zone/governance.rules.ts'

export interface AssignmentRecord {
  readonly id: string
  readonly parentId: string | null
  readonly level: Level
  readonly unit: string
  readonly leads: boolean
  readonly seatId: string | null
  readonly personName: string | null
  readonly personValidTo: string | null
  readonly assignedBy: string
  readonly assignedOn: string
  readonly endedOn: string | null
  readonly endReason: string | null
}

export function findAssignments(db: Db, taskId: string): Promise<AssignmentRecord[]> {
  return db
    .selectFrom('planAssignment as given')
    .leftJoin('planSeat as seat', 'seat.id', 'given.seatId')
    .select([
      'given.id',
      'given.parentId',
      'given.level',
      'given.unit',
      'given.leads',
      'given.seatId',
      'seat.personName',
      'seat.validTo as personValidTo',
      'given.assignedBy',
      'given.assignedOn',
      'given.endedOn',
      'given.endReason',
    ])
    .where('given.taskId', '=', taskId)
    .orderBy('given.assignedOn')
    .orderBy('given.id')
    .execute() as Promise<AssignmentRecord[]>
}

export async function insertAssignment(
  tx: Tx,
  given: {
    taskId: string
    parentId: string | null
    level: Level
    unit: string
    seatId: string | null
    leads: boolean
    assignedBy: string
    assignedById: string | null
    assignedOn: string
  },
): Promise<string> {
  const { id } = await tx.insertInto('planAssignment').values(given).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function endAssignments(
  tx: Tx,
  ids: readonly string[],
  endedOn: string,
  endReason: string,
): Promise<void> {
  await tx.updateTable('planAssignment').set({ endedOn, endReason }).where('id', 'in', ids).execute()
}

const seats = (db: Db) =>
  db
    .selectFrom('planSeat')
    .select(['id', 'unit', 'accountId', 'personName', 'position', 'validFrom', 'validTo'])

/** The units in which an account sits on a day. */
export async function unitsOf(db: Db, accountId: string, on: CalendarDate): Promise<Set<string>> {
  const rows = await seats(db)
    .where('accountId', '=', accountId)
    .where('validFrom', '<=', on)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', on)]))
    .execute()
  return new Set(rows.map(({ unit }) => unit))
}

export function findSeat(db: Db, id: string) {
  return seats(db).where('id', '=', id).executeTakeFirst()
}

export function lockSeat(tx: Tx, id: string) {
  return seats(tx).where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Seats with the number of open tasks that their holder answers for. */
export function listSeats(db: Db, unit: string | undefined) {
  return seats(db)
    .select((make) =>
      make
        .selectFrom('planAssignment as given')
        .innerJoin('planTask as task', 'task.id', 'given.taskId')
        .select((count) => count.fn.countAll<number>().as('open'))
        .whereRef('given.seatId', '=', 'planSeat.id')
        .where('given.leads', '=', true)
        .where('given.endedOn', 'is', null)
        .where('task.state', 'in', ['planned', 'active'])
        .as('tasksOpen'),
    )
    .$if(unit !== undefined, (query) => query.where('unit', '=', unit ?? ''))
    .orderBy('unit')
    .orderBy('validFrom')
    .execute()
}

export function findOpenSeat(db: Db, unit: string, accountId: string) {
  return seats(db)
    .where('unit', '=', unit)
    .where('accountId', '=', accountId)
    .where('validTo', 'is', null)
    .executeTakeFirst()
}

export async function insertSeat(
  tx: Tx,
  seat: { unit: string; accountId: string; personName: string; position: string; validFrom: string },
): Promise<string> {
  const { id } = await tx.insertInto('planSeat').values(seat).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function endSeatOn(tx: Tx, id: string, validTo: string): Promise<void> {
  await tx.updateTable('planSeat').set({ validTo }).where('id', '=', id).execute()
}

/** Open tasks whose person sits on this seat. */
export function tasksLedFrom(db: Db, seatId: string) {
  return db
    .selectFrom('planAssignment as given')
    .innerJoin('planTask as task', 'task.id', 'given.taskId')
    .innerJoin('annualPlan as plan', 'plan.id', 'task.planId')
    .select(['plan.year', 'task.number'])
    .where('given.seatId', '=', seatId)
    .where('given.leads', '=', true)
    .where('given.endedOn', 'is', null)
    .where('task.state', 'in', ['planned', 'active'])
    .orderBy('plan.year')
    .orderBy('task.number')
    .execute()
}

/** The accounts that sit in a unit on a day. */
export async function accountsIn(db: Db, unit: string, on: CalendarDate): Promise<string[]> {
  const rows = await seats(db)
    .where('unit', '=', unit)
    .where('validFrom', '<=', on)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', on)]))
    .execute()
  return rows.map(({ accountId }) => accountId)
}

import { type Context, implementation } from '#platform/api.ts'
import { hasRole } from '#platform/access.ts'
import { date } from '#platform/calendar.ts'
import type { Tx } from '#platform/database.ts'
import { isStaff } from '../identity/roles.ts'
import { findAccountByEmail } from '../identity/public.ts'
import { recordAudit } from '../ledger/public.ts'
import type { Unit } from '../zone/governance.rules.ts'
import {
  type AssignmentRecord,
  endAssignments,
  endSeatOn,
  findAssignments,
  findOpenSeat,
  findSeat,
  insertAssignment,
  insertSeat,
  listSeats,
  lockSeat,
  tasksLedFrom,
} from './assignment.store.ts'
import { plan } from './contract.ts'
import type { Seats } from './duty.rules.ts'
import { byWhom } from './reader.ts'
import { heldTask, mayDo } from './task.api.ts'
import { tellOfTask } from './tell.ts'
import { levelAbove, parentFor, taskCode } from './task.rules.ts'

const os = implementation(plan)

export function unitOf({ zone }: Pick<Context, 'zone'>, code: string): Unit | undefined {
  return zone.governance.units.find((unit) => unit.code === code)
}

const assign = os.assign.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { task, seats } = await heldTask(tx, context, input.code, errors)
    if (task.state !== 'planned' && task.state !== 'active')
      throw errors.WRONG_STATE({ data: { state: task.state } })
    const unit = unitOf(context, input.unit)
    if (unit === undefined) throw errors.UNKNOWN_UNIT({ data: { unit: input.unit } })
    const open = (await findAssignments(tx, task.id)).filter(({ endedOn }) => endedOn === null)
    const above = levelAbove(unit.level)
    const parent = parentFor(unit, open, input.under)
    if (above !== undefined && parent === undefined)
      throw errors.LEVEL_SKIPPED({ data: { unit: input.unit, level: above } })
    if (!mayDo('assign', task, context, seats) || !mayHandOn(parent, context, seats)) throw errors.FORBIDDEN()
    if (open.some(({ unit: has }) => has === unit.code))
      throw errors.ALREADY_ASSIGNED({ data: { unit: unit.code } })
    const { leads, seatId } = input
    if (seatId !== null && !(await sitsThere(tx, context, unit.code, seatId)))
      throw errors.UNKNOWN_SEAT({ data: { unit: unit.code } })
    if (leads && seatId === null) throw errors.LEADER_WITHOUT_PERSON()
    const leader = open.find((one) => one.leads)
    if (leads && leader !== undefined) throw errors.ALREADY_LED({ data: { unit: leader.unit } })
    const { by, byId } = byWhom(context.actor)
    const id = await insertAssignment(tx, {
      taskId: task.id,
      parentId: parent?.id ?? null,
      level: unit.level,
      unit: unit.code,
      seatId,
      leads,
      assignedBy: by,
      assignedById: byId,
      assignedOn: context.today,
    })
    const person = seatId === null ? undefined : await findSeat(tx, seatId)
    await tellOfTask(tx, context, {
      taskId: task.id,
      code: input.code,
      unit: unit.code,
      accountId: person?.accountId ?? null,
      by: byId,
    })
    await recordAudit(tx, context, {
      action: 'plan.task-assigned',
      subject: { kind: 'planTask', id: task.id },
      detail: { code: input.code, unit: unit.code, level: unit.level, leads },
    })
    return { id }
  }),
)

/** The office and the leaders assign at any level; a unit hands on only what it has itself. */
function mayHandOn(
  parent: AssignmentRecord | { unit: string } | undefined,
  { actor }: Context,
  seats: Seats,
) {
  return hasRole(actor, 'officer', 'leader') || (parent !== undefined && seats.has(parent.unit))
}

async function sitsThere(tx: Tx, { today }: Context, unit: string, seatId: string): Promise<boolean> {
  const seat = await findSeat(tx, seatId)
  return (
    seat !== undefined &&
    seat.unit === unit &&
    seat.validFrom <= today &&
    (seat.validTo === null || seat.validTo > today)
  )
}

const endAssignment = os.endAssignment.handler(({ input: { code, id, reason }, context, errors }) =>
  context.write(async (tx) => {
    const { task, seats } = await heldTask(tx, context, code, errors)
    const all = await findAssignments(tx, task.id)
    const given = all.find((one) => one.id === id)
    if (given === undefined) throw errors.UNKNOWN_ASSIGNMENT()
    if (given.endedOn !== null) throw errors.ALREADY_ENDED()
    const parent = all.find((one) => one.id === given.parentId)
    if (!mayHandOn(parent, context, seats)) throw errors.FORBIDDEN()
    const ids = withAllBelow(all, id)
    await endAssignments(tx, ids, context.today, reason)
    await recordAudit(tx, context, {
      action: 'plan.task-taken-back',
      subject: { kind: 'planTask', id: task.id },
      detail: { code, unit: given.unit, reason },
    })
    return { ended: ids.length }
  }),
)

/** An assignment and what was handed on from it, as far as it still runs. */
function withAllBelow(all: readonly AssignmentRecord[], id: string): string[] {
  const below = all.filter(({ parentId, endedOn }) => parentId === id && endedOn === null)
  return [id, ...below.flatMap((one) => withAllBelow(all, one.id))]
}

const seats = os.seats.handler(async ({ input: { unit }, context }) => ({
  items: (await listSeats(context.db, unit)).map(({ accountId: _, tasksOpen, ...seat }) => ({
    ...seat,
    tasksOpen: tasksOpen ?? 0,
  })),
}))

const seat = os.seat.handler(({ input, context, errors }) =>
  context.write(async (tx) => {
    const { unit, email, position, validFrom } = input
    if (unitOf(context, unit) === undefined) throw errors.UNKNOWN_UNIT({ data: { unit } })
    const account = await findAccountByEmail(tx, email)
    if (account === undefined || account.suspendedAt !== null)
      throw errors.UNKNOWN_ACCOUNT({ data: { email } })
    if (!isStaff(account.roles)) throw errors.NOT_STAFF({ data: { email } })
    if ((await findOpenSeat(tx, unit, account.id)) !== undefined)
      throw errors.ALREADY_SEATED({ data: { unit } })
    const id = await insertSeat(tx, {
      unit,
      accountId: account.id,
      personName: account.name,
      position,
      validFrom: date(validFrom),
    })
    await recordAudit(tx, context, {
      action: 'plan.seat-taken',
      subject: { kind: 'planSeat', id },
      detail: { unit, account: account.id },
    })
    return { id }
  }),
)

const endSeat = os.endSeat.handler(({ input: { id, on }, context, errors }) =>
  context.write(async (tx) => {
    const held = await lockSeat(tx, id)
    if (held === undefined) throw errors.UNKNOWN_SEAT()
    if (held.validTo !== null) throw errors.ALREADY_ENDED()
    if (on <= held.validFrom) throw errors.ENDS_BEFORE_IT_BEGINS({ data: { validFrom: held.validFrom } })
    await endSeatOn(tx, id, on)
    const led = await tasksLedFrom(tx, id)
    const unmanned = led.map(({ year, number }) => taskCode(year, number))
    await recordAudit(tx, context, {
      action: 'plan.seat-left',
      subject: { kind: 'planSeat', id },
      detail: { unit: held.unit, account: held.accountId, on, unmanned },
    })
    return { unmanned }
  }),
)

const units = os.units.handler(({ context: { zone } }) => {
  const { note, levels, units: all, leadingGroup, settledBy } = zone.governance
  return {
    note,
    levels,
    units: all.map(({ code, names, level, sample }) => ({ code, names, level, sample })),
    leadingGroup,
    settledBy,
  }
})

export const assignmentApi = { assign, endAssignment, seats, seat, endSeat, units }

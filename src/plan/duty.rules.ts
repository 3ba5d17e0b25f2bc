import { hasRole, type Actor } from '#platform/access.ts'
import type { TaskState } from './task.rules.ts'

export const TASK_ACTS = ['edit', 'change', 'assign', 'start', 'report', 'complete', 'cancel'] as const
export type TaskAct = (typeof TASK_ACTS)[number]

/** What decides who may do what with a task. */
export interface TaskDuty {
  readonly state: TaskState
  /** Whether an approved version of the plan holds it. */
  readonly published: boolean
  /** The account that answers for it today. */
  readonly leadAccountId: string | null
  /** Units that have it now. */
  readonly units: readonly string[]
}

/** Units in which the caller sits today. */
export type Seats = ReadonlySet<string>

/**
 * The office of the leading group keeps the plan (S187); leaders move promises with it. Whoever sits in a unit that has
 * the task hands it on and reports; who answers for it may start it; only the office accepts it as done.
 */
export function actsOn(task: TaskDuty, actor: Actor, seats: Seats): TaskAct[] {
  const office = hasRole(actor, 'officer')
  const mover = office || hasRole(actor, 'leader')
  const concerned = task.units.some((unit) => seats.has(unit))
  const answers = actor.kind === 'account' && actor.accountId === task.leadAccountId
  const open = task.state === 'planned' || task.state === 'active'
  const allowed: Record<TaskAct, boolean> = {
    edit: task.state === 'planned' && !task.published && (office || hasRole(actor, 'operator')),
    change: open && task.published && mover,
    assign: open && (mover || concerned),
    start: task.state === 'planned' && (office || answers),
    report: task.state === 'active' && (office || concerned),
    complete: task.state === 'active' && office,
    cancel: open && mover,
  }
  return TASK_ACTS.filter((act) => allowed[act])
}

/** The office speaks for every unit; anybody else only for one they sit in. */
export function speaksFor(unit: string, actor: Actor, seats: Seats): boolean {
  return hasRole(actor, 'officer') || seats.has(unit)
}

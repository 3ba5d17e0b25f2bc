import type { Standing } from './task.rules.ts'

export const DECISION_STANDINGS = ['late', 'untasked', 'running', 'done'] as const
/** How far a decision is carried out. Without a task nobody carries it out, which is said second only to lateness. */
export type DecisionStanding = (typeof DECISION_STANDINGS)[number]

export interface CarriedOut {
  readonly tasks: number
  readonly late: number
  readonly done: number
  readonly followUp: DecisionStanding
}

const LATE: ReadonlySet<Standing> = new Set<Standing>(['late', 'startLate'])
const DONE: ReadonlySet<Standing> = new Set<Standing>(['completed', 'completedLate'])

/** From the tasks that carry it out; those given up count as neither done nor open. */
export function carriedOut(dueOn: string | null, standings: readonly Standing[], today: string): CarriedOut {
  const counted = standings.filter((standing) => standing !== 'cancelled')
  const late = counted.filter((standing) => LATE.has(standing)).length
  const done = counted.filter((standing) => DONE.has(standing)).length
  const finished = counted.length > 0 && done === counted.length
  const overdue = dueOn !== null && dueOn < today && !finished
  const followUp = finished
    ? 'done'
    : late > 0 || overdue
      ? 'late'
      : counted.length === 0
        ? 'untasked'
        : 'running'
  return { tasks: standings.length, late, done, followUp }
}

interface Ordered {
  readonly followUp: DecisionStanding
  readonly dueOn: string | null
  readonly number: number
}

/** Late first, then what nobody carries out yet; the newest of those done first. */
export function byCarryingOut(a: Ordered, b: Ordered): number {
  const rank = DECISION_STANDINGS.indexOf(a.followUp) - DECISION_STANDINGS.indexOf(b.followUp)
  if (rank !== 0) return rank
  if (a.followUp === 'done') return b.number - a.number
  if (a.dueOn !== b.dueOn) return (a.dueOn ?? '9999-12-31') < (b.dueOn ?? '9999-12-31') ? -1 : 1
  return a.number - b.number
}
